package io.proffer.cli.bench;

/** A run that cannot begin or go on, with a sentence that says why. */
public final class BenchException extends Exception {
  private static final long serialVersionUID = 1L;

  public BenchException(String message) {
    super(message);
  }
}
