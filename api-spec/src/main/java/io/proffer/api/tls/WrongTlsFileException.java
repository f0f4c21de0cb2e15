package io.proffer.api.tls;

import io.proffer.api.auth.UnusableFileException;
import java.nio.file.Path;

/** A file of certificates or keys that cannot be used, with the flag that names it. */
final class WrongTlsFileException extends UnusableFileException {
  private static final long serialVersionUID = 1L;

  private final String flag;

  WrongTlsFileException(String flag, Path file, String why) {
    super("of " + shown(file) + ": " + why);
    this.flag = flag;
  }

  /** With its dashes. */
  String flag() {
    return flag;
  }

  /** Who gives the content instead of the file does not want to read it in a log. */
  private static String shown(Path file) {
    return file.toString().contains("-----") ? "what was given" : "'" + file + "'";
  }
}
