package io.proffer.master.core.allocator;

/** How many agents the explanations of one turn may look at; they share it. */
public final class Allowance {
  private long left;

  public Allowance(long agents) {
    left = agents;
  }

  /** Another agent may be looked at; false when none may. */
  public boolean take() {
    if (left <= 0) {
      return false;
    }
    left--;
    return true;
  }

  /** Something took as long as so many agents; it may be more than was left. */
  void spend(long agents) {
    left -= agents;
  }
}
