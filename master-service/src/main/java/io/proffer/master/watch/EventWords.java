package io.proffer.master.watch;

import io.proffer.api.v1.master.Event;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.InverseOfferEvent;
import io.proffer.master.core.event.MaintenanceEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.fact.Work;
import io.proffer.master.words.AgentWords;
import io.proffer.master.words.FrameworkWords;
import io.proffer.master.words.TaskWords;
import io.proffer.master.words.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What of a frame is news for operators, to be worded later, by another thread. */
final class EventWords {
  private final List<News> news = new ArrayList<>();
  private final Owners owners;
  private final Belated belated;

  /** That somebody was removed, when that was the event before; else null. */
  private News removal;

  /** Told after their tasks, with what those use. */
  private Map<String, Agent> added = Map.of();

  private EventWords(Owners owners, Belated belated) {
    this.owners = owners;
    this.belated = belated;
  }

  /**
   * The news of a frame.
   *
   * @param owners follows the events, and knows those before
   * @param belated keeps what is to be told with a later frame
   */
  static List<News> of(
      List<io.proffer.master.core.event.Event> events, Owners owners, Belated belated) {
    var words = new EventWords(owners, belated);
    events.forEach(words::take);
    words.added.values().forEach(words::tell);
    return words.news;
  }

  private void tell(Agent agent) {
    news.add(
        new News(
            new Subject.OfAgent(agent), () -> agentAdded(agent), agent.info().getSerializedSize()));
  }

  private void tell(Subject subject, Supplier<Event.Builder> words, long bytes) {
    news.add(new News(subject, words, bytes));
  }

  private void tell(Task task) {
    tell(owners.add(task), () -> taskAdded(task), task.info().size());
  }

  private void take(io.proffer.master.core.event.Event event) {
    var before = removal;
    removal = null;
    switch (event) {
      case FrameworkEvent framework -> take(framework);
      case AgentEvent agent -> take(agent);
      case TaskEvent task -> take(task);
      case ExecutorEvent executor -> take(executor);
      case OfferEvent ignored -> {}
      case InverseOfferEvent ignored -> {}
      case RoleEvent ignored -> {}
      case MaintenanceEvent ignored -> {}
      case WorkEvent.Begun(var id, var work) -> {
        boolean ends = work instanceof Work.ClearFramework || work instanceof Work.ClearAgent;
        if (ends && before != null) {
          news.remove(before);
          belated.put(id, before);
        }
      }
      case WorkEvent.Ended(var id) -> belated.take(id).ifPresent(news::add);
      case WorkEvent.Advanced ignored -> {}
    }
  }

  private void take(FrameworkEvent event) {
    switch (event) {
      case FrameworkEvent.Added(var framework) -> {
        owners.add(framework.id(), framework.info());
        tell(
            new Subject.OfFramework(framework.info().getUser()),
            () ->
                Event.newBuilder()
                    .setType(Event.Type.FRAMEWORK_ADDED)
                    .setFrameworkAdded(
                        Event.FrameworkAdded.newBuilder().setFramework(words(framework))),
            framework.info().getSerializedSize());
      }
      case FrameworkEvent.Updated(var framework) -> {
        owners.add(framework.id(), framework.info());
        tell(
            new Subject.OfFramework(framework.info().getUser()),
            () ->
                Event.newBuilder()
                    .setType(Event.Type.FRAMEWORK_UPDATED)
                    .setFrameworkUpdated(
                        Event.FrameworkUpdated.newBuilder().setFramework(words(framework))),
            framework.info().getSerializedSize());
      }
      case FrameworkEvent.Removed(var id, var info, var at) -> {
        owners.remove(id);
        tell(
            new Subject.OfFramework(info.getUser()),
            () ->
                Event.newBuilder()
                    .setType(Event.Type.FRAMEWORK_REMOVED)
                    .setFrameworkRemoved(
                        Event.FrameworkRemoved.newBuilder().setFrameworkInfo(info)),
            info.getSerializedSize());
        removal = news.getLast();
      }
      case FrameworkEvent.Disconnected ignored -> {}
      case FrameworkEvent.Suppressed ignored -> {}
      case FrameworkEvent.Revived ignored -> {}
    }
  }

