package io.proffer.api.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;

/** Certificates and keys as the JDK's TLS wants them. */
public final class Managers {
  private static final char[] NO_PASSWORD = {};

  private Managers() {}

  /** Who we are; empty for a client without a certificate. */
  public static Optional<X509KeyManager> keys(TlsMaterial material) {
    if (material.key().isEmpty()) {
      return Optional.empty();
    }
    try {
      var store = emptyStore();
      store.setKeyEntry(
          "own", material.key().get(), NO_PASSWORD, material.chain().toArray(Certificate[]::new));
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return Optional.of((X509KeyManager) factory.getKeyManagers()[0]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that fits its certificate can be kept", e);
    }
  }

  /** Whom a server believes who asks for certificates of clients. */
  public static TrustManager forClients(TlsMaterial material) {
    return authorities(material.authorities());
  }

  /** Whom a client believes. */
  public static TrustManager forServers(TlsMaterial material) {
    return material.settings().verifyServer() ? authorities(material.authorities()) : new Anybody();
  }

  /** For the JDK's own clients. */
  public static SSLContext context(TlsMaterial material) {
    return context(material, forServers(material));
  }

  /** For one that believes no server but of those authorities, whatever the flags say. */
  static SSLContext verifying(TlsMaterial material) {
    return context(material, authorities(material.authorities()));
  }

  private static SSLContext context(TlsMaterial material, TrustManager servers) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(
          keys(material).map(keys -> new X509KeyManager[] {keys}).orElse(null),
          new TrustManager[] {servers},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java speaks TLS", e);
    }
  }

  /**
   * Our certificate and its key in PKCS #12, for whoever takes nothing else.
   *
   * @param material which has them
   */
  public static byte[] keyStore(TlsMaterial material, char[] password) {
    try {
      var store = emptyStore();
      store.setKeyEntry(
          "own",
          material.key().orElseThrow(),
          password,
          material.chain().toArray(Certificate[]::new));
      return bytes(store, password);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that fits its certificate can be kept", e);
    }
  }

  /** Whom we trust, in the same form; empty for those that the JDK knows. */
  public static Optional<byte[]> trustStore(TlsMaterial material, char[] password) {
    if (material.authorities().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(bytes(store(material.authorities()), password));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("certificates that were read can be kept", e);
    }
  }

  private static byte[] bytes(KeyStore store, char[] password) throws GeneralSecurityException {
    var bytes = new ByteArrayOutputStream();
    try {
      store.store(bytes, password);
    } catch (IOException impossible) {
      throw new IllegalStateException("nothing is written but memory", impossible);
    }
    return bytes.toByteArray();
  }

  private static TrustManager authorities(List<X509Certificate> authorities) {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities.isEmpty() ? null : store(authorities));
      return factory.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("certificates that were read can be kept", e);
    }
  }

  private static KeyStore store(List<X509Certificate> authorities) throws GeneralSecurityException {
    var store = emptyStore();
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    return store;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException impossible) {
      throw new IllegalStateException("nothing is read", impossible);
    }
    return store;
  }

  /**
   * Believes every server, and that it has any name: only an extended manager is asked for that
   * instead of the JDK.
   */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
