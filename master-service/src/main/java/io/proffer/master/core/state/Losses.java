package io.proffer.master.core.state;

import java.time.Duration;
import java.util.Optional;

/**
 * How many agents may become unreachable, so that a fault of the network, or of the master itself,
 * is not taken for the end of all agents (lifecycle, section 4).
 *
 * @param interval from one agent to the next; empty for no limit
 * @param recoveryLimit the part of the agents of the registry, from 0 to 1, that may be marked
 *     because they have not come back after the master began
 */
public record Losses(Optional<Duration> interval, double recoveryLimit) {
  /** What holds when no flag is given. */
  public static Losses defaults() {
    return new Losses(Optional.empty(), 1);
  }
}
