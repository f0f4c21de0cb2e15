package io.proffer.kernel;

import java.util.UUID;

/** Mints identities. The real one is random; the simulator's is drawn from its seed. */
public interface Ids {
  /** A UUID that was never given before. */
  UUID next();
}
