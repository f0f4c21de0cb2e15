package io.proffer.cli.option;

import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.tls.TlsMaterial;
import io.proffer.api.tls.TlsSettings;
import io.proffer.api.tls.TlsStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whom a command believes when it talks by TLS to a master or ZooKeeper, and what it shows. */
public final class TlsOption {
  private static final String CERTIFICATE = "--ssl_cert_file";
  private static final String KEY = "--ssl_key_file";
  private static final String VERIFY = "--ssl_verify_server_cert";

  @Option(
      names = "--ssl_enabled",
      paramLabel = "BOOLEAN",
      arity = "0..1",
      fallbackValue = "true",
      converter = Truth.class,
      description =
          "Reach the master by https, where --master does not say. Default: true with one of the"
              + " files below (or set PROFFER_SSL_ENABLED, and so on for the others).")
  private Boolean enabled;

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
      arity = "1",
      description =
          "Believe only a master whose certificate is of these authorities, and for its name."
              + " Default: true.")
  private String verify;

  @Option(
      names = "--zk_ssl",
      paramLabel = "BOOLEAN",
      arity = "0..1",
      fallbackValue = "true",
      converter = Truth.class,
      description =
          "Speak TLS to ZooKeeper too, with the files above, where --master is a zk:// URL (or set"
              + " PROFFER_ZK_SSL). Default: false.")
  private Boolean zooKeeper;

  /** Looked at when they are needed: a wrong one is no reason to refuse {@code --help}. */
  private final UnaryOperator<String> variables;

  /** With the variables of this process. */
  public TlsOption() {
    this(System::getenv);
  }

  TlsOption(UnaryOperator<String> variables) {
    this.variables = variables;
  }

  /** Whether to speak TLS to a master of which nobody said. */
  boolean isEnabled() {
    return enabled == null
        ? variable("PROFFER_SSL_ENABLED", "LIBPROCESS_SSL_ENABLED")
            .orElse(!authorities.isEmpty() || !certificate.isEmpty())
        : enabled;
  }

  /**
   * Reads the files; empty when no flag says anything.
   *
   * @throws WrongFlagException when one cannot be used
   */
  Optional<TlsMaterial> material() {
    if (authorities.isEmpty() && certificate.isEmpty() && key.isEmpty() && verifies()) {
      return Optional.empty();
    }
    return Optional.of(store().material());
  }

  /**
   * What to encrypt with what is said to ZooKeeper; empty for plain TCP.
   *
   * @throws WrongFlagException when a flag cannot be used
   */
  Optional<TlsStore> zooKeeper() {
    var wanted = zooKeeper == null ? variable("PROFFER_ZK_SSL").orElse(false) : zooKeeper;
    return wanted ? Optional.of(store()) : Optional.empty();
  }

  private boolean verifies() {
    return verify == null
        ? variable("PROFFER_SSL_VERIFY_SERVER_CERT", "LIBPROCESS_SSL_VERIFY_SERVER_CERT")
            .orElse(true)
        : truth(VERIFY, verify);
  }

  private TlsStore store() {
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
            verifies(),
            false,
            TlsSettings.PROTOCOLS));
  }

  private static Optional<Path> path(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
  }

  /** What the first one says that says anything. */
  private Optional<Boolean> variable(String... names) {
    for (var name : names) {
      var text = variables.apply(name);
      if (text != null && !text.isEmpty()) {
        return Optional.of(truth(name, text));
      }
    }
    return Optional.empty();
  }

  /** The reference's variables often have numbers. */
  private static boolean truth(String name, String text) {
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new WrongFlagException(name, "Expected true or false, but got '" + text + "'");
    };
  }

  /**
   * Of an option that may stand alone picocli takes the next word only where it is true or false,
   * and only because the type is a boolean: else it would eat an argument of the command.
   */
  private static final class Truth implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String text) {
      try {
        return truth("", text);
      } catch (WrongFlagException e) {
        throw new TypeConversionException("Expected true or false, but got '" + text + "'");
      }
    }
  }
}
