package io.proffer.master.core.allocator;

import java.util.OptionalLong;

/**
 * After a failover quota cannot be honoured before most agents are back: nothing is offered until
 * so many have registered, or a time has passed (allocator, section 8).
 */
final class Pause {
  private final AllocatorSettings settings;
  private boolean on;
  private int wanted;
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
    wanted = (int) (agents * settings.agentRecoveryFactor());
    on = wanted > 0;
    untilNanos = nowNanos + settings.recoveryTimeout().toNanos();
  }

  boolean isOn() {
    return on;
  }

  /** Whether it is on, and would still be in a run that began now. */
  boolean holds(long nowNanos, int present) {
    return on && present < wanted && nowNanos - untilNanos < 0;
  }

  /** How many agents are still waited for when so many are here. */
  int missing(int present) {
    return Math.max(0, wanted - present);
  }

  /** Whether it has just ended. */
  boolean endsBy(long nowNanos, int present) {
    if (on && !holds(nowNanos, present)) {
      on = false;
      return true;
    }
    return false;
  }

  /** When it ends at the latest; empty when it is over. */
  OptionalLong endNanos(long nowNanos, int present) {
    if (!on) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(present >= wanted ? nowNanos : untilNanos);
  }
}
