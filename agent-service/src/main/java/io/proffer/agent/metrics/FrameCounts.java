package io.proffer.agent.metrics;

import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.event.UpdateEvent;
import io.proffer.api.metrics.Tallies;
import io.proffer.api.v1.TaskState;
import io.proffer.kernel.Clock;
import io.proffer.kernel.Frame;
import java.util.OptionalLong;

/** Counts what happened, as commands and their frames tell it. Of the loop's thread. */
public final class FrameCounts {
  /** What is counted. */
  enum Kind {
    CONTAINERS_ENDED,
    LAUNCHES_FAILED,
    UPDATES_REFUSED,
    MESSAGES_PASSED,
    MESSAGES_DROPPED,
    INCIDENTS
  }

  private final Tallies<TaskState> updates = new Tallies<>(TaskState.class);
  private final Tallies<Kind> kinds = new Tallies<>(Kind.class);
  private final Clock clock;
  private final long startedNanos;
  private volatile OptionalLong recoveryNanos = OptionalLong.empty();

  public FrameCounts(Clock clock) {
    this.clock = clock;
    this.startedNanos = clock.monotonicNanos();
  }

  /** Counts one turn. */
  public void read(Command command, Frame<Event, Effect> frame) {
    for (var event : frame.events()) {
      switch (event) {
        case UpdateEvent.Queued queued -> updates.increment(queued.status().getState());
        case AgentEvent.RuleFailed failed -> kinds.increment(Kind.INCIDENTS);
        case AgentEvent.Recovered recovered ->
            recoveryNanos = OptionalLong.of(clock.monotonicNanos() - startedNanos);
        // The others are told by tables.
        default -> {}
      }
    }
    for (var effect : frame.effects()) {
      if (effect instanceof ToContainer.Forget) {
        kinds.increment(Kind.CONTAINERS_ENDED);
      }
    }
    received(command, frame);
  }

  private void received(Command command, Frame<Event, Effect> frame) {
    switch (command) {
      case MasterCommand.Message message -> {
        var passed = frame.effects().stream().anyMatch(ToExecutor.Message.class::isInstance);
        kinds.increment(passed ? Kind.MESSAGES_PASSED : Kind.MESSAGES_DROPPED);
      }
      case ExecutorCommand.Update update -> {
        if (frame.effects().stream().anyMatch(Reply.Refused.class::isInstance)) {
          kinds.increment(Kind.UPDATES_REFUSED);
        }
      }
      case ContainerCommand.NoSandbox none -> failed(frame);
      case ContainerCommand.Broken broken -> failed(frame);
      // What else was received is told by the number of turns.
      default -> {}
    }
  }

  /** A container that nobody knows any more failed for nobody. */
  private void failed(Frame<Event, Effect> frame) {
    if (!frame.events().isEmpty()) {
      kinds.increment(Kind.LAUNCHES_FAILED);
    }
  }

  /** Status updates of one state. */
  long updates(TaskState state) {
    return updates.get(state);
  }

  /** All status updates. */
  long updates() {
    return updates.sum();
  }

  long get(Kind kind) {
    return kinds.get(kind);
  }

  /** How long it took to find out what an earlier run left; empty until that is known. */
  OptionalLong recoveryNanos() {
    return recoveryNanos;
  }
}
