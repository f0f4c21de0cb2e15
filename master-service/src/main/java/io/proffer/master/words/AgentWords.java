package io.proffer.master.words;

import io.proffer.api.resource.Format;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.DrainInfo;
import io.proffer.api.v1.DrainState;
import io.proffer.api.v1.master.Response;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Drain;
import java.time.temporal.ChronoUnit;

/** Agents as operators see them. */
public final class AgentWords {
  private AgentWords() {}

  /** An agent of GET_AGENTS (json-shapes, Agent). */
  public static Response.GetAgents.Agent of(Agent agent) {
    return words(agent).setAgentInfo(info(agent.info())).build();
  }

  /** An agent of AGENT_ADDED, which does not say what goes for all agents. */
  public static Response.GetAgents.Agent added(Agent agent) {
    return words(agent).setAgentInfo(agent.info()).build();
  }

  private static Response.GetAgents.Agent.Builder words(Agent agent) {
    var words =
        Response.GetAgents.Agent.newBuilder()
            .setActive(agent.active())
            .setDeactivated(agent.deactivated())
            .setVersion(agent.version())
            .setPid(agent.pid())
            .setRegisteredTime(Times.info(agent.registered()))
            .addAllTotalResources(agent.total().messagesFor(Format.ENDPOINT))
            .addAllAllocatedResources(agent.allocated().messagesFor(Format.ENDPOINT))
            .addAllOfferedResources(agent.offered().messagesFor(Format.ENDPOINT))
            .addAllCapabilities(agent.capabilities());
    agent.orders().drain().ifPresent(drain -> tell(drain, words));
    agent.reregistered().ifPresent(at -> words.setReregisteredTime(Times.info(at)));
    return words;
  }

  /** What an agent says of itself, and that it keeps its tasks on disk, which every agent does. */
  public static AgentInfo info(AgentInfo info) {
    return info.toBuilder().setCheckpoint(true).build();
  }

  private static void tell(Drain drain, Response.GetAgents.Agent.Builder words) {
    words
        .setDrainInfo(info(drain))
        .setEstimatedDrainStartTime(Times.info(drain.since().truncatedTo(ChronoUnit.SECONDS)));
  }

  /** How an agent is emptied, and how far that has come. */
  public static DrainInfo info(Drain drain) {
    return DrainInfo.newBuilder()
        .setState(drain.done() ? DrainState.DRAINED : DrainState.DRAINING)
        .setConfig(drain.config())
        .build();
  }
}
