package io.proffer.master.words;

import io.proffer.api.v1.TimeInfo;
import java.time.Instant;

/** Instants as the API shows them. */
public final class Times {
  private static final long NANOS = 1_000_000_000L;

  private Times() {}

  /** Nanoseconds since 1970, as in v1. */
  public static TimeInfo info(Instant instant) {
    return TimeInfo.newBuilder()
        .setNanoseconds(instant.getEpochSecond() * NANOS + instant.getNano())
        .build();
  }

  /** Seconds since 1970, to the microsecond, as in plain endpoints. */
  public static double seconds(Instant instant) {
    return (instant.getEpochSecond() * 1_000_000L + instant.getNano() / 1000) / 1e6;
  }
}
