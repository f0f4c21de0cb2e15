package io.proffer.api.auth;

import io.proffer.api.flags.WrongFlagException;
import java.nio.file.Path;

/** The credentials that a flag names, which can be read anew while they are in use. */
public final class CredentialStore {
  private final String flag;
  private final Path file;
  private volatile Principals principals;

  private CredentialStore(String flag, Path file, Principals principals) {
    this.flag = flag;
    this.file = file;
    this.principals = principals;
  }

  /**
   * Reads them for the first time.
   *
   * @param flag with its dashes
   * @throws WrongFlagException when they cannot be used
   */
  public static CredentialStore open(String flag, Path file) {
    try {
      return new CredentialStore(flag, file, new Principals(CredentialFile.all(file)));
    } catch (UnusableFileException e) {
      throw wrong(flag, file, e);
    }
  }

  String flag() {
    return flag;
  }

  Path file() {
    return file;
  }

  /** Those of the last reading that went well. */
  public Principals principals() {
    return principals;
  }

  /** Reads them anew, for {@link #take}. Blocks. */
  Principals read() throws UnusableFileException {
    try {
      return new Principals(CredentialFile.all(file));
    } catch (UnusableFileException e) {
      throw stays(flag, file, e);
    }
  }

  void take(Principals read) {
    principals = read;
  }

  static UnusableFileException stays(String flag, Path file, UnusableFileException e) {
    return new UnusableFileException(
        "The credentials stay as they were: %s=%s: %s".formatted(flag, file, e.getMessage()));
  }

  static WrongFlagException wrong(String flag, Path file, UnusableFileException e) {
    // Who gives the content instead of the file does not want to read it in a log.
    var shown = file.toString().contains("{") ? "what was given" : "'" + file + "'";
    return new WrongFlagException(
        flag,
        "Expected the path of a file of credentials, but of " + shown + ": " + e.getMessage());
  }
}
