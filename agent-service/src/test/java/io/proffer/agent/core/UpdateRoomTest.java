package io.proffer.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.command.ReplyTo;
import io.proffer.agent.core.effect.Rejection;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.fact.AgentLimits;
import io.proffer.agent.core.fact.Room;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much an agent holds of what its executors say while their frameworks do not listen. */
final class UpdateRoomTest extends CustomExecutorCase {
  private static final int KB = 1024;

  UpdateRoomTest() {
    super(
        new AgentLimits(
            50, 150, 100, 1000, 1000, new Room(30L * KB, 60L * KB, 200L * KB, 1L << 20, 3)));
  }

  private static TaskStatus large(String task, TaskState state, int uuid, int kilobytes) {
    return status(task, state, uuid).toBuilder()
        .setData(ByteString.copyFrom(new byte[kilobytes * KB]))
        .build();
  }

  private boolean accepted(TaskStatus status) {
    update(status);
    return agent.effects().contains(new Reply.Accepted(new ReplyTo(1)));
  }

  private List<Integer> acknowledged() {
    return heard().stream()
        .filter(ToExecutor.Acknowledged.class::isInstance)
        .map(event -> (int) ((ToExecutor.Acknowledged) event).uuid().byteAt(15))
        .toList();
  }

  /** Acknowledges all that comes, and tells in which order it came. */
  private List<Integer> drained() {
    var all = new ArrayList<Integer>();
    for (var next = agent.updates(); !next.isEmpty(); next = agent.updates()) {
      all.add((int) next.getFirst().getUuid().byteAt(15));
      agent.acknowledge(next.getFirst());
    }
    return all;
  }

  @Test
  void halfOfTheRoomIsForUpdatesThatMayComeAgainAndAllOfItForEnds() {
    subscribed(Agents.PLAIN);
    assertTrue(accepted(large("t", TaskState.TASK_RUNNING, 1, 60)));
    var first = agent.update();

    update(large("t", TaskState.TASK_RUNNING, 2, 60));
    assertEquals(Rejection.Kind.UNAVAILABLE, refusal().kind());
    assertTrue(
        refusal().text().endsWith(" (--update_bytes): send it again later"), refusal().text());
    assertEquals(List.of(), acknowledged());

    assertTrue(accepted(large("t", TaskState.TASK_FINISHED, 3, 60)));
    assertEquals(List.of(3), acknowledged());
    assertEquals(List.of(3), drainedAfter(first));
  }

  private List<Integer> drainedAfter(TaskStatus first) {
    agent.acknowledge(first);
    return drained();
  }

  @Test
  void aRefusedUpdateIsTakenOnceThereIsRoom() {
    subscribed(Agents.PLAIN);
    assertTrue(accepted(large("t", TaskState.TASK_RUNNING, 1, 60)));
    var first = agent.update();
    update(large("t", TaskState.TASK_RUNNING, 2, 60));
    assertEquals(Rejection.Kind.UNAVAILABLE, refusal().kind());

    agent.acknowledge(first);

    assertTrue(accepted(large("t", TaskState.TASK_RUNNING, 2, 60)));
    assertEquals(List.of(2), drained());
  }

  @Test
  void theEndOfATaskInFewWordsIsAlwaysTaken() {
    subscribed(Agents.PLAIN);
    launch(Agents.PLAIN, "u", false);
    launch(Agents.PLAIN, "v", false);
    assertTrue(accepted(large("t", TaskState.TASK_RUNNING, 1, 90)));
    assertTrue(accepted(large("u", TaskState.TASK_FINISHED, 2, 95)));
    update(large("v", TaskState.TASK_FINISHED, 3, 95));
    assertEquals(Rejection.Kind.UNAVAILABLE, refusal().kind());

    assertTrue(accepted(large("v", TaskState.TASK_FINISHED, 3, 1)));
  }

