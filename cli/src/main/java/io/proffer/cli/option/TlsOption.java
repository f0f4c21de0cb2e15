package io.proffer.cli.option;

import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.tls.TlsMaterial;
import io.proffer.api.tls.TlsSettings;
import io.proffer.api.tls.TlsStore;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whom a command believes when it talks by TLS to a master or ZooKeeper, and what it shows. */
public final class TlsOption {
  private static final String CERTIFICATE = "--ssl_cert_file";
  private static final String KEY = "--ssl_key_file";
  private static final String VERIFY = "--ssl_verify_server_cert";

  @Option(
      names = "--ssl_enabled",
      paramLabel = "BOOLEAN",
      defaultValue = "${env:PROFFER_SSL_ENABLED:-${env:LIBPROCESS_SSL_ENABLED:-}}",
      arity = "0..1",
      fallbackValue = "true",
      description =
          "Reach the master by https, where --master does not say. Default: true with one of the"
              + " files below (or set PROFFER_SSL_ENABLED, and so on for the others).")
  private String enabled;

  @Option(
      names = "--ssl_ca_file",
      paramLabel = "FILE",
      defaultValue = "${env:PROFFER_SSL_CA_FILE:-${env:LIBPROCESS_SSL_CA_FILE:-}}",
      description =
          "Certificates in PEM of the authorities to trust. Default: those that the JDK knows.")
  private String authorities;

  @Option(
      names = CERTIFICATE,
      paramLabel = "FILE",
      defaultValue = "${env:PROFFER_SSL_CERT_FILE:-${env:LIBPROCESS_SSL_CERT_FILE:-}}",
      description = "A certificate in PEM to show, where the master wants one.")
  private String certificate;

  @Option(
      names = KEY,
      paramLabel = "FILE",
      defaultValue = "${env:PROFFER_SSL_KEY_FILE:-${env:LIBPROCESS_SSL_KEY_FILE:-}}",
      description = "Its private key in PEM.")
  private String key;

  @Option(
      names = VERIFY,
      paramLabel = "BOOLEAN",
      defaultValue =
          "${env:PROFFER_SSL_VERIFY_SERVER_CERT:-${env:LIBPROCESS_SSL_VERIFY_SERVER_CERT:-true}}",
      arity = "1",
      description =
          "Believe only a master whose certificate is of these authorities, and for its name.")
  private String verify;

  @Option(
      names = "--zk_ssl",
      paramLabel = "BOOLEAN",
      defaultValue = "${env:PROFFER_ZK_SSL:-false}",
      arity = "0..1",
      fallbackValue = "true",
      description =
          "Speak TLS to ZooKeeper too, with the files above, where --master is a zk:// URL (or set"
              + " PROFFER_ZK_SSL).")
  private String zooKeeper;

  /** Whether to speak TLS to a master of which nobody said. */
  boolean isEnabled() {
    return enabled.isEmpty()
        ? !authorities.isEmpty() || !certificate.isEmpty()
        : truth("--ssl_enabled", enabled);
  }

  /**
   * Reads the files; empty when no flag says anything.
   *
   * @throws WrongFlagException when one cannot be used
   */
  Optional<TlsMaterial> material() {
    var verifies = truth(VERIFY, verify);
    if (authorities.isEmpty() && certificate.isEmpty() && key.isEmpty() && verifies) {
      return Optional.empty();
    }
    return Optional.of(store(verifies).material());
  }

  /**
   * What to encrypt with what is said to ZooKeeper; empty for plain TCP.
   *
   * @throws WrongFlagException when a flag cannot be used
   */
  Optional<TlsStore> zooKeeper() {
    return truth("--zk_ssl", zooKeeper)
        ? Optional.of(store(truth(VERIFY, verify)))
        : Optional.empty();
  }

  private TlsStore store(boolean verifies) {
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new WrongFlagException(
          certificate.isEmpty() ? KEY : CERTIFICATE,
          "Expected " + (certificate.isEmpty() ? CERTIFICATE : KEY) + "=FILE beside it");
    }
    return TlsStore.open(
        new TlsSettings(
            path(certificate),
            path(key),
            path(authorities),
            Optional.empty(),
            verifies,
            false,
            TlsSettings.PROTOCOLS));
  }

  private static Optional<Path> path(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
  }

  /** The reference's variables often have numbers. */
  private static boolean truth(String flag, String text) {
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new WrongFlagException(flag, "Expected true or false, but got '" + text + "'");
    };
  }
}
