package io.proffer.agent.core.rule;

import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.event.LinkEvent;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.fact.Doom;
import io.proffer.agent.core.fact.KillCause;
import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.state.Due;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.DoomExecutor;
import io.proffer.agent.core.step.Leave;
import io.proffer.agent.core.step.Subscription;
import io.proffer.agent.core.step.TerminateTask;
import io.proffer.agent.core.update.Updates;
import java.util.Optional;

/** Time has passed, and one deadline with it. */
public final class TakeDue {
  private TakeDue() {}

  /** What this deadline stands for. */
  public static void decide(Due due, Turn turn) {
    var state = turn.state();
    var now = turn.moment().monotonicNanos();
    switch (due) {
      case Due.Start ignored -> {
        var first = turn.after(turn.within(state.times().registrationBackoff()));
        turn.emit(new LinkEvent.Awoke(now, first));
      }
      case Due.Attempt ignored -> attempt(turn);
      case Due.Resend(var key) -> Updates.send(turn, state.streams().get(key));
      case Due.Force(var key) -> {
        turn.emit(new TaskEvent.KillForced(key));
        turn.send(new ToContainer.Destroy(state.tasks().get(key).container()));
      }
      case Due.Register(var key) -> {
        var executor = state.executors().get(key);
        var why = executor.registered() ? Doom.NOT_REREGISTERED : Doom.UNREGISTERED;
        DoomExecutor.destroy(turn, executor, why);
      }
      case Due.ForceExecutor(var key) -> {
        turn.emit(new ExecutorEvent.Forced(key));
        turn.send(new ToContainer.Destroy(state.executors().get(key).container()));
      }
      case Due.LastWords ignored -> Leave.stop(turn);
      case Due.TimeUp(var key) -> {
        var task = state.tasks().get(key);
        var grace = TerminateTask.grace(turn, task, Optional.empty());
        TerminateTask.begin(turn, task, KillCause.MAX_COMPLETION_TIME, grace);
      }
    }
  }

  private static void attempt(Turn turn) {
    var state = turn.state();
    var attempt = state.link() instanceof Link.Detecting detecting ? detecting.attempts() : 0;
    var session = turn.moment().ids().next().toString();
    turn.emit(new LinkEvent.Attempted(session));
    turn.send(new ToMaster.Open(session, attempt, Subscription.of(state, session)));
  }
}
