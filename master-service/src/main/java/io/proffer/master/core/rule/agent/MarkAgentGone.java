package io.proffer.master.core.rule.agent;

import io.proffer.api.id.AgentId;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.command.ReplyTo;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.fact.Work;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.ClearAgent;
import io.proffer.master.core.step.GoneTasks;

/**
 * MARK_AGENT_GONE: an agent may never come back under its id, wherever it is now. Its tasks are
 * over, whatever became of them.
 */
public final class MarkAgentGone {
  private MarkAgentGone() {}

  public static void decide(OperatorCommand.MarkGone gone, Turn turn) {
    var id = gone.agent();
    var agents = turn.state().agents();
    var losing = turn.state().works().losing(id);
    if (agents.isGone(id)) {
      turn.send(new Reply.Done(gone.replyTo()));
    } else if (losing.isPresent()) {
      refuse(id, losing.get(), gone.replyTo(), turn);
    } else if (!agents.isKnown(id)) {
      turn.reject(gone.replyTo(), Rejection.notFound("Agent '" + id + "' not found"));
    } else {
      mark(id, turn);
      turn.send(new Reply.Done(gone.replyTo()));
    }
  }

  private static void refuse(AgentId id, Work.ClearAgent.Loss loss, ReplyTo replyTo, Turn turn) {
    var transition =
        switch (loss) {
          case UNREACHABLE -> "being transitioned to unreachable";
          case REMOVED -> "being transitioned to removed";
          // It was forgotten that it is gone, before its tasks have all left the books.
          case GONE -> "already being transitioned to gone";
        };
    turn.reject(replyTo, Rejection.unavailable("Agent '" + id + "' is " + transition));
  }

  private static void mark(AgentId id, Turn turn) {
    var agents = turn.state().agents();
    var registered = agents.find(id);
    if (registered.isPresent()) {
      ClearAgent.markGone(registered.get(), turn);
      return;
    }
    boolean awaited = agents.recovered(id).isPresent();
    turn.emit(new AgentEvent.MarkedGone(id, turn.moment().wall()));
    if (awaited) {
      // Of its tasks nothing is known here; that it is no more, frameworks have not heard yet.
      ClearAgent.tellFailure(id, turn);
    } else {
      GoneTasks.clearUnreachable(id, turn);
    }
  }
}
