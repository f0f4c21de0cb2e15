package io.proffer.agent.gc;

import java.time.Duration;

/**
 * How old a sandbox may become.
 *
 * @param delay on an empty disk
 * @param headroom the share of the disk that is to stay free, 0 to 1
 */
public record GcPolicy(Duration delay, double headroom) {

  /**
   * The greatest age at this usage of the disk, 0 to 1: less the fuller it is, none when only the
   * headroom is left.
   */
  public Duration maxAge(double usage) {
    var share = Math.max(0, 1 - headroom - usage);
    return Duration.ofMillis((long) (delay.toMillis() * share));
  }
}
