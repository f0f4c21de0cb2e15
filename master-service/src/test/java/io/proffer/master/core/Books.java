package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.InverseOfferEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.state.TaskStates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What must hold of the tables at any time, and from one turn to the next. */
final class Books {
  private final TreeSet<OfferId> everMade = new TreeSet<>();
  private final TreeSet<OfferId> outstanding = new TreeSet<>();
  private final TreeSet<OfferId> inverse = new TreeSet<>();
  private final TreeSet<String> executors = new TreeSet<>();
  private final Map<String, TaskState> states = new TreeMap<>();

  /** All rows of all tables, in their order. */
  static List<List<?>> rows(Snapshot snapshot) {
    return Stream.<io.proffer.kernel.table.Snapshot<?>>of(
            snapshot.agents(),
            snapshot.recovered(),
            snapshot.frameworks(),
            snapshot.completedFrameworks(),
            snapshot.offers(),
            snapshot.inverseOffers(),
            snapshot.inverseAnswers(),
            snapshot.executors(),
            snapshot.tasks(),
            snapshot.unreachableTasks(),
            snapshot.completedTasks())
        .<List<?>>map(table -> table.stream().toList())
        .toList();
  }

  /** Each offer is made once and ends once; a task that has ended stays so. */
  void follow(List<Event> events) {
    for (var event : events) {
      if (event instanceof OfferEvent.Made(var offer)) {
        assertTrue(everMade.add(offer.id()), "made twice: " + offer);
        outstanding.add(offer.id());
      } else if (event instanceof OfferEvent.Ended(var id, _)) {
        assertTrue(outstanding.remove(id), "ended twice or never made: " + id);
      } else if (event instanceof InverseOfferEvent.Made(var offer)) {
        assertTrue(everMade.add(offer.id()), "made twice: " + offer);
        inverse.add(offer.id());
      } else if (event instanceof InverseOfferEvent.Answered(var id, _)) {
        assertTrue(inverse.remove(id), "ended twice or never made: " + id);
      } else if (event instanceof InverseOfferEvent.Ended(var id, _)) {
        assertTrue(inverse.remove(id), "ended twice or never made: " + id);
      } else if (event instanceof ExecutorEvent.Launched(var executor)) {
        assertTrue(executors.add(name(executor)), "launched twice: " + executor);
      } else if (event instanceof ExecutorEvent.Readded(var executor)) {
        assertTrue(executors.add(name(executor)), "there already: " + executor);
      } else if (event instanceof ExecutorEvent.Ended(var agent, var framework, var id)) {
        assertTrue(executors.remove(agent + "/" + framework + "/" + id), "ended twice: " + id);
      } else if (event instanceof TaskEvent.Launched(var task)) {
        states.remove(task.framework() + "/" + task.id());
      } else if (event instanceof TaskEvent.Readded(var task)) {
        states.remove(task.framework() + "/" + task.id());
      }
    }
  }

  void check(Snapshot snapshot) {
    assertEquals(outstanding, new TreeSet<>(snapshot.offers().stream().map(o -> o.id()).toList()));
    checkInverseOffers(snapshot);
    checkAgents(snapshot);
    checkFrameworks(snapshot);
    checkExecutors(snapshot);
    checkTasks(snapshot);
  }

  /** They are of who is there, about a machine that will be away. */
  private void checkInverseOffers(Snapshot snapshot) {
    assertEquals(
        inverse, new TreeSet<>(snapshot.inverseOffers().stream().map(o -> o.id()).toList()));
    for (var offer : snapshot.inverseOffers()) {
      var agent =
          snapshot.agents().stream().filter(row -> row.id().equals(offer.agent())).findFirst();
      assertEquals(
          Optional.of(offer.unavailability()), snapshot.maintenance().of(agent.orElseThrow()));
      assertTrue(agent.get().active(), offer + " of an agent that is away");
      assertTrue(
          snapshot.frameworks().stream()
              .anyMatch(row -> row.id().equals(offer.framework()) && row.connected()),
          offer + " to one that is away");
    }
    for (var answer : snapshot.inverseAnswers()) {
      assertTrue(
          snapshot.agents().stream().anyMatch(row -> row.id().equals(answer.agent())),
          answer + " of an agent that is gone");
      assertTrue(isThere(answer.framework(), snapshot), answer + " of one that is gone");
    }
  }

