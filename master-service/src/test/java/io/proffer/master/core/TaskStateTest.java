package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.v1.TaskState;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.state.TaskStates;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every state of a task against every update (lifecycle, section 6). */
class TaskStateTest {
  private static final List<TaskState> TERMINAL =
      List.of(
          TaskState.TASK_FINISHED,
          TaskState.TASK_FAILED,
          TaskState.TASK_KILLED,
          TaskState.TASK_ERROR,
          TaskState.TASK_LOST,
          TaskState.TASK_DROPPED,
          TaskState.TASK_GONE,
          TaskState.TASK_GONE_BY_OPERATOR);

  @ParameterizedTest
  @EnumSource(TaskState.class)
  void aStateIsLeftForLaterOnesOnlyAndATerminalOneNever(TaskState from) {
    var expected = new ArrayList<TaskState>();
    if (!TERMINAL.contains(from)) {
      expected.addAll(TERMINAL);
      expected.addAll(
          switch (from.name()) {
            case "TASK_STAGING" ->
                List.of(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLING);
            case "TASK_STARTING" -> List.of(TaskState.TASK_RUNNING, TaskState.TASK_KILLING);
            case "TASK_RUNNING" -> List.of(TaskState.TASK_KILLING);
            default -> List.of();
          });
    }

    for (var update : TaskState.values()) {
      var next = TaskStates.next(from, update);
      assertEquals(expected.contains(update) ? update : from, next, from + " told " + update);
    }
  }

  @ParameterizedTest
  @EnumSource(TaskState.class)
  void resourcesComeBackOnceWhateverFollows(TaskState update) {
    var given = new Given();
    var framework = given.framework();
    var agent = given.agent("cpus:1");
    framework.launches(
        given.offer(framework.id(), agent.id(), "cpus:1"), Infos.task("t", agent.id(), "cpus:1"));

    agent.updates(framework.id(), "t", update);
    Stream.of(TaskState.TASK_RUNNING, TaskState.TASK_FAILED, TaskState.TASK_FINISHED)
        .forEach(next -> agent.updates(framework.id(), "t", next));

    var row = given.snapshot().tasks().iterator().next();
    assertEquals(TERMINAL.contains(update) ? update : TaskState.TASK_FAILED, row.state());
    assertEquals(0, given.snapshot().agents().iterator().next().allocated().size());
    assertEquals(0, given.snapshot().frameworks().iterator().next().allocated().size());
  }

  @Test
  void aTerminalStatusFreesItsResourcesWhateverTheAgentThinksIsNewer() {
    var given = new Given();
    var framework = given.framework();
    var agent = given.agent("cpus:1");
    framework.launches(
        given.offer(framework.id(), agent.id(), "cpus:1"), Infos.task("t", agent.id(), "cpus:1"));

    var failed = Infos.status("t", TaskState.TASK_FAILED, "u");
    agent.updates(framework.id(), failed, TaskState.TASK_RUNNING).event(OfferEvent.Returned.class);
    framework.acknowledges(agent.id(), "t", "u");

    assertEquals(0, given.snapshot().tasks().size());
    assertEquals(0, given.snapshot().agents().iterator().next().allocated().size());
    assertEquals(0, given.snapshot().frameworks().iterator().next().allocated().size());
  }

  @Test
  void aRepeatedStateReplacesTheLastStatusOfTheHistory() {
    var given = new Given();
    var framework = given.framework();
    var agent = given.agent("cpus:1");
    framework.launches(
        given.offer(framework.id(), agent.id(), "cpus:1"), Infos.task("t", agent.id(), "cpus:1"));

    for (var message : List.of("first", "second")) {
      var status =
          Infos.status("t", TaskState.TASK_RUNNING, "u").toBuilder().setMessage(message).build();
      agent.updates(framework.id(), status, TaskState.TASK_RUNNING);
    }

    var statuses = given.snapshot().tasks().iterator().next().statuses();
    assertEquals(1, statuses.size());
    assertEquals("second", statuses.getFirst().getMessage());
    // Operators see which updates these were (GET_TASKS of the reference).
    assertEquals(true, statuses.getFirst().hasUuid());
  }
}
