package io.proffer.agent.checkpoint;

import java.time.Instant;

/** Instants as nanoseconds since 1970, good until 2262. */
final class Instants {
  private static final long NANOS = 1_000_000_000L;

  private Instants() {}

  static long nanos(Instant instant) {
    return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
  }

  static Instant of(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }
}
