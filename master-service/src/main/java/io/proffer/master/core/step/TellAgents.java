package io.proffer.master.core.step;

import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.state.Turn;

/** What agents hear of a framework that changed. */
public final class TellAgents {
  private TellAgents() {}

  /** Agents that run something of it get its new info; others get it with the first task. */
  public static void ofChange(Framework before, Framework after, Turn turn) {
    if (before.info().equals(after.info())) {
      return;
    }
    for (var agent : turn.state().agents().all()) {
      var id = agent.id();
      if (turn.state().tasks().has(id, after.id())
          || turn.state().executors().has(id, after.id())) {
        agent
            .session()
            .ifPresent(session -> turn.send(new ToAgent.UpdateFramework(session, after.info())));
      }
    }
  }
}
