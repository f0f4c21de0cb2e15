package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.master.Event;
import io.proffer.master.core.allocator.AllocatorSettings;
import io.proffer.master.core.allocator.DrfAllocator;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.fact.Task;
import io.proffer.master.watch.Watching;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever follows the events of operators knows at each moment what a snapshot would show. */
@Timeout(120)
class WatchedStoryTest {
  private static final int COMMANDS = 1000;

  private final Watching watching = new Watching();
  private final Map<String, TaskState> tasks = new TreeMap<>();
  private final Set<String> frameworks = new TreeSet<>();
  private final Set<String> agents = new TreeSet<>();
  private final Set<Event.Type> types = new TreeSet<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void eventsTellWhatTheTablesHold(long seed) {
    var given =
        new Given(
            RandomStory.settings(3), Optional.of(new DrfAllocator(AllocatorSettings.defaults())));
    var story = new RandomStory(seed);
    var frames = given.snapshot().frames();
    for (var i = 0; i < COMMANDS; i++) {
      given.pass(story.nanos());
      var frame = given.when(story.next(given.snapshot())).frame();
      watching.events(frame).forEach(this::take);
      var snapshot = given.snapshot();
      check(snapshot);
      // Two snapshots were asked for since, each of which left a frame.
      frames += frame.isEmpty() ? 2 : 3;
      assertEquals(frames, snapshot.frames());
    }
    assertTrue(
        types.containsAll(
            Set.of(
                Event.Type.AGENT_ADDED,
                Event.Type.FRAMEWORK_ADDED,
                Event.Type.FRAMEWORK_UPDATED,
                Event.Type.FRAMEWORK_REMOVED,
                Event.Type.TASK_ADDED,
                Event.Type.TASK_UPDATED)),
        "a story in which something happens: " + types);
  }

  private void take(Event event) {
    types.add(event.getType());
    switch (event.getType()) {
      case TASK_ADDED -> {
        var task = event.getTaskAdded().getTask();
        tasks.put(
            key(task.getFrameworkId().getValue(), task.getTaskId().getValue()), task.getState());
      }
      case TASK_UPDATED -> {
        var update = event.getTaskUpdated();
        var key =
            key(update.getFrameworkId().getValue(), update.getStatus().getTaskId().getValue());
        assertTrue(tasks.containsKey(key), key + " was never added");
        tasks.put(key, update.getState());
      }
      case AGENT_ADDED ->
          agents.add(event.getAgentAdded().getAgent().getAgentInfo().getId().getValue());
      case AGENT_REMOVED ->
          assertTrue(agents.remove(event.getAgentRemoved().getAgentId().getValue()));
      case FRAMEWORK_ADDED ->
          assertTrue(frameworks.add(id(event.getFrameworkAdded().getFramework())));
      case FRAMEWORK_UPDATED ->
          assertTrue(frameworks.contains(id(event.getFrameworkUpdated().getFramework())));
      case FRAMEWORK_REMOVED ->
          assertTrue(
              frameworks.remove(event.getFrameworkRemoved().getFrameworkInfo().getId().getValue()));
      case UNKNOWN, SUBSCRIBED, HEARTBEAT -> throw new AssertionError(event.toString());
    }
  }

  private void check(Snapshot snapshot) {
    snapshot
        .tasks()
        .forEach(
            task ->
                assertEquals(
                    task.state(), tasks.get(key(task.framework().value(), task.id().value()))));
    snapshot
        .unreachableTasks()
        .forEach(
            task ->
                assertEquals(
                    task.state(), tasks.get(key(task.framework().value(), task.id().value()))));
    var shown = new TreeSet<String>();
    snapshot.frameworks().forEach(framework -> shown.add(framework.id().value()));
    assertTrue(frameworks.containsAll(shown));
    // That a large one was removed is told once its tasks and executors are off the books.
    for (var id : frameworks) {
      assertTrue(shown.contains(id) || isBeingCleared(id, snapshot), id);
    }
    // Of one that is out of reach operators are told nothing, as by the reference.
    snapshot.agents().forEach(agent -> assertTrue(agents.contains(agent.id().value())));
  }

  private static boolean isBeingCleared(String framework, Snapshot snapshot) {
    return Stream.concat(
            snapshot.tasks().stream().map(Task::framework),
            snapshot.executors().stream().map(Executor::framework))
        .anyMatch(id -> id.value().equals(framework));
  }

  private static String key(String framework, String task) {
    return framework + " " + task;
  }

  private static String id(io.proffer.api.v1.master.Response.GetFrameworks.Framework framework) {
    return framework.getFrameworkInfo().getId().getValue();
  }
}
