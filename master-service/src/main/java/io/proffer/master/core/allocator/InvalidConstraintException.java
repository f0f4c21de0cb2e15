package io.proffer.master.core.allocator;

/** A constraint that is not one; the message is the protocol's text. */
final class InvalidConstraintException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidConstraintException(String message) {
    super(message);
  }
}
