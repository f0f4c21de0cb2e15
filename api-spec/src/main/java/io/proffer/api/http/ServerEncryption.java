package io.proffer.api.http;

import io.proffer.api.tls.Managers;
import io.proffer.api.tls.TlsMaterial;
import io.proffer.api.tls.TlsStore;
import io.vertx.core.Future;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Lets servers of Vert.x speak TLS, with other certificates when there are any. */
final class ServerEncryption {
  private final TlsStore store;
  private final HttpLimits limits;

  ServerEncryption(TlsStore store, HttpLimits limits) {
    this.store = store;
    this.limits = limits;
  }

  void applyTo(HttpServerOptions options) {
    var material = store.material();
    var settings = material.settings();
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setAlpnVersions(versions())
        .setEnabledSecureTransportProtocols(new LinkedHashSet<>(settings.protocols()))
        .setClientAuth(clients(material))
        .setKeyCertOptions(keys(material))
        .setTrustOptions(TrustOptions.wrap(Managers.forClients(material)))
        .setSslHandshakeTimeout(Math.max(1, limits.requestReadTimeout().toMillis()))
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  /** Connections that are there go on as they are. */
  void follow(List<HttpServer> servers) {
    store.onRenewal(
        material ->
            Future.all(servers.stream().map(server -> renew(server, material)).toList())
                .toCompletionStage());
  }

  private Future<Boolean> renew(HttpServer server, TlsMaterial material) {
    var options =
        new ServerSSLOptions()
            .setClientAuth(clients(material))
            .setUseAlpn(true)
            .setApplicationLayerProtocols(versions().stream().map(HttpVersion::alpnName).toList())
            .setEnabledSecureTransportProtocols(
                new LinkedHashSet<>(material.settings().protocols()))
            .setKeyCertOptions(keys(material))
            .setTrustOptions(TrustOptions.wrap(Managers.forClients(material)))
            .setSslHandshakeTimeout(Math.max(1, limits.requestReadTimeout().toMillis()))
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    return server.updateSSLOptions(options, true);
  }

  /** HTTP/2 wherever it is spoken in clear text. */
  private List<HttpVersion> versions() {
    return limits.http2Streams() > 0
        ? List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)
        : List.of(HttpVersion.HTTP_1_1);
  }

  private static ClientAuth clients(TlsMaterial material) {
    return material.settings().requireClient() ? ClientAuth.REQUIRED : ClientAuth.NONE;
  }

  private static KeyCertOptions keys(TlsMaterial material) {
    return KeyCertOptions.wrap(Managers.keys(material).orElseThrow());
  }
}
