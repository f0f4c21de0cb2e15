package io.proffer.master.agentlink;

import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.MasterInfo;
import java.time.Duration;
import java.util.Optional;

/**
 * What holds for all sessions of one run of a master.
 *
 * @param epoch of this run; higher than that of any run before
 * @param pingTimeout how long an agent has to answer a ping, and how often it is pinged
 * @param maxPingTimeouts how many pings in a row it may leave unanswered
 * @param requireDomain whether an agent has to say where it is
 */
public record LinkSettings(
    long epoch,
    MasterInfo master,
    Duration pingTimeout,
    int maxPingTimeouts,
    boolean requireDomain) {

  /** Why an agent that is there may not register, if it may not. */
  Optional<String> refusal(AgentInfo agent) {
    if (agent.hasDomain() && !master.hasDomain()) {
      return Optional.of(
          "The agent says where it is (--domain), and this master does not: give the master --domain"
              + " too, or start the agent without");
    }
    if (!agent.hasDomain() && requireDomain) {
      return Optional.of(
          "This master takes only agents that say where they are (--require_agent_domain): give the"
              + " agent --domain");
    }
    return Optional.empty();
  }
}
