package io.proffer.master.core.step.operation;

import io.proffer.api.id.AgentId;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.state.Turn;
import java.util.Optional;

/** For whom, where and under which role tasks are launched in this turn. */
record Launch(Framework framework, AgentId agentId, String role, Turn turn) {

  /** The agent, unless it vanished since the offers ended. */
  Optional<Agent> agent() {
    return turn.state().agents().find(agentId).filter(agent -> agent.session().isPresent());
  }
}
