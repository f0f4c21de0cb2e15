package io.proffer.master.core.allocator;

/** Waits after a change of masters, so that guarantees are not given away (section 8). */
final class NaivePause {
  static final double FACTOR = 0.8;
  static final long TIMEOUT_NANOS = 600_000_000_000L;

  private long missing;
  private long deadline;

  void begin(int knownAgents, long now) {
    missing = (long) Math.floor(knownAgents * FACTOR);
    deadline = now + TIMEOUT_NANOS;
  }

  void countAgent() {
    missing--;
  }

  boolean holds(long now) {
    return missing > 0 && now < deadline;
  }

  /** When it ends without agents. */
  long deadline() {
    return deadline;
  }
}
