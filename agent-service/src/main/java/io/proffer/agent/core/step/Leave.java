package io.proffer.agent.core.step;

import io.proffer.agent.core.effect.Stop;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.event.FrameworkEvent;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.Due;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.update.Updates;
import io.proffer.api.id.FrameworkId;

/** What follows when something was the last of its kind. */
public final class Leave {
  private Leave() {}

  /** A task is over and nobody waits for a word of it. */
  public static void task(Turn turn, Task task) {
    turn.emit(new TaskEvent.Completed(task.key(), task.container().value()));
    Settle.task(turn, task);
    framework(turn, task.key().framework());
    drain(turn);
  }

  /** Ends the draining of an agent that has no task left. */
  public static void drain(Turn turn) {
    if (turn.state().draining().isPresent() && turn.state().tasks().size() == 0) {
      turn.emit(new AgentEvent.DrainEnded());
    }
  }

  /** Forgets a framework that has nothing left here. */
  public static void framework(Turn turn, FrameworkId id) {
    var state = turn.state();
    if (state.frameworks().find(id).isEmpty()) {
      return;
    }
    for (var task : state.tasks().all()) {
      if (task.key().framework().equals(id)) {
        return;
      }
    }
    for (var executor : state.executors().keys()) {
      if (executor.framework().equals(id)) {
        return;
      }
    }
    for (var stream : state.streams().all()) {
      if (stream.key().framework().equals(id)) {
        return;
      }
    }
    turn.emit(new FrameworkEvent.Removed(id));
  }

  /**
   * Ends the agent once it shall end, its last container has, and its last updates are acknowledged
   * or were waited for long enough.
   */
  public static void agent(Turn turn) {
    var state = turn.state();
    if (state.stopping().isEmpty() || state.hasContainers()) {
      return;
    }
    if (state.streams().size() == 0 || !(state.link() instanceof Link.Registered)) {
      stop(turn);
    } else if (state.deadlines().at(new Due.LastWords()).isEmpty()) {
      turn.emit(new AgentEvent.Emptied(turn.after(state.times().lastWords())));
    }
  }

  /** Ends the agent now. */
  public static void stop(Turn turn) {
    if (turn.state().link() instanceof Link.Registered link) {
      turn.send(new ToMaster.Unregister(link.session()));
    }
    turn.emit(new AgentEvent.Stopped());
    Updates.pause(turn);
    turn.send(new Stop(turn.state().stopping().orElse("")));
  }
}
