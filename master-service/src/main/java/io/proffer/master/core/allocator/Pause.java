package io.proffer.master.core.allocator;

import java.util.OptionalLong;

/**
 * After a failover quota cannot be honoured before most agents are back: nothing is offered until
 * so many have registered, or a time has passed (allocator, section 8).
 */
final class Pause {
  private final AllocatorSettings settings;
  private boolean on;
  private int missing;
  private long untilNanos;

  Pause(AllocatorSettings settings) {
    this.settings = settings;
  }

  /**
   * A master takes over.
   *
   * @param agents those the registry knows
   */
  void begin(int agents, long nowNanos) {
    missing = (int) (agents * settings.agentRecoveryFactor());
    on = missing > 0;
    untilNanos = nowNanos + settings.recoveryTimeout().toNanos();
  }

  boolean isOn() {
    return on;
  }

  /** An agent has registered. */
  void countAgent() {
    missing--;
  }

  /** How many agents are still waited for. */
  int missing() {
    return Math.max(0, missing);
  }

  /** Whether it has just ended. */
  boolean endsBy(long nowNanos) {
    if (on && (missing <= 0 || nowNanos - untilNanos >= 0)) {
      on = false;
      return true;
    }
    return false;
  }

  /** When it ends at the latest; empty when it is over. */
  OptionalLong endNanos(long nowNanos) {
    if (!on) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(missing <= 0 ? nowNanos : untilNanos);
  }
}
