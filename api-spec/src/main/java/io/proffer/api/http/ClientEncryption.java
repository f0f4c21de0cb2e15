package io.proffer.api.http;

import io.proffer.api.tls.Managers;
import io.proffer.api.tls.TlsMaterial;
import io.proffer.api.tls.TlsStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.util.LinkedHashSet;
import java.util.Optional;

/** Clients of Vert.x that speak TLS, with other certificates when there are any. */
public final class ClientEncryption {
  private ClientEncryption() {}

  /**
   * A client for the other services of the cluster.
   *
   * @param tls what to encrypt with; empty for plain HTTP
   */
  public static HttpClientAgent client(
      Vertx vertx, HttpClientOptions options, Optional<TlsStore> tls) {
    return client(vertx, options, new PoolOptions(), tls);
  }

  /** The same, with a pool of connections of other limits. */
  static HttpClientAgent client(
      Vertx vertx, HttpClientOptions options, PoolOptions pool, Optional<TlsStore> tls) {
    if (tls.isEmpty()) {
      return vertx.createHttpClient(options, pool);
    }
    var store = tls.get();
    options.setSsl(true).setVerifyHost(store.material().settings().verifyServer());
    options
        .setEnabledSecureTransportProtocols(
            new LinkedHashSet<>(store.material().settings().protocols()))
        .setTrustOptions(TrustOptions.wrap(Managers.forServers(store.material())));
    Managers.keys(store.material())
        .ifPresent(keys -> options.setKeyCertOptions(KeyCertOptions.wrap(keys)));
    var client = vertx.createHttpClient(options, pool);
    store.onRenewal(material -> renew(client, material).toCompletionStage());
    return client;
  }

  private static Future<Boolean> renew(HttpClientAgent client, TlsMaterial material) {
    var options =
        new ClientSSLOptions()
            .setHostnameVerificationAlgorithm(material.settings().verifyServer() ? "HTTPS" : "")
            .setEnabledSecureTransportProtocols(
                new LinkedHashSet<>(material.settings().protocols()))
            .setTrustOptions(TrustOptions.wrap(Managers.forServers(material)));
    Managers.keys(material).ifPresent(keys -> options.setKeyCertOptions(KeyCertOptions.wrap(keys)));
    return client.updateSSLOptions(options, true);
  }
}
