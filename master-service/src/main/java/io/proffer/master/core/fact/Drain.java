package io.proffer.master.core.fact;

import io.proffer.api.v1.DrainConfig;
import java.time.Instant;

/**
 * That an agent is emptied, or has been.
 *
 * @param config as the operator gave it
 * @param since when it was ordered
 * @param done whether nothing is left there
 */
public record Drain(DrainConfig config, Instant since, boolean done) {
  /** The same, with nothing left. */
  public Drain completed() {
    return new Drain(config, since, true);
  }
}
