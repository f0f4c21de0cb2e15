package io.proffer.e2e.simulation;

import java.util.SplittableRandom;

/**
 * How the network is. Chances are of one piece sent.
 *
 * @param delayMicros a piece takes between this and ten times as long, rarely a hundred times
 * @param breakOff that the connection breaks instead
 * @param repeat that a request that may come twice does
 * @param split that a piece of a stream arrives in two
 */
record Weather(long delayMicros, double breakOff, double repeat, double split) {
  static final Weather FAIR = new Weather(100, 0, 0, 0.1);

  /** Drawn anew from time to time. */
  static Weather drawn(SplittableRandom chance) {
    return switch (chance.nextInt(4)) {
      case 0 -> FAIR;
      case 1 -> new Weather(200, 0.002, 0.05, 0.2);
      case 2 -> new Weather(5_000, 0.01, 0.1, 0.2);
      default -> new Weather(50_000, 0.002, 0.05, 0.05);
    };
  }

  long delayNanos(SplittableRandom chance) {
    var factor = chance.nextInt(50) == 0 ? 100 : 1 + chance.nextInt(10);
    return delayMicros * 1_000 * factor + chance.nextInt(50_000);
  }
}
