package io.proffer.api.auth;

import io.proffer.api.flags.WrongFlagException;
import java.nio.file.Path;

/** What a service shows to another, which can be read anew while it is in use. */
public final class OwnCredential {
  private final String flag;
  private final Path file;
  private volatile Credential credential;

  private OwnCredential(String flag, Path file, Credential credential) {
    this.flag = flag;
    this.file = file;
    this.credential = credential;
  }

  /**
   * Reads it for the first time.
   *
   * @param flag with its dashes
   * @throws WrongFlagException when it cannot be used
   */
  public static OwnCredential open(String flag, Path file) {
    try {
      return new OwnCredential(flag, file, CredentialFile.one(file));
    } catch (UnusableFileException e) {
      throw CredentialStore.wrong(flag, file, e);
    }
  }

  String flag() {
    return flag;
  }

  Path file() {
    return file;
  }

  /** The value of an {@code Authorization} header, as of the last reading that went well. */
  public String basic() {
    return credential.basic();
  }

  /** Whose it is, as of the last reading that went well. */
  String principal() {
    return credential.principal();
  }

  /** Reads it anew, for {@link #take}. Blocks. */
  Credential read() throws UnusableFileException {
    try {
      return CredentialFile.one(file);
    } catch (UnusableFileException e) {
      throw CredentialStore.stays(flag, file, e);
    }
  }

  void take(Credential read) {
    credential = read;
  }
}
