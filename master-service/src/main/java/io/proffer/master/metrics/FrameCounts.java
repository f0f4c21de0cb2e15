package io.proffer.master.metrics;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.metrics.Tallies;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.kernel.Frame;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.TaskEvent;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts what commands brought and what their frames made of it. Of the loop's thread. */
public final class FrameCounts {
  /** What is counted of the core as a whole. */
  enum Kind {
    FRAMES,
    EVENTS,
    EFFECTS,
    TASKS_LAUNCHED,
    UPDATES_TAKEN,
    ACKNOWLEDGEMENTS_TAKEN,
    MESSAGES_TO_FRAMEWORKS,
    MESSAGES_TO_EXECUTORS,
    FIRST_SUBSCRIPTIONS,
    FIRST_REGISTRATIONS,
    CALLS_TO_LAUNCH
  }

  private final Tallies<Kind> kinds = new Tallies<>(Kind.class);
  private final TaskEnds ends = new TaskEnds();
  private final AgentCounts agents = new AgentCounts();
  private final FrameworkBook frameworks;
  private final LongAdder incidents = new LongAdder();

  /**
   * @param frameworksMax how many frameworks have rows of their own
   */
  public FrameCounts(int frameworksMax) {
    this.frameworks = new FrameworkBook(frameworksMax);
  }

  /** A rule threw. From any thread. */
  public void incident() {
    incidents.increment();
  }

  /** Counts one turn. */
  public void read(Command command, Frame<Event, Effect> frame) {
    kinds.increment(Kind.FRAMES);
    kinds.add(Kind.EVENTS, frame.events().size());
    kinds.add(Kind.EFFECTS, frame.effects().size());
    if (command instanceof SchedulerCommand.FromSubscribed call) {
      var framework = frameworks.of(call.caller().framework());
      framework.calls.increment(type(call));
      if (call instanceof SchedulerCommand.Accept accept) {
        count(accept, framework);
      }
    }
    var events = frame.events();
    for (var event : events) {
      read(event, command);
    }
    agents.read(command, events);
    // After the events: what opens a stream comes before what is sent to it.
    for (var effect : frame.effects()) {
      read(effect);
    }
    subscribed(command, events);
  }

  private void count(SchedulerCommand.Accept accept, FrameworkCounts framework) {
    boolean launches = false;
    for (var operation : accept.operations()) {
      framework.operations.increment(operation.getType());
      launches |=
          operation.getType() == Offer.Operation.Type.LAUNCH
              || operation.getType() == Offer.Operation.Type.LAUNCH_GROUP;
    }
    if (launches) {
      kinds.increment(Kind.CALLS_TO_LAUNCH);
    }
  }

  /** The two that open a stream are counted by whether they say who they are. */
  private void subscribed(Command command, List<Event> events) {
    if (command instanceof AgentCommand.Subscribe agent && !agent.info().hasId()) {
      kinds.increment(Kind.FIRST_REGISTRATIONS);
    } else if (command instanceof SchedulerCommand.Subscribe scheduler) {
      if (!scheduler.info().hasId() || scheduler.info().getId().getValue().isEmpty()) {
        kinds.increment(Kind.FIRST_SUBSCRIPTIONS);
      }
      for (var event : events) {
        if (event instanceof FrameworkEvent.Added(var framework)) {
          frameworks.of(framework.id()).calls.increment(Call.Type.SUBSCRIBE);
        } else if (event instanceof FrameworkEvent.Updated(var framework)) {
          frameworks.of(framework.id()).calls.increment(Call.Type.SUBSCRIBE);
        }
      }
    }
  }