  @Test
  void oneThatNeverFitsIsRefusedForGood() {
    subscribed(Agents.PLAIN);

    update(large("t", TaskState.TASK_RUNNING, 1, 150));
    assertEquals(Rejection.Kind.INVALID, refusal().kind());
    assertTrue(
        refusal()
            .text()
            .startsWith(
                "Expected an update that takes up to 100 KB of the agent's memory (--update_bytes)"),
        refusal().text());
    agent.when(
        new ExecutorCommand.Subscribe(
            KEY, "s2", List.of(), List.of(large("t", TaskState.TASK_FINISHED, 2, 250))));
    assertEquals(ToExecutor.Refused.class, heard().getFirst().getClass());
    assertTrue(accepted(large("t", TaskState.TASK_FINISHED, 3, 150)));
  }

  @Test
  void whatComesAgainAndDoesNotFitStaysWithItsExecutorWhichComesBack() {
    subscribed(Agents.PLAIN);
    launch(Agents.PLAIN, "u", false);
    launch(Agents.PLAIN, "v", false);
    assertTrue(accepted(large("t", TaskState.TASK_STARTING, 1, 90)));
    var first = agent.update();
    var again =
        List.of(
            large("t", TaskState.TASK_RUNNING, 2, 80),
            large("t", TaskState.TASK_RUNNING, 3, 80),
            status("t", TaskState.TASK_RUNNING, 4),
            status("u", TaskState.TASK_RUNNING, 5),
            large("v", TaskState.TASK_RUNNING, 6, 80));

    agent.when(new ExecutorCommand.Subscribe(KEY, "s2", List.of(), again));

    assertEquals(List.of(2, 5), acknowledged());
    assertEquals(new ToExecutor.Close("s2"), heard().getLast());
    assertEquals(
        List.of(), agent.snapshot().tasks().getLast().statuses(), "v is not taken for lost");
    agent.recovered(Duration.ofSeconds(1), agent.snapshot().executors().getFirst().container());
    agent.register(2);
    assertEquals(1, agent.updates().stream().filter(first::equals).count());
    agent.acknowledge(first);
    assertEquals(List.of(2), drained());

    agent.when(new ExecutorCommand.Subscribe(KEY, "s3", List.of(), again));

    assertEquals(List.of(2, 3, 4, 5, 6), acknowledged());
    assertEquals(List.of(3, 4), drained());
  }

  @Test
  void ofATaskThatTalksMuchLessIsShownThanWasSaid() {
    subscribed(Agents.PLAIN);
    for (var i = 0; i < 4; i++) {
      var state = i % 2 == 0 ? TaskState.TASK_STARTING : TaskState.TASK_RUNNING;
      assertTrue(
          accepted(status("t", state, i).toBuilder().setMessage("x".repeat(10_000)).build()));
    }
    var statuses = agent.snapshot().tasks().getFirst().statuses();
    assertTrue(statuses.size() <= 2, statuses.size() + " are kept");
    assertEquals(TaskState.TASK_RUNNING, statuses.getLast().getState());
  }

  @Test
  void ofTasksThatAreNotHereOnlySoManyHaveUpdatesThatWait() {
    subscribed(Agents.PLAIN);
    for (var i = 0; i < 3; i++) {
      assertTrue(accepted(status("x" + i, TaskState.TASK_RUNNING, i)));
    }

    update(status("x3", TaskState.TASK_RUNNING, 3));

    assertEquals(
        Rejection.unavailable(
            "Task x3 is not here, and updates of 3 such tasks wait for their frameworks"
                + " (--max_unknown_tasks): send it again later"),
        refusal());
    assertTrue(accepted(status("x0", TaskState.TASK_FINISHED, 4)), "its stream is there");
    assertTrue(accepted(status("t", TaskState.TASK_RUNNING, 5)), "and this task is here");
    agent.acknowledge(status("x1", TaskState.TASK_RUNNING, 1));
    assertTrue(accepted(status("x3", TaskState.TASK_RUNNING, 3)));
    assertEquals(new TaskId("x3"), TaskId.of(agent.update().getTaskId()));
  }
}
