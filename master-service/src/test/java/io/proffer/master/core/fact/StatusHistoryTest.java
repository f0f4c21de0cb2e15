package io.proffer.master.core.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.protobuf.ByteString;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusHistoryTest {
  private static final TaskStatus STARTING = status(TaskState.TASK_STARTING, "e", 1);
  private static final TaskStatus RUNNING = status(TaskState.TASK_RUNNING, "e", 2);

  @Test
  void nothingIsLostButTheData() {
    var data = RUNNING.toBuilder().setData(ByteString.copyFromUtf8("large")).build();

    var task = task(Optional.of("e")).withStatus(STARTING).withStatus(data);

    assertEquals(List.of(STARTING, RUNNING), task.statuses());
    assertEquals(Optional.of(RUNNING), task.latestStatus());
    assertEquals(1, task.firstTimestamp());
  }

  @Test
  void aRepeatedStateReplacesTheLastStatus() {
    var healthy = RUNNING.toBuilder().setHealthy(true).build();

    var task = task(Optional.of("e")).withStatus(STARTING).withStatus(RUNNING).withStatus(healthy);

    assertEquals(List.of(STARTING, healthy), task.statuses());
  }

  @Test
  void aStateThatComesBackLaterIsKeptTwice() {
    var killing = status(TaskState.TASK_KILLING, "e", 3);
    var again = status(TaskState.TASK_RUNNING, "e", 4);

    var task = task(Optional.of("e")).withStatus(RUNNING).withStatus(killing).withStatus(again);

    assertEquals(List.of(RUNNING, killing, again), task.statuses());
  }

  @Test
  void idsThatAreNotTheTasksAreKeptAsTheyCame() {
    var foreign =
        TaskStatus.newBuilder()
            .setTaskId(TaskID.newBuilder().setValue("other"))
            .setAgentId(AgentID.newBuilder().setValue("elsewhere"))
            .setExecutorId(ExecutorID.newBuilder().setValue("somebody"))
            .setState(TaskState.TASK_LOST)
            .build();
    var bare = TaskStatus.newBuilder().setTaskId(foreign.getTaskId()).setState(TaskState.TASK_GONE);

    var task = task(Optional.of("e")).withStatus(foreign).withStatus(bare.build());

    assertEquals(List.of(foreign, bare.build()), task.statuses());
  }

  @Test
  void theExecutorOfACommandTaskIsReadBackThoughTheRowHasNone() {
    var status = status(TaskState.TASK_RUNNING, "t", 1);

    assertEquals(List.of(status), task(Optional.empty()).withStatus(status).statuses());
  }

  @Test
  void aTaskWithoutUpdatesHasNone() {
    var task = task(Optional.empty());

    assertEquals(List.of(), task.statuses());
    assertEquals(Optional.empty(), task.latestStatus());
    assertEquals(0, task.firstTimestamp());
  }

  @Test
  void historiesAreEqualByWhatTheyHold() {
    assertEquals(
        task(Optional.of("e")).withStatus(RUNNING), task(Optional.of("e")).withStatus(RUNNING));
    assertNotEquals(
        task(Optional.of("e")).withStatus(RUNNING), task(Optional.of("e")).withStatus(STARTING));
  }

  private static TaskStatus status(TaskState state, String executor, double timestamp) {
    return TaskStatus.newBuilder()
        .setTaskId(TaskID.newBuilder().setValue("t"))
        .setAgentId(AgentID.newBuilder().setValue("a"))
        .setExecutorId(ExecutorID.newBuilder().setValue(executor))
        .setState(state)
        .setMessage("m")
        .setTimestamp(timestamp)
        .setUuid(ByteString.copyFromUtf8("0123456789abcdef"))
        .build();
  }

  private static Task task(Optional<String> executor) {
    return new Task(
        new FrameworkId("f"),
        new TaskId("t"),
        new AgentId("a"),
        executor.map(ExecutorId::new),
        "*",
        Resources.empty(),
        ByteString.EMPTY,
        TaskState.TASK_STAGING,
        Optional.empty(),
        StatusHistory.empty());
  }
}
