package io.proffer.master.words;

import io.proffer.api.resource.Format;
import io.proffer.api.v1.master.Response;
import io.proffer.master.core.fact.Agent;

/** Agents as operators see them. */
public final class AgentWords {
  private AgentWords() {}

  /** An agent of GET_AGENTS (json-shapes, Agent). */
  public static Response.GetAgents.Agent of(Agent agent) {
    var words =
        Response.GetAgents.Agent.newBuilder()
            .setAgentInfo(agent.info())
            .setActive(agent.active())
            .setDeactivated(agent.deactivated())
            .setVersion(agent.version())
            .setPid(agent.pid())
            .setRegisteredTime(Times.info(agent.registered()))
            .addAllTotalResources(agent.total().messagesFor(Format.ENDPOINT))
            .addAllAllocatedResources(agent.allocated().messagesFor(Format.ENDPOINT))
            .addAllOfferedResources(agent.offered().messagesFor(Format.ENDPOINT))
            .addAllCapabilities(agent.capabilities());
    agent.reregistered().ifPresent(at -> words.setReregisteredTime(Times.info(at)));
    return words.build();
  }
}
