package io.proffer.agent.core;

import static io.proffer.agent.TaskMessages.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.ContainerInfo;
import io.proffer.api.v1.DurationInfo;
import io.proffer.api.v1.Environment;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.KillPolicy;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.TaskStatus.Reason;
import io.proffer.api.v1.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RunTaskTest {
  private final Agents agent = Agents.registered();

  @Test
  void aShellCommandIsLaunchedInASandboxOfItsOwn() {
    var container = agent.run(Agents.PLAIN, task("t", "echo hi"));
    var launch = agent.launch();
    var runs = "/w/slaves/S0/frameworks/F/executors/t/runs/";
    assertEquals(runs + container, launch.directory());
    assertEquals(runs + "latest", launch.latest());
    assertEquals("/bin/sh", launch.file());
    assertEquals(List.of("sh", "-c", "echo hi"), launch.arguments());
  }

  @Test
  void withoutAShellTheArgumentsAreArgvAndTheFirstIsTheName() {
    var command =
        CommandInfo.newBuilder().setShell(false).setValue("/bin/echo").addArguments("echo");
    agent.run(Agents.PLAIN, task("t", "").setCommand(command.addArguments("a b")));
    assertEquals("/bin/echo", agent.launch().file());
    assertEquals(List.of("echo", "a b"), agent.launch().arguments());
  }

  @Test
  void theUserIsTheCommandsElseTheFrameworks() {
    var framework = FrameworkInfo.newBuilder(Agents.PLAIN).setUser("fred").build();
    agent.run(framework, task("t", "true"));
    assertEquals(Optional.of("fred"), agent.launch().user());
    var command = CommandInfo.newBuilder().setValue("true").setUser("tom");
    agent.run(framework, task("u", "").setCommand(command));
    assertEquals(Optional.of("tom"), agent.launch().user());
  }

  @Test
  void theEnvironmentIsThatOfACommandTaskAndNothingElse() {
    var framework = FrameworkInfo.newBuilder(Agents.PLAIN).setCheckpoint(true).build();
    var mine = Environment.Variable.newBuilder().setName("MINE").setValue("1");
    var command =
        CommandInfo.newBuilder()
            .setValue("env")
            .setEnvironment(Environment.newBuilder().addVariables(mine));
    agent.run(framework, task("env-cmd", "").setCommand(command));
    assertEquals(
        """
        LIBPROCESS_IP=10.0.0.1
        LIBPROCESS_PORT=0
        MESOS_AGENT_ENDPOINT=10.0.0.1:5051
        MESOS_ALLOCATION_ROLE=test
        MESOS_CHECKPOINT=1
        MESOS_DIRECTORY=DIR
        MESOS_EXECUTOR_ID=env-cmd
        MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD=5secs
        MESOS_FRAMEWORK_ID=F
        MESOS_HTTP_COMMAND_EXECUTOR=0
        MESOS_RECOVERY_TIMEOUT=15mins
        MESOS_SANDBOX=DIR
        MESOS_SLAVE_ID=S0
        MESOS_SLAVE_PID=slave(1)@10.0.0.1:5051
        MESOS_SUBSCRIPTION_BACKOFF_MAX=2secs
        MINE=1
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
        PWD=DIR
        """,
        text(agent.launch()));
  }

  private static String text(ToContainer.Launch launch) {
    var text = new StringBuilder();
    launch
        .environment()
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    return text.toString().replace(launch.directory(), "DIR");
  }

  @Test
  void aTaskThatStartsIsStartingThenRunningEachWithTheContainersStatus() {
    var container = agent.run(Agents.PLAIN, task("t", "true"));
    agent.when(new ContainerCommand.Started(container, 42));
    var starting = agent.update();
    assertEquals(TaskState.TASK_STARTING, starting.getState());
    var running = agent.acknowledge(starting).update();
    assertEquals(TaskState.TASK_RUNNING, running.getState());
    assertEquals(TaskStatus.Source.SOURCE_EXECUTOR, running.getSource());
    assertEquals(container.value(), running.getContainerStatus().getContainerId().getValue());
    assertEquals(42, running.getContainerStatus().getExecutorPid());
    assertEquals("t", running.getExecutorId().getValue());
    assertEquals("S0", running.getAgentId().getValue());
    assertEquals(1000, running.getTimestamp(), 1);
    assertEquals(16, running.getUuid().size());
    assertFalse(running.hasMessage());
    assertFalse(running.hasReason());
  }

  @Test
  void theEndOfACommandIsToldInTheReferencesWords() {
    assertEquals("TASK_FINISHED Command exited with status 0", endOf(0));
    assertEquals("TASK_FAILED Command exited with status 3", endOf(3 << 8));
    assertEquals("TASK_FAILED Command terminated with signal Killed", endOf(9));
    assertEquals(
        "TASK_FAILED Command terminated with signal Segmentation fault (core dumped)",
        endOf(11 | 0x80));
  }

  private static String endOf(int waitStatus) {
    var agent = Agents.registered();
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    var status = agent.when(new ContainerCommand.Exited(container, waitStatus)).update();
    return status.getState() + " " + status.getMessage();
  }

  @Test
  void whatCannotBeStartedFailsAndWhatHasNoSandboxIsDropped() {
    var container = agent.run(Agents.PLAIN, task("t", "true"));
    var broken = agent.when(new ContainerCommand.Broken(container, "no memory")).update();
    assertEquals(TaskState.TASK_FAILED, broken.getState());
    assertEquals(Reason.REASON_CONTAINER_LAUNCH_FAILED, broken.getReason());
    assertEquals("Failed to launch container: no memory", broken.getMessage());

    var other = agent.run(Agents.CAPABLE, task("u", "true"));
    var dropped = agent.when(new ContainerCommand.NoSandbox(other, "words")).update();
    assertEquals(TaskState.TASK_DROPPED, dropped.getState());
    assertEquals(Reason.REASON_EXECUTOR_TERMINATED, dropped.getReason());
    assertEquals("words", dropped.getMessage());
    assertFalse(dropped.hasContainerStatus());
  }

  @Test
  void aSupervisorThatVanishesFailsItsTask() {
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    var status = agent.when(new ContainerCommand.Vanished(container)).update();
    assertEquals(TaskState.TASK_FAILED, status.getState());
    assertEquals(Reason.REASON_EXECUTOR_TERMINATED, status.getReason());
    assertEquals("Executor terminated", status.getMessage());
  }

  @Test
  void whatThisAgentCannotDoIsRefusedWithAReason() {
    var executor =
        ExecutorInfo.newBuilder().setExecutorId(ExecutorID.newBuilder().setValue("e")).build();
    assertEquals(
        "TASK_ERROR REASON_TASK_INVALID", refusal(task("t", "true").setExecutor(executor)));
    assertEquals(
        "TASK_FAILED REASON_EXECUTOR_TERMINATED",
        refusal(
            task("t", "true")
                .setContainer(ContainerInfo.newBuilder().setType(ContainerInfo.Type.DOCKER))));
    assertEquals(
        "TASK_FAILED REASON_CONTAINER_LAUNCH_FAILED",
        refusal(
            task("t", "")
                .setCommand(
                    CommandInfo.newBuilder()
                        .setValue("true")
                        .addUris(CommandInfo.URI.newBuilder().setValue("/x")))));
    assertEquals(
        "TASK_LOST REASON_GC_ERROR",
        refusal(
            task("t", "true").putLimits("cpus", Value.Scalar.newBuilder().setValue(1).build())));
  }

  @Test
  void aContainerThatNothingHereCanMakeIsRefusedInTheReferencesWords() {
    var docker = ContainerInfo.newBuilder().setType(ContainerInfo.Type.DOCKER);
    agent.when(
        new MasterCommand.RunTask(
            agent.session(), Agents.PLAIN, task("t", "true").setContainer(docker).build(), true));
    assertEquals("Abnormal executor termination: unknown container", agent.update().getMessage());
  }

  @Test
  void anEmptyCommandIsRunAndAMissingOneIsRefused() {
    agent.run(Agents.PLAIN, task("t", ""));
    assertEquals(List.of("sh", "-c", ""), agent.launch().arguments());
    assertEquals(
        "TASK_ERROR REASON_TASK_INVALID",
        refusal(task("u", "").setCommand(CommandInfo.newBuilder().setShell(true))));
  }

  private static String refusal(TaskInfo.Builder task) {
    var agent = Agents.registered();
    agent.when(new MasterCommand.RunTask(agent.session(), Agents.PLAIN, task.build(), true));
    return agent.update().getState() + " " + agent.update().getReason();
  }

  @Test
  void aLaunchThatExpectsAnExecutorIsDropped() {
    agent.when(
        new MasterCommand.RunTask(
            agent.session(), Agents.CAPABLE, task("t", "true").build(), false));
    assertEquals(TaskState.TASK_DROPPED, agent.update().getState());
    assertEquals(
        "No executor is expected to launch and there is none running", agent.update().getMessage());
  }

  @Test
  void aGraceOfCenturiesIsToldAsFarAsADurationReaches() {
    var grace = DurationInfo.newBuilder().setNanoseconds(Long.MAX_VALUE - 1);
    agent.run(
        Agents.PLAIN,
        task("t", "true").setKillPolicy(KillPolicy.newBuilder().setGracePeriod(grace)));
    assertEquals(
        Long.MAX_VALUE + "ns",
        agent.launch().environment().get("MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD"));
  }

  @Test
  void aLaunchWhoseRuleFailsIsDroppedAndNotLost() {
    agent.failNextId();
    agent.when(
        new MasterCommand.RunTask(
            agent.session(), Agents.CAPABLE, task("t", "true").build(), true));
    assertInstanceOf(AgentEvent.RuleFailed.class, agent.frame().events().getFirst());
    assertEquals(TaskState.TASK_DROPPED, agent.update().getState());
    assertEquals("t", agent.update().getTaskId().getValue());
    assertEquals(List.of(), agent.snapshot().tasks());
  }

  @Test
  void aTaskOfAnIdThatIsHereIsLeftAlone() {
    agent.running(Agents.PLAIN, task("t", "true"));
    agent.when(
        new MasterCommand.RunTask(agent.session(), Agents.PLAIN, task("t", "true").build(), true));
    assertEquals(List.of(), agent.effects());
  }
}
