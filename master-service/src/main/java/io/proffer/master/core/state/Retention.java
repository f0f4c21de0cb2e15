package io.proffer.master.core.state;

import java.time.Duration;

/**
 * For how long agents are remembered that are out of reach, or were marked gone; names are those of
 * the flags that begin with {@code registry}.
 *
 * @param gcInterval how often the old ones are looked for
 * @param maxAgentAge after which they are forgotten
 * @param maxAgentCount how many of either kind are remembered; the oldest go first
 */
public record Retention(Duration gcInterval, Duration maxAgentAge, int maxAgentCount) {
  /** What holds when no flag is given. */
  public static Retention defaults() {
    return new Retention(Duration.ofMinutes(15), Duration.ofDays(14), 102_400);
  }
}
