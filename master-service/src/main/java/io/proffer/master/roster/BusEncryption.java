package io.proffer.master.roster;

import io.proffer.api.tls.Managers;
import io.proffer.api.tls.TlsMaterial;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PfxOptions;
import java.util.LinkedHashSet;

/**
 * Encrypts what masters tell each other, as all else that they say and hear. The event bus copies
 * its options by way of JSON, which key managers do not survive: so it gets key stores. It looks
 * for no name in a certificate: who has one of our authorities is believed.
 */
final class BusEncryption {
  /** Nobody else ever sees these stores. */
  private static final String PASSWORD = "in memory";

  private BusEncryption() {}

  static void apply(EventBusOptions options, TlsMaterial material) {
    var settings = material.settings();
    var password = PASSWORD.toCharArray();
    options
        .setSsl(true)
        .setClientAuth(settings.requireClient() ? ClientAuth.REQUIRED : ClientAuth.NONE)
        .setTrustAll(!settings.verifyServer())
        .setKeyCertOptions(pfx(Managers.keyStore(material, password)))
        .setEnabledSecureTransportProtocols(new LinkedHashSet<>(settings.protocols()));
    Managers.trustStore(material, password).ifPresent(store -> options.setTrustOptions(pfx(store)));
  }

  private static PfxOptions pfx(byte[] store) {
    return new PfxOptions().setPassword(PASSWORD).setValue(Buffer.buffer(store));
  }
}
