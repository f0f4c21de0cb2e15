package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.ExecutorId;
import io.proffer.api.task.TaskUser;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.HealthCheck;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.fact.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a master that knows nothing of a task takes over from its agent's report. */
class ReportedTaskTest {
  private final Given before = new Given();
  private final Scheduler framework = before.framework();
  private final Host agent = before.agent("cpus:4;mem:1024");
  private final Given given = new Given();

  @BeforeEach
  void theNewMasterReadsTheRegistry() {
    given.core.recover(List.of(framework.info()), List.of(agent.info()), Map.of(), given.moment());
  }

  private Task taken(io.proffer.api.v1.Task.Builder reported, List<String> executorUsers) {
    var executors =
        executorUsers.stream()
            .map(
                user -> {
                  var report = Reports.executor(framework, "e", "cpus:1");
                  var info = report.info().toBuilder();
                  if (!user.isEmpty()) {
                    info.getCommandBuilder().setUser(user);
                  }
                  return new AgentCommand.ExecutorReport(report.framework(), info.build());
                })
            .toList();
    given.when(agent.returning("s", List.of(reported.build()), executors, framework.info()));
    return given.snapshot().tasks().iterator().next();
  }

  private io.proffer.api.v1.Task.Builder reported() {
    return Reports.task(framework, agent, "t").toBuilder();
  }

  private String user(TaskInfo info) {
    return TaskUser.of(info, framework.info());
  }

  private String userOfExecutor(TaskInfo info) {
    return TaskUser.of(info.getExecutor(), framework.info());
  }

  @Test
  void itsHealthCheckAndItsUpdate() {
    var check = HealthCheck.newBuilder().setType(HealthCheck.Type.TCP).build();
    var reported = reported().setHealthCheck(check);

    var task = taken(reported, List.of());

    assertEquals(check, task.taskInfo().getHealthCheck());
    assertEquals(
        Optional.of(new Task.Forwarded(TaskState.TASK_RUNNING, reported.getStatusUpdateUuid())),
        task.forwarded());
  }

  @Test
  void asWhomACommandRuns() {
    var info = taken(reported().setUser("nobody"), List.of()).taskInfo();

    assertEquals("nobody", user(info));
    assertEquals(CommandInfo.newBuilder().setUser("nobody").build(), info.getCommand());
  }

  @Test
  void asWhomTheFrameworkRunsWhereNothingElseIsSaid() {
    assertEquals("user", user(taken(reported(), List.of()).taskInfo()));
  }

  @Test
  void asWhomItsExecutorRuns() {
    var id = new ExecutorId("e");
    var info =
        taken(reported().setExecutorId(id.message()).setUser("nobody"), List.of("nobody"))
            .taskInfo();

    assertEquals("nobody", user(info));
    assertEquals("nobody", userOfExecutor(info));
    assertEquals(id.message(), info.getExecutor().getExecutorId());
  }

  /** A sandbox is its executor's, however its tasks run (access_sandboxes). */
  @Test
  void asWhomItRunsIsNotAsWhomItsExecutorRuns() {
    var info =
        taken(
                reported().setExecutorId(new ExecutorId("e").message()).setUser("nobody"),
                List.of(""))
            .taskInfo();

    assertEquals("nobody", user(info));
    assertEquals("e", info.getExecutor().getExecutorId().getValue());
    assertEquals("user", userOfExecutor(info));
  }

  /** An agent from before it told so itself. */
  @Test
  void asWhomItsExecutorRunsAlsoWhenOnlyTheExecutorSaysSo() {
    var info =
        taken(reported().setExecutorId(new ExecutorId("e").message()), List.of("nobody"))
            .taskInfo();

    assertEquals("nobody", user(info));
  }
}
