package io.proffer.api.tls;

import io.proffer.api.flags.WrongFlagException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/**
 * The flags of a service that encrypt what it says and hears. Each is also read from the
 * reference's variable, {@code LIBPROCESS_SSL_CERT_FILE} for {@code --ssl_cert_file} (lifecycle,
 * section 10).
 */
public final class TlsFlags {
  private static final String ENABLED = "--ssl_enabled";
  private static final String CERTIFICATE = "--ssl_cert_file";
  private static final String KEY = "--ssl_key_file";
  private static final String AUTHORITIES = "--ssl_ca_file";
  private static final String TLS_1_2 = "--ssl_enable_tls_v1_2";
  private static final String TLS_1_3 = "--ssl_enable_tls_v1_3";

  @Option(
      names = ENABLED,
      paramLabel = "BOOLEAN",
      arity = "1",
      description =
          "Speak TLS alone, as server and as client. Default: true when there is --ssl_cert_file.")
  private Optional<Boolean> enabled = Optional.empty();

  @Option(
      names = CERTIFICATE,
      paramLabel = "FILE",
      description =
          "Our certificate in PEM, those that lead to its authority after it. It is shown to clients,"
              + " and to servers that ask.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = KEY,
      paramLabel = "FILE",
      description = "Its private key in PEM, without a passphrase.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = AUTHORITIES,
      paramLabel = "FILE",
      description =
          "Certificates in PEM of the authorities to trust. Default, without --ssl_ca_dir either:"
              + " those that the JDK knows.")
  private Optional<Path> authorities = Optional.empty();

  @Option(
      names = "--ssl_ca_dir",
      paramLabel = "DIR",
      description = "A directory with files of such certificates.")
  private Optional<Path> authoritiesDirectory = Optional.empty();

  @Option(
      names = {"--ssl_verify_server_cert", "--ssl_verify_cert"},
      defaultValue = "true",
      description =
          "Connect only to servers whose certificate is of these authorities, and for the name or"
              + " address we asked for (${DEFAULT-VALUE}).")
  private boolean verifyServer;

  @Option(
      names = {"--ssl_require_client_cert", "--ssl_require_cert"},
      defaultValue = "false",
      description =
          "Serve only clients with a certificate of these authorities (${DEFAULT-VALUE}).")
  private boolean requireClient;

  @Option(
      names = TLS_1_2,
      defaultValue = "true",
      description = "Speak TLS 1.2 (${DEFAULT-VALUE}); older versions never.")
  private boolean tls12;

  @Option(names = TLS_1_3, defaultValue = "true", description = "Speak TLS 1.3 (${DEFAULT-VALUE}).")
  private boolean tls13;

  @Option(
      names = "--ssl_support_downgrade",
      defaultValue = "false",
      description =
          "Taken for the sake of old scripts, with a warning: a port speaks TLS or plain HTTP, never"
              + " both (${DEFAULT-VALUE}).")
  private boolean downgrade;

  /**
   * Reads the files; empty where nothing is encrypted.
   *
   * @throws WrongFlagException when a flag or a file cannot be used
   */
  public Optional<TlsStore> store() {
    if (!enabled.orElse(certificate.isPresent())) {
      refuseHalves();
      return Optional.empty();
    }
    if (certificate.isEmpty()) {
      throw new WrongFlagException(
          ENABLED, "Expected --ssl_cert_file=FILE and --ssl_key_file=FILE beside it");
    }
    if (key.isEmpty()) {
      throw new WrongFlagException(
          CERTIFICATE, "Expected --ssl_key_file=FILE beside it, with the key of the certificate");
    }
    if (requireClient && authorities.isEmpty() && authoritiesDirectory.isEmpty()) {
      throw new WrongFlagException(
          "--ssl_require_client_cert",
          "Expected --ssl_ca_file=FILE beside it: else everybody could come in who has a"
              + " certificate of any authority that the JDK knows");
    }
    return Optional.of(TlsStore.open(settings()));
  }

  /**
   * The same, and what the client of ZooKeeper encrypts with. That needs no TLS of the service
   * itself: it takes those files that there are, and else the authorities that the JDK knows.
   *
   * @param zooKeeper whether that is spoken to by TLS
   * @throws WrongFlagException when a flag or a file cannot be used
   */
  public TlsStores stores(boolean zooKeeper) {
    var services = store();
    if (!zooKeeper) {
      return new TlsStores(services, Optional.empty());
    }
    if (certificate.isPresent() != key.isPresent()) {
      throw new WrongFlagException(
          certificate.isPresent() ? CERTIFICATE : KEY,
          "Expected " + (certificate.isPresent() ? KEY : CERTIFICATE) + "=FILE beside it");
    }
    return new TlsStores(
        services, Optional.of(services.orElseGet(() -> TlsStore.openForZooKeeper(settings()))));
  }

  private TlsSettings settings() {
    var protocols = new ArrayList<>(TlsSettings.PROTOCOLS);
    protocols.removeIf(name -> name.equals("TLSv1.2") ? !tls12 : !tls13);
    if (protocols.isEmpty()) {
      throw new WrongFlagException(
          TLS_1_2, "Expected one version that is spoken, but neither TLS 1.2 nor 1.3 is");
    }
    return new TlsSettings(
        certificate,
        key,
        authorities,
        authoritiesDirectory,
        verifyServer,
        requireClient,
        protocols);
  }

  /** Who asks for protection, and would not get it, hears of it. */
  private void refuseHalves() {
    if (enabled.isPresent()) {
      return;
    }
    if (requireClient) {
      throw new WrongFlagException(
          "--ssl_require_client_cert", "Expected --ssl_cert_file=FILE and --ssl_key_file=FILE too");
    }
    if (key.isPresent()) {
      throw new WrongFlagException(KEY, "Expected --ssl_cert_file=FILE beside it");
    }
  }

  /** What the operator should know of these flags. */
  public List<String> warnings() {
    return downgrade
        ? List.of(
            "--ssl_support_downgrade is not done: this port speaks TLS alone. Give clients https addresses before, or go over in one go: stop masters, agents and clients, and start them with the certificates")
        : List.of();
  }

  /** The same, where ZooKeeper is spoken to in clear. */
  public SortedMap<String, String> shown() {
    return shown(false);
  }

  /**
   * The flags as {@code /flags} shows them: the files, never what is in them; none where nothing is
   * encrypted.
   *
   * @param zooKeeper whether that is spoken to by TLS
   */
  public SortedMap<String, String> shown(boolean zooKeeper) {
    var flags = new TreeMap<String, String>();
    var services = enabled.orElse(certificate.isPresent());
    if (services || zooKeeper) {
      flags.put("ssl_enabled", Boolean.toString(services));
      certificate.ifPresent(file -> flags.put("ssl_cert_file", file.toString()));
      key.ifPresent(file -> flags.put("ssl_key_file", file.toString()));
      authorities.ifPresent(file -> flags.put("ssl_ca_file", file.toString()));
      authoritiesDirectory.ifPresent(directory -> flags.put("ssl_ca_dir", directory.toString()));
      flags.put("ssl_enable_tls_v1_2", Boolean.toString(tls12));
      flags.put("ssl_enable_tls_v1_3", Boolean.toString(tls13));
      flags.put("ssl_require_client_cert", Boolean.toString(requireClient));
      flags.put("ssl_verify_server_cert", Boolean.toString(verifyServer));
    }
    return flags;
  }
}