  private void read(Event event, Command command) {
    switch (event) {
      case FrameworkEvent.Added(var framework) -> frameworks.put(framework);
      case FrameworkEvent.Updated(var framework) -> frameworks.put(framework);
      case FrameworkEvent.Disconnected(var id, var since) -> frameworks.forgetStream(id);
      case FrameworkEvent.Removed removed -> frameworks.end(removed.id());
      case OfferEvent.Made(var offer) ->
          frameworks.of(offer.framework()).offers.increment(FrameworkCounts.Offers.SENT);
      case OfferEvent.Ended(var id, var end) -> ended(end, command);
      case TaskEvent.Launched launched -> kinds.increment(Kind.TASKS_LAUNCHED);
      case TaskEvent.Acknowledged acknowledged -> kinds.increment(Kind.ACKNOWLEDGEMENTS_TAKEN);
      case TaskEvent.Updated updated -> {
        if (command instanceof AgentCommand.Update) {
          kinds.increment(Kind.UPDATES_TAKEN);
        }
        if (updated.ended()) {
          var told = updated.status().getState();
          var state = TaskEnds.SHOWN.contains(told) ? told : updated.latest();
          over(updated.framework(), state, updated.status());
        }
      }
      case TaskEvent.Refused(var framework, var task, var status) ->
          over(framework, status.getState(), status);
      case TaskEvent.Unreachable(var framework, var task, var status, var since) ->
          over(framework, status.getState(), status);
      // The others are told by tables, or by the number of commands.
      default -> {}
    }
  }

  private void over(FrameworkId framework, TaskState state, TaskStatus status) {
    ends.add(state, status);
    frameworks.of(framework).ends.increment(state);
  }

  /** Only its own framework can accept or decline an offer; who was told of the end, see below. */
  private void ended(OfferEvent.End end, Command command) {
    if (command instanceof SchedulerCommand.FromSubscribed call) {
      var offers = frameworks.of(call.caller().framework()).offers;
      switch (end) {
        case ACCEPTED -> offers.increment(FrameworkCounts.Offers.ACCEPTED);
        case DECLINED -> offers.increment(FrameworkCounts.Offers.DECLINED);
        case RESCINDED, DROPPED -> {}
      }
    }
  }

  private void read(Effect effect) {
    switch (effect) {
      case ToFramework told -> {
        frameworks.ofStream(told.streamId()).told(told);
        if (told instanceof ToFramework.Message) {
          kinds.increment(Kind.MESSAGES_TO_FRAMEWORKS);
        }
      }
      case ToAgent.Message message -> kinds.increment(Kind.MESSAGES_TO_EXECUTORS);
      default -> {}
    }
  }

  private static Call.Type type(SchedulerCommand.FromSubscribed call) {
    return switch (call) {
      case SchedulerCommand.Teardown c -> Call.Type.TEARDOWN;
      case SchedulerCommand.Accept c -> Call.Type.ACCEPT;
      case SchedulerCommand.Decline c -> Call.Type.DECLINE;
      case SchedulerCommand.AcceptInverseOffers c -> Call.Type.ACCEPT_INVERSE_OFFERS;
      case SchedulerCommand.DeclineInverseOffers c -> Call.Type.DECLINE_INVERSE_OFFERS;
      case SchedulerCommand.Revive c -> Call.Type.REVIVE;
      case SchedulerCommand.Suppress c -> Call.Type.SUPPRESS;
      case SchedulerCommand.Kill c -> Call.Type.KILL;
      case SchedulerCommand.Shutdown c -> Call.Type.SHUTDOWN;
      case SchedulerCommand.Acknowledge c -> Call.Type.ACKNOWLEDGE;
      case SchedulerCommand.AcknowledgeOperation c -> Call.Type.ACKNOWLEDGE_OPERATION_STATUS;
      case SchedulerCommand.Reconcile c -> Call.Type.RECONCILE;
      case SchedulerCommand.ReconcileOperations c -> Call.Type.RECONCILE_OPERATIONS;
      case SchedulerCommand.Message c -> Call.Type.MESSAGE;
      case SchedulerCommand.Request c -> Call.Type.REQUEST;
      case SchedulerCommand.UpdateFramework c -> Call.Type.UPDATE_FRAMEWORK;
      case SchedulerCommand.Unknown c -> Call.Type.UNKNOWN;
    };
  }

  long get(Kind kind) {
    return kinds.get(kind);
  }

  long incidents() {
    return incidents.sum();
  }

  TaskEnds ends() {
    return ends;
  }

  AgentCounts agents() {
    return agents;
  }

  FrameworkBook frameworks() {
    return frameworks;
  }
}
