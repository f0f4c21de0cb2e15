package io.proffer.agent.core.event;

import io.proffer.api.id.AgentId;
import io.proffer.api.v1.MasterInfo;

/** What became true between the agent and its master. */
public sealed interface LinkEvent extends Event {

  /** The agent started; its first attempt is made at {@code firstNanos}, monotonic. */
  record Awoke(long nowNanos, long firstNanos) implements LinkEvent {}

  /** An attempt to open a session began. */
  record Attempted(String session) implements LinkEvent {}

  /** Another master leads; the next attempt is made at {@code firstNanos} and counts as a first. */
  record Sighted(String address, long firstNanos) implements LinkEvent {}

  /** A master accepted the session; from now on no master of a lower epoch is followed. */
  record Registered(String session, long epoch, AgentId agent, MasterInfo master)
      implements LinkEvent, Durable {}

  /** A master of a lower epoch than the agent has followed answered: it is not the leader. */
  record Outdated(String session, long epoch, long followed) implements LinkEvent {}

  /**
   * There is no session; the next attempt is made at {@code retryNanos}, monotonic.
   *
   * @param slow whether it counts for the back-off
   */
  record Lost(String session, String why, boolean slow, long nowNanos, long retryNanos)
      implements LinkEvent {}
}
