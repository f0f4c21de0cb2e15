package io.proffer.agent.core.fact;

import java.time.Duration;

/**
 * How long an agent waits for what.
 *
 * @param registrationBackoff the first attempt to register is made at a random time within this
 * @param registrationBackoffMax the longest an attempt may wait; the bound doubles from two
 *     registration backoffs to this
 * @param returnWindow after the loss of a master, for so long attempts are made as often as the
 *     first one: a master that was only restarted finds its agents at once
 * @param updateRetryMin an update that is not acknowledged is sent again after this, then after
 *     twice the time, and so on
 * @param updateRetryMax until this
 * @param killGrace from SIGTERM to SIGKILL when neither the call nor the task says otherwise
 * @param shutdownGrace how long an executor has to end after a shutdown
 * @param lastWords how long a stopping agent waits for the acknowledgement of its last updates
 * @param executorRegistration how long an executor may take from its launch to its first SUBSCRIBE
 * @param executorReregistration how long executors may take to subscribe once the agent runs again;
 *     told to those of frameworks that checkpoint
 * @param recovery told to executors of frameworks that checkpoint
 */
public record AgentTimes(
    Duration registrationBackoff,
    Duration registrationBackoffMax,
    Duration returnWindow,
    Duration updateRetryMin,
    Duration updateRetryMax,
    Duration killGrace,
    Duration shutdownGrace,
    Duration lastWords,
    Duration executorRegistration,
    Duration executorReregistration,
    Duration recovery) {

  /** The defaults of the flags. */
  public static AgentTimes defaults() {
    return new AgentTimes(
        Duration.ofSeconds(1),
        Duration.ofMinutes(1),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofMinutes(10),
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofMinutes(1),
        Duration.ofSeconds(2),
        Duration.ofMinutes(15));
  }
}
