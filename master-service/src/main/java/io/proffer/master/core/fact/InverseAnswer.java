package io.proffer.master.core.fact;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What a framework said last to an inverse offer of an agent. It binds nobody: operators see it.
 *
 * @param refusedUntilNanos until when, in monotonic nanoseconds, it is not asked again; empty for
 *     as soon as may be
 */
public record InverseAnswer(
    AgentId agent,
    FrameworkId framework,
    boolean accepted,
    Instant at,
    OptionalLong refusedUntilNanos) {

  /** The same answer of one that may be asked again. */
  public InverseAnswer withoutRefusal() {
    return new InverseAnswer(agent, framework, accepted, at, OptionalLong.empty());
  }

  /** Whether the framework does not want to be asked yet. */
  public boolean refusesAt(long nowNanos) {
    return refusedUntilNanos.isPresent() && refusedUntilNanos.getAsLong() - nowNanos > 0;
  }
}
