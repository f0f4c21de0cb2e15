package io.proffer.cli.option;

import io.proffer.api.auth.Credential;
import io.proffer.api.auth.CredentialFile;
import io.proffer.api.auth.Privacy;
import io.proffer.api.auth.UnusableFileException;
import io.proffer.api.flags.WrongFlagException;
import io.proffer.cli.client.Identity;
import io.proffer.cli.client.Masters;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Which master a command talks to, and as whom. */
public final class MasterOption {
  private static final String PRINCIPAL = "--principal";
  private static final String SECRET_FILE = "--secret_file";

  @Option(
      names = "--master",
      paramLabel = "MASTERS",
      defaultValue = "${env:PROFFER_MASTER:-127.0.0.1:5050}",
      converter = Converter.class,
      description =
          "The master to talk to: HOST:PORT or https://HOST:PORT; a comma list, of which one that"
              + " leads or knows who does is enough; zk://[USER:PASSWORD@]HOST:PORT,.../PATH, where"
              + " masters say who leads; or file://PATH of one of these. A redirect is followed"
              + " (default: 127.0.0.1:5050, or set PROFFER_MASTER).")
  private String text;

  @Option(
      names = PRINCIPAL,
      paramLabel = "NAME",
      defaultValue = "${env:PROFFER_PRINCIPAL:-}",
      description = "Who asks, where the master wants to know (or set PROFFER_PRINCIPAL).")
  private String principal;

  @Option(
      names = {SECRET_FILE, "--secret-file"},
      paramLabel = "FILE",
      defaultValue = "${env:PROFFER_SECRET_FILE:-}",
      description = "A file with the secret that proves it (or set PROFFER_SECRET_FILE).")
  private String secretFile;

  @Mixin private TlsOption tls = new TlsOption();

  /** The command that these are options of. */
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private Optional<Masters> masters = Optional.empty();

  /** Where it is, and whether it speaks TLS; one for all clients of a command. */
  public Masters address() {
    if (masters.isEmpty()) {
      masters = Optional.of(Masters.parse(text, tls.isEnabled(), tls.zooKeeper()));
    }
    return masters.get();
  }

  /** Whether what is said there is encrypted, as far as the flags say. */
  public boolean isEncrypted() {
    return tls.isEnabled() || text.contains("https://");
  }

  /**
   * Who asks, and whom it believes. Says so when others can read what proves it.
   *
   * @throws WrongFlagException when only a part of it was given, or it cannot be read
   */
  public Identity identity() {
    return new Identity(credential(), tls.material());
  }

  private Optional<Credential> credential() {
    if (principal.isEmpty() && secretFile.isEmpty()) {
      return Optional.empty();
    }
    if (secretFile.isEmpty()) {
      throw new WrongFlagException(
          PRINCIPAL, "Expected --secret_file beside it, with the secret of '" + principal + "'");
    }
    if (principal.isEmpty() || principal.contains(":")) {
      throw new WrongFlagException(
          principal.isEmpty() ? SECRET_FILE : PRINCIPAL,
          "Expected --principal=NAME with it, and no colon in the name");
    }
    var file = Path.of(secretFile);
    try {
      var credential = new Credential(principal, CredentialFile.secret(file));
      Privacy.warning(SECRET_FILE, file).ifPresent(this::warn);
      return Optional.of(credential);
    } catch (UnusableFileException e) {
      throw new WrongFlagException(
          SECRET_FILE,
          "Expected a file of a secret, but of '" + secretFile + "': " + e.getMessage());
    }
  }

  /** Beside what the command prints, so that scripts which read that are not disturbed. */
  private void warn(String warning) {
    var err = command.commandLine().getErr();
    err.println("proffer " + command.name() + ": " + warning);
    err.flush();
  }

  /** Only looks: whether TLS is spoken is known when all flags are read. */
  static final class Converter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      try {
        Masters.parse(text, false);
        return text;
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(wrong.getMessage());
      }
    }
  }
}
