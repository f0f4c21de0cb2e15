package io.proffer.e2e.simulation;

/** Something was seen that no history may hold. */
final class InvariantBroken extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvariantBroken(String what) {
    super(what);
  }
}
