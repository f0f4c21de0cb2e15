package io.proffer.agent.core;

import io.proffer.agent.core.command.ClockCommand;
import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.command.HostCommand;
import io.proffer.agent.core.command.LeaderCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.state.AgentState;
import io.proffer.agent.core.state.Turn;
import io.proffer.kernel.Frame;
import io.proffer.kernel.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The turns of one command, gathered into its frame. One whose rule throws is undone and leaves an
 * incident; what the others did stays.
 */
final class Turns {
  private final AgentState state;
  private final Command command;
  private final Moment moment;
  private final List<Event> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();

  Turns(AgentState state, Command command, Moment moment) {
    this.state = state;
    this.command = command;
    this.moment = moment;
  }

  Moment moment() {
    return moment;
  }

  /** Runs one turn to its end; false when its rule threw and was undone. */
  boolean take(Consumer<Turn> rule) {
    var turn = new Turn(state, moment);
    try {
      rule.accept(turn);
    } catch (RuntimeException bug) {
      state.rollback();
      report(bug);
      return false;
    }
    state.keep();
    var frame = turn.frame();
    events.addAll(frame.events());
    effects.addAll(frame.effects());
    return true;
  }

  Frame<Event, Effect> frame() {
    return new Frame<>(events, effects);
  }

  private void report(RuntimeException bug) {
    var incident = moment.ids().next().toString();
    events.add(new AgentEvent.RuleFailed(incident, command.getClass().getSimpleName(), bug));
    effects.addAll(apology(command, incident));
  }

  private static List<Effect> apology(Command command, String incident) {
    return switch (command) {
      case OperatorCommand.Read c -> List.of(new Reply.Failed(c.replyTo(), incident));
      case ExecutorCommand.Update c -> List.of(new Reply.Failed(c.replyTo(), incident));
      case ExecutorCommand.Message c -> List.of(new Reply.Failed(c.replyTo(), incident));
      case ExecutorCommand.Subscribe c -> List.of(new ToExecutor.Close(c.stream()));
      case ExecutorCommand.Disconnected ignored -> List.of();
      case OperatorCommand.Stop ignored -> List.of();
      case MasterCommand ignored -> List.of();
      case LeaderCommand ignored -> List.of();
      case ContainerCommand ignored -> List.of();
      case HostCommand ignored -> List.of();
      case ClockCommand ignored -> List.of();
    };
  }
}
