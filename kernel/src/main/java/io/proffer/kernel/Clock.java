package io.proffer.kernel;

import java.time.Instant;

/** The two clocks of a process. Only shells read it; cores get a {@link Moment}. */
public interface Clock {
  /** Nanoseconds that never run backwards, from an arbitrary origin. */
  long monotonicNanos();

  /** Wall time. */
  Instant wall();
}
