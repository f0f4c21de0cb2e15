package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.event.FrameworkEvent;
import io.proffer.agent.core.fact.KillCause;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.DoomExecutor;
import io.proffer.agent.core.step.Leave;
import io.proffer.agent.core.step.TerminateTask;
import io.proffer.agent.core.update.Updates;

/** A framework is over: its tasks and executors are ended, and nobody hears of them any more. */
public final class ShutDownFramework {
  private ShutDownFramework() {}

  /** A framework that is not here is over already, but for updates nobody will acknowledge. */
  public static void decide(MasterCommand.ShutdownFramework order, Turn turn) {
    var state = turn.state();
    for (var stream : state.streams().all()) {
      if (stream.key().framework().equals(order.framework())) {
        Updates.drop(turn, stream);
      }
    }
    if (state.frameworks().find(order.framework()).isEmpty()) {
      return;
    }
    turn.emit(new FrameworkEvent.Terminating(order.framework()));
    for (var task : state.tasks().all()) {
      if (!task.key().framework().equals(order.framework())) {
        continue;
      }
      if (task.progress() instanceof Progress.Ended) {
        Leave.task(turn, task);
      } else {
        TerminateTask.begin(
            turn, task, KillCause.SHUTDOWN, TerminateTask.shutdownGrace(turn, task));
      }
    }
    for (var executor : state.executors().all()) {
      if (executor.key().framework().equals(order.framework())) {
        DoomExecutor.shutDown(turn, executor, DoomExecutor.grace(turn, executor));
      }
    }
    Leave.framework(turn, order.framework());
  }
}
