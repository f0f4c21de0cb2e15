package io.proffer.master.core;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.kernel.Core;
import io.proffer.kernel.Frame;
import io.proffer.kernel.Moment;
import io.proffer.master.core.allocator.Allocator;
import io.proffer.master.core.command.ClockCommand;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.command.ReplyTo;
import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Maintenance;
import io.proffer.master.core.fact.MasterFacts;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.fact.RoleSettings;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.rule.query.ExplainOffers;
import io.proffer.master.core.rule.query.Inquiry;
import io.proffer.master.core.state.BrokenStateException;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.state.Durations;
import io.proffer.master.core.state.MasterState;
import io.proffer.master.core.state.MustStopException;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.AgentReturn;
import io.proffer.master.core.step.SettleDrains;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * The master's decisions: each command takes its turn and leaves a frame.
 *
 * <p>A rule that throws is undone, its caller told, and the master lives on. What leaves {@link
 * #handle} as an exception is a state that can no longer be trusted.
 */
public final class MasterCore implements Core<Command, Event, Effect> {
  private final MasterState state;
  private final Allocator allocator;
  private final Incidents incidents;

  /** Explanations that go on with the next ticks. */
  private final Deque<Inquiry> inquiries = new ArrayDeque<>();

  /** Nanoseconds of the newest turn: when work waits, the next tick is due since then. */
  private long nowNanos;

  public MasterCore(
      MasterFacts facts, CoreSettings settings, Allocator allocator, Incidents incidents) {
    this.state = new MasterState(facts, settings);
    this.allocator = allocator;
    this.incidents = incidents;
  }

  /**
   * Takes in weights and quotas of the registry. Before {@link #recover}: who shares out the
   * cluster knows them before anyone comes to have a share.
   */
  public void recoverRoles(RoleSettings roles, Moment moment) {
    nowNanos = moment.monotonicNanos();
    var turn = state.begin(moment);
    if (!roles.weights().isEmpty()) {
      turn.emit(new RoleEvent.WeightsSet(roles.weights()));
    }
    if (!roles.quotas().isEmpty()) {
      turn.emit(new RoleEvent.QuotasSet(List.copyOf(roles.quotas().values())));
    }
    turn.keep();
    turn.events().forEach(event -> allocator.follow(event, moment));
  }

  /**
   * Takes in what the registry stored; once, before the first command. Frameworks wait for their
   * schedulers without a timer, agents until {@code agent_reregister_timeout}.
   *
   * @param unreachable agents out of reach, and since when; in the order of ids
   */
  public void recover(
      List<FrameworkInfo> frameworks,
      List<AgentInfo> admitted,
      Map<AgentId, Instant> unreachable,
      Moment moment) {
    nowNanos = moment.monotonicNanos();
    var turn = state.begin(moment);
    for (var info : frameworks) {
      var id = FrameworkId.of(info.getId());
      turn.emit(new FrameworkEvent.Added(AgentReturn.recovered(id, info, turn)));
    }
    turn.keep();
    turn.events().forEach(event -> allocator.follow(event, moment));
    long deadline = Durations.after(nowNanos, state.settings().agentReregisterTimeout().toNanos());
    if (!admitted.isEmpty()) {
      state.recovered(admitted.size(), deadline);
    }
    admitted.forEach(info -> state.recover(AgentId.of(info.getId()), info, deadline));
    // The oldest first, as they would be in a master that lost them itself.
    oldestFirst(unreachable).forEach(state::recoverUnreachable);
    state.watchRecovered(moment);
    allocator.recover(admitted.size(), moment);
  }

  /**
   * Takes in what operators ordered of agents. After {@link #recover}, before the first command:
   * agents find their orders when they are back.
   *
   * @param gone agents that may not come back, and since when
   */
  public void recoverOrders(
      SortedMap<AgentId, Orders> orders, SortedMap<AgentId, Instant> gone, Moment moment) {
    nowNanos = moment.monotonicNanos();
    orders.forEach(state::recoverOrders);
    oldestFirst(gone).forEach(state::recoverGone);
    state.watchRecovered(moment);
  }

  private static Map<AgentId, Instant> oldestFirst(Map<AgentId, Instant> lost) {
    var ordered = new LinkedHashMap<AgentId, Instant>();
    lost.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    return ordered;
  }

  /** Takes in what is planned for machines. Before the first command. */
  public void recoverMaintenance(Maintenance maintenance, Moment moment) {
    nowNanos = moment.monotonicNanos();
    state.recoverMaintenance(maintenance, moment);
  }

  /**
   * Takes in what was over already. After {@link #recover}, before the first command. A framework
   * that has come back since is not over, and tasks of one that is forgotten are too.
   *
   * @param frameworks completed ones, the oldest first
   * @param tasks completed ones, the oldest first
   */
  public void recoverHistory(List<Framework> frameworks, List<Task> tasks, Moment moment) {
    nowNanos = moment.monotonicNanos();
    frameworks.forEach(state::recoverCompleted);
    tasks.forEach(state::recoverCompleted);
  }

  @Override
  public Frame<Event, Effect> handle(Command command, Moment moment) {
    nowNanos = moment.monotonicNanos();
    var frame = new Frames(command, moment);
    if (command instanceof ClockCommand.Tick tick) {
      new Ticking(state, allocator, frame).run(tick);
      inquire(frame);
    } else if (command instanceof OperatorCommand.Explain ask) {
      frame.turn(
          turn ->
              ExplainOffers.decide(ask, explainer(), inquiries.size(), turn)
                  .ifPresent(inquiries::addLast));
    } else {
      frame.turn(turn -> Rules.decide(command, turn));
    }
    return frame.toFrame();
  }

  @Override
  public OptionalLong nextDeadlineNanos() {
    if (state.works().first().isPresent() || !inquiries.isEmpty()) {
      return OptionalLong.of(nowNanos);
    }
    return earlier(state.nextDeadlineNanos(), allocator.nextDeadlineNanos());
  }

  /** Units of its budget that the allocator's last slice spent. */
  public long allocationSpent() {
    return allocator.spent();
  }

  /** All that rules may see of the allocator. */
  private ExplainOffers.Explainer explainer() {
    return (framework, role, agent) ->
        allocator
            .explaining(framework, Optional.of(role), agent)
            .map(explaining -> (turn, allowance) -> explaining.go(allowance, turn.moment()));
  }

  /** The explanation that waits longest goes on; one that throws is given up. */
  private void inquire(Frames frame) {
    var first = inquiries.peekFirst();
    if (first != null) {
      var done = new boolean[1];
      if (!frame.turn(Optional.of(first.replyTo()), turn -> done[0] = first.go(turn)) || done[0]) {
        inquiries.removeFirst();
      }
    }
  }

  private static OptionalLong earlier(OptionalLong a, OptionalLong b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isPresent() ? a : b;
    }
    return OptionalLong.of(Math.min(a.getAsLong(), b.getAsLong()));
  }

  /** The turns of one command, gathered into its frame. */
  final class Frames {
    private final Command command;
    private final Moment moment;
    private final List<Event> events = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    Frames(Command command, Moment moment) {
      this.command = command;
      this.moment = moment;
    }

    Moment moment() {
      return moment;
    }

    /** Runs one turn to its end; false when its rule threw and was undone. */
    boolean turn(Consumer<Turn> rule) {
      return turn(Rules.replyTo(command), rule);
    }

    /** The same, for one who may have asked with an earlier command. */
    boolean turn(Optional<ReplyTo> caller, Consumer<Turn> rule) {
      var turn = state.begin(moment);
      try {
        rule.accept(turn);
        SettleDrains.decide(turn);
      } catch (BrokenStateException | MustStopException e) {
        throw e;
      } catch (RuntimeException | StackOverflowError e) {
        turn.undo();
        report(caller, e);
        return false;
      }
      turn.keep();
      turn.events().forEach(event -> allocator.follow(event, moment));
      events.addAll(turn.events());
      effects.addAll(turn.effects());
      return true;
    }

    private void report(Optional<ReplyTo> caller, Throwable cause) {
      var incident = moment.ids().next().toString();
      incidents.happened(incident, command, cause);
      caller.ifPresent(replyTo -> effects.add(new Reply.Failed(replyTo, incident)));
    }

    Frame<Event, Effect> toFrame() {
      var whole = new Frame<>(events, effects);
      if (!whole.isEmpty()) {
        state.countFrame(!events.isEmpty());
      }
      return whole;
    }
  }
}