  private void take(AgentEvent event) {
    switch (event) {
      case AgentEvent.Registered(var agent) -> add(agent);
      case AgentEvent.Removed(var id) -> {
        tell(
            new Subject.Common(),
            () ->
                Event.newBuilder()
                    .setType(Event.Type.AGENT_REMOVED)
                    .setAgentRemoved(Event.AgentRemoved.newBuilder().setAgentId(id.message())),
            0);
        removal = news.getLast();
      }
      // It was there all the time, or is not gone for good.
      case AgentEvent.Reregistered ignored -> {}
      case AgentEvent.Disconnected ignored -> {}
      case AgentEvent.Admitted ignored -> {}
      // Of one that is gone the reference tells operators nothing either.
      case AgentEvent.MarkedGone ignored -> {}
      case AgentEvent.Pruned ignored -> {}
      case AgentEvent.Whitelisted ignored -> {}
      case AgentEvent.OrdersChanged ignored -> {}
      case AgentEvent.MarkedReachable ignored -> {}
      case AgentEvent.MarkedUnreachable ignored -> {}
    }
  }

  private void add(Agent agent) {
    if (added.isEmpty()) {
      added = new LinkedHashMap<>();
    }
    added.put(agent.id().value(), agent);
  }

  private void take(TaskEvent event) {
    switch (event) {
      case TaskEvent.Launched(var task) -> tell(task);
      case TaskEvent.Readded(var task) -> {
        tell(task);
        if (task.usesResources()) {
          use(task.agent().value(), task.resources());
        }
      }
      case TaskEvent.Updated(var framework, var task, var status, var latest, var now, var ended) ->
          now.ifPresent(
              state ->
                  tell(
                      owners.of(framework, task),
                      () -> taskUpdated(framework.message(), status, state),
                      status.getSerializedSize()));
      case TaskEvent.Unreachable(var framework, var task, var status, var since) -> {
        tell(
            owners.of(framework, task),
            () -> taskUpdated(framework.message(), status, status.getState()),
            status.getSerializedSize());
        owners.lose(framework, task);
      }
      case TaskEvent.Completed(var framework, var task) -> owners.remove(framework, task);
      case TaskEvent.Refused ignored -> {}
      case TaskEvent.Acknowledged ignored -> {}
      case TaskEvent.KillAsked ignored -> {}
    }
  }

  private void take(ExecutorEvent event) {
    switch (event) {
      case ExecutorEvent.Readded(var executor) ->
          use(executor.agent().value(), executor.resources());
      case ExecutorEvent.Launched ignored -> {}
      case ExecutorEvent.Ended ignored -> {}
    }
  }

  private void use(String agent, io.proffer.api.resource.Resources resources) {
    if (added.containsKey(agent)) {
      added.compute(agent, (id, row) -> row.withAllocated(row.allocated().plus(resources)));
    }
  }

  private static Event.Builder taskAdded(Task task) {
    return Event.newBuilder()
        .setType(Event.Type.TASK_ADDED)
        .setTaskAdded(Event.TaskAdded.newBuilder().setTask(TaskWords.of(task)));
  }

  private static Event.Builder taskUpdated(
      io.proffer.api.v1.FrameworkID framework,
      io.proffer.api.v1.TaskStatus status,
      io.proffer.api.v1.TaskState latest) {
    return Event.newBuilder()
        .setType(Event.Type.TASK_UPDATED)
        .setTaskUpdated(
            Event.TaskUpdated.newBuilder()
                .setFrameworkId(framework)
                .setStatus(status)
                .setState(latest));
  }

  /** As who may see these resources is told of an agent. */
  static Event.Builder agentAdded(Agent agent) {
    return Event.newBuilder()
        .setType(Event.Type.AGENT_ADDED)
        .setAgentAdded(Event.AgentAdded.newBuilder().setAgent(AgentWords.added(agent)));
  }

  /**
   * As the reference's events have it, and its answers have not: with a time of unregistration also
   * before there is one, without constraints when there are none.
   */
  private static io.proffer.api.v1.master.Response.GetFrameworks.Framework words(
      Framework framework) {
    var words = FrameworkWords.of(framework, List.of(), List.of()).toBuilder();
    if (!words.hasUnregisteredTime()) {
      words.setUnregisteredTime(Times.info(Instant.EPOCH));
    }
    if (words.getOfferConstraints().equals(OfferConstraints.getDefaultInstance())) {
      words.clearOfferConstraints();
    }
    return words.build();
  }
}
