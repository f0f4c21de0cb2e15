package io.proffer.master;

/** A master's lease is over, so nothing of what it decided may leave any more. */
final class DeposedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeposedException() {
    super("its lease is over, and another master may lead");
  }
}
