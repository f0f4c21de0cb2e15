package io.proffer.master.core.allocator;

/** Waits after a change of masters, so that guarantees are not given away (section 8). */
final class NaivePause {
  static final double FACTOR = 0.8;
  static final long TIMEOUT_NANOS = 600_000_000_000L;

  private long wanted;
  private long deadline;

  void begin(int knownAgents, long now) {
    wanted = (long) Math.floor(knownAgents * FACTOR);
    deadline = now + TIMEOUT_NANOS;
  }

  boolean holds(long now, int agents) {
    return agents < wanted && now < deadline;
  }

  /** When it ends without agents. */
  long deadline() {
    return deadline;
  }
}