  private static void checkAgents(Snapshot snapshot) {
    var used = new TreeMap<AgentId, Resources>();
    running(snapshot).forEach(t -> used.merge(t.agent(), t.resources(), Resources::plus));
    snapshot.executors().forEach(e -> used.merge(e.agent(), e.resources(), Resources::plus));
    var offered = new TreeMap<AgentId, Resources>();
    snapshot.offers().forEach(o -> offered.merge(o.agent(), o.resources(), Resources::plus));
    for (var agent : snapshot.agents()) {
      assertEquals(used.getOrDefault(agent.id(), Resources.empty()), agent.allocated());
      assertEquals(offered.getOrDefault(agent.id(), Resources.empty()), agent.offered());
      var all = alive(agent, snapshot).plus(agent.offered()).withoutAllocation();
      assertTrue(agent.total().contains(all), agent.id() + " gave " + all);
      assertTrue(agent.active() || agent.offered().isEmpty(), agent.id() + " is away");
    }
  }

  /** What is used, but by those of removed frameworks: they are dying, and count as free. */
  private static Resources alive(Agent agent, Snapshot snapshot) {
    var tasks =
        running(snapshot)
            .filter(task -> task.agent().equals(agent.id()))
            .filter(task -> isThere(task.framework(), snapshot))
            .map(Task::resources);
    var executors =
        snapshot.executors().stream()
            .filter(executor -> executor.agent().equals(agent.id()))
            .filter(executor -> isThere(executor.framework(), snapshot))
            .map(Executor::resources);
    return Stream.concat(tasks, executors).reduce(Resources.empty(), Resources::plus);
  }

  private static boolean isThere(FrameworkId id, Snapshot snapshot) {
    return snapshot.frameworks().stream().anyMatch(row -> row.id().equals(id));
  }

  private static void checkFrameworks(Snapshot snapshot) {
    var used = new TreeMap<FrameworkId, Quantities>();
    running(snapshot)
        .forEach(t -> used.merge(t.framework(), t.resources().quantities(), Quantities::plus));
    snapshot
        .executors()
        .forEach(e -> used.merge(e.framework(), e.resources().quantities(), Quantities::plus));
    var offered = new TreeMap<FrameworkId, Quantities>();
    snapshot
        .offers()
        .forEach(o -> offered.merge(o.framework(), o.resources().quantities(), Quantities::plus));
    for (Framework row : snapshot.frameworks()) {
      var none = Quantities.empty();
      assertEquals(used.getOrDefault(row.id(), none), row.allocated().quantities());
      assertEquals(offered.getOrDefault(row.id(), none), row.offered().quantities());
      assertTrue(row.connected() || row.offered().isEmpty(), row.id() + " is away");
    }
  }

  private static Stream<Task> running(Snapshot snapshot) {
    return snapshot.tasks().stream().filter(task -> !TaskStates.isTerminal(task.state()));
  }

  /** An executor is on the books once, and so are the events that put it there and took it off. */
  private void checkExecutors(Snapshot snapshot) {
    assertEquals(executors, new TreeSet<>(snapshot.executors().stream().map(Books::name).toList()));
    assertEquals(executors.size(), snapshot.executors().size());
  }

  private static String name(Executor executor) {
    return executor.agent() + "/" + executor.framework() + "/" + executor.id();
  }

  private void checkTasks(Snapshot snapshot) {
    for (var task : snapshot.tasks()) {
      var before = states.put(task.framework() + "/" + task.id(), task.state());
      if (before != null && TaskStates.isTerminal(before)) {
        assertEquals(before, task.state(), "was over: " + task.id());
      }
    }
  }
}
