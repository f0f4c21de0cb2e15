package io.proffer.api.auth;

/** A file that cannot be used, with a sentence that says what was expected and what came. */
public class UnusableFileException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnusableFileException(String message) {
    super(message);
  }
}
