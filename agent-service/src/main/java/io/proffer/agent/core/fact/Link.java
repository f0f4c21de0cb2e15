package io.proffer.agent.core.fact;

import io.proffer.api.v1.MasterInfo;

/** How the agent stands with its master. */
public sealed interface Link {

  /**
   * No master: the next attempt is a deadline.
   *
   * @param attempts how many attempts failed since the agent was last registered, or started
   * @param slow how many of them count for the back-off: those after the return window
   * @param sinceNanos when it was last registered, or started; monotonic
   */
  record Detecting(int attempts, int slow, long sinceNanos) implements Link {}

  /** A subscription is under way. */
  record Registering(String session, int attempts, int slow, long sinceNanos) implements Link {}

  /** The master has accepted the session. */
  record Registered(String session, long epoch, MasterInfo master) implements Link {}
}
