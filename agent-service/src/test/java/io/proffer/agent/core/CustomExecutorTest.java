package io.proffer.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.agent.TaskMessages;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.command.ReplyTo;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.TaskStatus.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The life of a custom executor (executor-api, sections 2, 5 and 11). */
final class CustomExecutorTest extends CustomExecutorCase {
  @Test
  void itIsLaunchedOnceAndGivenItsTasksWhenItSubscribes() {
    var container = launch(Agents.PLAIN, "t", true);
    var environment = agent.launch().environment();
    assertEquals("e", environment.get("MESOS_EXECUTOR_ID"));
    assertEquals("0", environment.get("MESOS_HTTP_COMMAND_EXECUTOR"));
    assertFalse(environment.containsKey("MESOS_ALLOCATION_ROLE"), "its tasks may have several");
    launch(Agents.PLAIN, "u", false);
    assertEquals(List.of(), agent.effects(), "one launch is enough");
    agent.when(new ContainerCommand.Started(container, 42));
    assertEquals(List.of(), agent.updates(), "the executor speaks for its tasks");

    subscribe("s");

    assertEquals(3, heard().size());
    var subscribed = (ToExecutor.Subscribed) heard().getFirst();
    assertEquals(container, subscribed.container());
    assertEquals("S0", subscribed.agent().getId().getValue());
    assertEquals(
        List.of(new ToExecutor.Launch("s", info("t")), new ToExecutor.Launch("s", info("u"))),
        heard().subList(1, 3));
    launch(Agents.PLAIN, "v", false);
    assertEquals(List.of(new ToExecutor.Launch("s", info("v"))), heard());
  }

  @Test
  void oneThatDoesNotSubscribeInTimeIsEnded() {
    var container = launch(Agents.PLAIN, "t", true);
    agent.when(new ContainerCommand.Started(container, 42));

    agent.after(Duration.ofMinutes(1));

    assertEquals(List.of(new ToContainer.Destroy(container)), agent.effects());
    agent.when(new ContainerCommand.Exited(container, 9));
    assertEquals(TaskState.TASK_FAILED, agent.update().getState());
    assertEquals(Reason.REASON_EXECUTOR_REGISTRATION_TIMEOUT, agent.update().getReason());
    assertEquals("Executor did not register within 1mins", agent.update().getMessage());
    assertEquals("e", agent.update().getExecutorId().getValue());
    assertEquals(9, exited().orElseThrow().status());
  }

  @Test
  void oneThatCannotBeStartedFailsItsTasksAndOneWithoutASandboxDropsThem() {
    var broken = launch(Agents.CAPABLE, "t", true);

    agent.when(new ContainerCommand.Broken(broken, "no memory"));

    assertEquals(TaskState.TASK_FAILED, agent.update().getState());
    assertEquals(Reason.REASON_CONTAINER_LAUNCH_FAILED, agent.update().getReason());
    assertEquals("Failed to launch container: no memory", agent.update().getMessage());
    assertEquals(-1, exited().orElseThrow().status());
    var bare = launch(Agents.CAPABLE, "u", true);
    agent.when(new ContainerCommand.NoSandbox(bare, "words"));
    assertEquals(TaskState.TASK_DROPPED, agent.update().getState());
    assertEquals(Reason.REASON_EXECUTOR_TERMINATED, agent.update().getReason());
    assertEquals("words", agent.update().getMessage());
    assertEquals(-1, exited().orElseThrow().status());
  }

  @Test
  void itsEndEndsItsTasksAndFreesItsResources() {
    var container = subscribed(Agents.PLAIN);

    agent.when(new ContainerCommand.Exited(container, 7 << 8));

    assertEquals(TaskState.TASK_FAILED, agent.update().getState());
    assertEquals(Reason.REASON_EXECUTOR_TERMINATED, agent.update().getReason());
    assertEquals("Executor terminated", agent.update().getMessage());
    assertFalse(agent.update().hasContainerStatus());
    assertEquals(
        new ToMaster.ExecutorExited(
            agent.session(), new FrameworkId("F"), new ExecutorId("e"), 7 << 8),
        exited().orElseThrow());
    launch(Agents.PLAIN, "u", false);
    assertEquals(
        "No executor is expected to launch and there is none running", agent.update().getMessage());
  }

  @Test
  void anEndWhileTheMasterIsAwayIsToldOnlyIfTheMasterWasToldOtherwise() {
    var container = subscribed(Agents.PLAIN);
    agent.when(new MasterCommand.Lost(agent.session(), "gone"));
    while (agent.opened().isEmpty()) {
      agent.tickWhenDue();
    }
    var listed = agent.opened().orElseThrow().subscribe();
    assertEquals("e", listed.getExecutors(0).getExecutorInfo().getExecutorId().getValue());
    assertEquals("e", listed.getTasks(0).getExecutorId().getValue());
    agent.when(new ContainerCommand.Exited(container, 0));
    assertEquals(Optional.empty(), exited());

    agent.accepted(1);

    assertEquals(agent.session(), exited().orElseThrow().session());
    agent.when(new MasterCommand.Lost(agent.session(), "gone"));
    agent.register(1);
    assertEquals(Optional.empty(), exited(), "once is enough");
  }

