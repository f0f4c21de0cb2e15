package io.proffer.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.proffer.agent.TaskMessages;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.api.v1.HealthCheck;
import io.proffer.api.v1.Task;
import io.proffer.api.v1.TaskState;
import org.junit.jupiter.api.Test;

/** What a master that knows nothing of a task hears of it when its agent comes back. */
final class TaskReportTest extends CustomExecutorCase {
  private static final HealthCheck CHECK =
      HealthCheck.newBuilder().setType(HealthCheck.Type.TCP).build();

  private Task report() {
    agent.when(new MasterCommand.Lost(agent.session(), "gone"));
    while (agent.opened().isEmpty()) {
      agent.tickWhenDue();
    }
    return agent.opened().orElseThrow().subscribe().getTasks(0);
  }

  private void launch() {
    var task = TaskMessages.custom("t", "e").setHealthCheck(CHECK);
    task.getExecutorBuilder().getCommandBuilder().setUser("nobody");
    agent.when(new MasterCommand.RunTask(agent.session(), Agents.PLAIN, task.build(), true));
    agent.when(new ContainerCommand.Started(agent.launch().container(), 42));
    subscribe("s");
  }

  @Test
  void itRunsAsItsExecutorDoesAndIsCheckedAsItWas() {
    launch();

    var report = report();

    assertEquals("nobody", report.getUser());
    assertEquals(CHECK, report.getHealthCheck());
    assertFalse(report.hasStatusUpdateState(), "nothing was heard of it");
    assertFalse(report.hasStatusUpdateUuid());
  }

  @Test
  void theNewestStatusIsTheUpdateOfATaskOfWhichNoneWaits() {
    launch();
    var running = status("t", TaskState.TASK_RUNNING, 1);
    update(running);
    agent.acknowledge(running);

    var report = report();

    assertEquals(TaskState.TASK_RUNNING, report.getStatusUpdateState());
    assertEquals(running.getUuid(), report.getStatusUpdateUuid());
  }

  @Test
  void theUpdateOnItsWayIsTheOneThatWaitsLongest() {
    launch();
    var running = status("t", TaskState.TASK_RUNNING, 1);
    update(running);
    update(status("t", TaskState.TASK_FINISHED, 2));

    var report = report();

    assertEquals(TaskState.TASK_FINISHED, report.getState());
    assertEquals(TaskState.TASK_RUNNING, report.getStatusUpdateState());
    assertEquals(running.getUuid(), report.getStatusUpdateUuid());
  }
}
