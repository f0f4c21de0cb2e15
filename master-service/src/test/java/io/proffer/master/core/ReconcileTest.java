package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.ContainerStatus;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.scheduler.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 9 of scheduler-api. */
class ReconcileTest {
  private final Given given = new Given();
  private final Scheduler aware = given.framework(Infos.PARTITION_AWARE);
  private final Scheduler unaware = given.framework();
  private final Host agent = given.agent("cpus:4");
  private final Host lost = given.agent("cpus:4");

  @Test
  void anEmptyFrameworkGetsNoAnswer() {
    assertTrue(aware.reconciles().updates().isEmpty());
  }

  @Test
  void eachTaskOnTheBooksIsAnsweredWithTheStateForwardedLast() {
    launch("t");
    var running =
        Infos.status("t", TaskState.TASK_RUNNING, "u1").toBuilder()
            .setContainerStatus(ContainerStatus.newBuilder().setExecutorPid(7))
            .build();
    agent.updates(aware.id(), running, TaskState.TASK_FINISHED);

    var update = aware.reconciles().update();

    assertEquals(TaskState.TASK_RUNNING, update.getState());
    assertEquals("Reconciliation: Latest task state", update.getMessage());
    assertEquals(TaskStatus.Reason.REASON_RECONCILIATION, update.getReason());
    assertEquals(TaskStatus.Source.SOURCE_MASTER, update.getSource());
    assertEquals(7, update.getContainerStatus().getExecutorPid());
    assertEquals(agent.id().message(), update.getAgentId());
    assertFalse(update.hasUuid());
    assertFalse(update.hasExecutorId());
    assertEquals((double) Given.START.getEpochSecond(), update.getTimestamp());
  }

  @Test
  void aTaskThatWasLaunchedAndNotHeardOfIsStaging() {
    launch("t");
    assertEquals(TaskState.TASK_STAGING, aware.reconciles(asked("t")).update().getState());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          registered  | TASK_GONE        | Reconciliation: Task is unknown to the agent
          unreachable | TASK_UNREACHABLE | Reconciliation: Task is unreachable
          unknown     | TASK_UNKNOWN     | Reconciliation: Task is unknown
          none        | TASK_UNKNOWN     | Reconciliation: Task is unknown
          """)
  void aTaskNobodyKnowsIsAnsweredByWhatIsKnownOfItsAgent(
      String which, TaskState state, String message) {
    lost.fallsSilent();
    var asked =
        switch (which) {
          case "registered" -> asked("t", agent.id());
          case "unreachable" -> asked("t", lost.id());
          case "unknown" -> asked("t", new AgentId("x"));
          default -> asked("t");
        };

    var update = aware.reconciles(asked).update();
    assertEquals(state, update.getState());
    assertEquals(message, update.getMessage());
    assertEquals(state == TaskState.TASK_UNREACHABLE, update.hasUnreachableTime());
    assertEquals(asked.hasAgentId(), update.hasAgentId());
    assertEquals(TaskState.TASK_LOST, unaware.reconciles(asked).update().getState());
  }

  @Test
  void aKillOfATaskNobodyKnowsIsAnsweredAlike() {
    assertEquals("Reconciliation: Task is unknown", aware.kills("t").update().getMessage());
  }

  private void launch(String id) {
    var offer = given.offer(aware.id(), agent.id(), "cpus:1");
    aware.launches(offer, Infos.task(id, agent.id(), "cpus:1"));
  }

  static Call.Reconcile.Task asked(String task) {
    return Call.Reconcile.Task.newBuilder().setTaskId(new TaskId(task).message()).build();
  }

  static Call.Reconcile.Task asked(String task, AgentId agent) {
    return asked(task).toBuilder().setAgentId(agent.message()).build();
  }
}