  @Test
  void aKillIsForItsExecutorWhichIsToldAgainWhenItComesBack() {
    subscribed(Agents.PLAIN);
    var kill = new ToExecutor.Kill("s", new TaskId("t"), Optional.empty());

    agent.kill("t");

    assertEquals(List.of(kill), agent.effects());
    update(status("t", TaskState.TASK_RUNNING, 1));
    agent.when(new ExecutorCommand.Disconnected(KEY, "s"));
    subscribe("s2");
    assertEquals(new ToExecutor.Kill("s2", new TaskId("t"), Optional.empty()), heard().getLast());
  }

  @Test
  void aTaskThatIsKilledBeforeItIsDeliveredNeverRunsNorDoesItsIdleExecutor() {
    var container = launch(Agents.PLAIN, "t", true);
    agent.when(new ContainerCommand.Started(container, 42));

    agent.kill("t");

    assertEquals(TaskState.TASK_KILLED, agent.update().getState());
    assertEquals(Reason.REASON_TASK_KILLED_DURING_LAUNCH, agent.update().getReason());
    subscribe("s");
    assertEquals(List.of(new ToExecutor.Shutdown("s"), new ToExecutor.Close("s")), heard());
    agent.after(Duration.ofSeconds(5));
    assertTrue(agent.effects().contains(new ToContainer.Destroy(container)));
  }

  @Test
  void aShutdownHasAGracePeriodAndThenNone() {
    var container = subscribed(Agents.PLAIN);

    agent.when(
        new MasterCommand.ShutdownExecutor(
            agent.session(), new FrameworkId("F"), new ExecutorId("e")));

    assertEquals(List.of(new ToExecutor.Shutdown("s")), agent.effects());
    launch(Agents.PLAIN, "u", false);
    assertEquals("Executor terminating", agent.update().getMessage());
    agent.acknowledge(agent.update());
    agent.after(Duration.ofMillis(4999));
    assertEquals(List.of(), agent.effects());
    agent.after(Duration.ofMillis(1));
    assertEquals(List.of(new ToContainer.Destroy(container)), agent.effects());
  }

  @Test
  void aFrameworkThatIsOverTakesItsExecutorsAlong() {
    var container = subscribed(Agents.PLAIN);

    agent.when(new MasterCommand.ShutdownFramework(agent.session(), new FrameworkId("F")));

    assertTrue(agent.effects().contains(new ToExecutor.Shutdown("s")));
    update(status("t", TaskState.TASK_KILLED, 1));
    assertEquals(List.of(new Reply.Accepted(new ReplyTo(1))), agent.effects());
    agent.when(new ContainerCommand.Exited(container, 0));
    assertEquals(List.of(), agent.updates());
    assertEquals(List.of(), agent.snapshot().frameworks());
  }

  @Test
  void messagesGoBothWaysToThoseWhoListen() {
    subscribed(Agents.PLAIN);
    var data = ByteString.copyFromUtf8("hello");
    var down =
        new MasterCommand.Message(agent.session(), new FrameworkId("F"), new ExecutorId("e"), data);

    agent.when(down);

    assertEquals(List.of(new ToExecutor.Message("s", data)), agent.effects());
    agent.when(new ExecutorCommand.Message(new ReplyTo(1), KEY, data));
    assertTrue(
        agent
            .effects()
            .contains(
                new ToMaster.Message(
                    agent.session(), new FrameworkId("F"), new ExecutorId("e"), data)));
    agent.when(new ExecutorCommand.Disconnected(KEY, "s"));
    agent.when(down);
    assertEquals(List.of(), agent.effects());
  }

  @Test
  void aNewStreamTakesThePlaceOfTheOldOne() {
    subscribed(Agents.PLAIN);
    update(status("t", TaskState.TASK_RUNNING, 1));

    subscribe("s2");

    assertEquals(new ToExecutor.Close("s"), heard().getFirst());
    assertEquals(2, heard().size(), "and it is given nothing twice");
    agent.when(new ExecutorCommand.Disconnected(KEY, "s"));
    agent.kill("t");
    assertEquals("s2", heard().getFirst().stream());
  }

  @Test
  void aTaskThatItNeverReceivedIsDropped() {
    subscribed(Agents.CAPABLE);
    launch(Agents.CAPABLE, "u", false);
    agent.when(new ExecutorCommand.Disconnected(KEY, "s"));

    agent.when(new ExecutorCommand.Subscribe(KEY, "s2", List.of(new TaskId("t")), List.of()));

    assertEquals("u", agent.update().getTaskId().getValue());
    assertEquals(TaskState.TASK_DROPPED, agent.update().getState());
    assertEquals(Reason.REASON_AGENT_RESTARTED, agent.update().getReason());
    assertEquals(TaskStatus.Source.SOURCE_AGENT, agent.update().getSource());
  }

  @Test
  void aCommandTaskMayNotHaveTheIdOfAnExecutor() {
    subscribed(Agents.CAPABLE);

    agent.when(
        new MasterCommand.RunTask(
            agent.session(), Agents.CAPABLE, TaskMessages.task("e", "true").build(), true));

    assertEquals(TaskState.TASK_DROPPED, agent.update().getState());
    assertEquals(
        "Cannot reuse an already existing executor for a command task",
        agent.update().getMessage());
  }
}
