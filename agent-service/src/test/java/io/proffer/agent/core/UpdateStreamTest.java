package io.proffer.agent.core;

import static io.proffer.agent.TaskMessages.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.command.ReplyTo;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UpdateStreamTest {
  private final Agents agent = Agents.registered();

  private Snapshot snapshot() {
    agent.when(new OperatorCommand.Read(new ReplyTo(1)));
    return ((Reply.Answer) agent.effects().getFirst()).snapshot();
  }

  @Test
  void oneUpdateIsOnItsWayAtATimeAndCarriesTheLatestState() {
    var container = agent.run(Agents.PLAIN, task("t", "true"));
    agent.when(new ContainerCommand.Started(container, 42));
    var starting = agent.update();
    assertEquals(List.of(), agent.when(new ContainerCommand.Exited(container, 0)).updates());
    agent.acknowledge(starting);
    var running = (ToMaster.Update) agent.effects().getFirst();
    assertEquals(TaskState.TASK_RUNNING, running.status().getState());
    assertEquals(TaskState.TASK_FINISHED, running.latest());
    assertEquals(TaskState.TASK_FINISHED, agent.acknowledge(running.status()).update().getState());
  }

  @Test
  void anUpdateIsSentAgainUnchangedAfterTenSecondsThenTwentyUpToTenMinutes() {
    var container = agent.run(Agents.PLAIN, task("t", "true"));
    var first = agent.when(new ContainerCommand.Started(container, 42)).update();
    for (var seconds : List.of(10, 20, 40, 80, 160, 320, 600, 600)) {
      assertEquals(List.of(), agent.after(Duration.ofSeconds(seconds).minusMillis(1)).updates());
      assertEquals(first, agent.after(Duration.ofMillis(1)).update());
    }
  }

  @Test
  void onlyTheHeadIsAcknowledgedAndOnlyOnce() {
    var container = agent.run(Agents.PLAIN, task("t", "true"));
    var starting = agent.when(new ContainerCommand.Started(container, 42)).update();
    agent.when(
        new MasterCommand.Acknowledge(
            agent.session(),
            new FrameworkId("F"),
            new TaskId("t"),
            ByteString.copyFrom(new byte[16])));
    assertEquals(List.of(), agent.effects());
    agent.acknowledge(starting);
    assertEquals(1, agent.updates().size());
    assertEquals(List.of(), agent.acknowledge(starting).effects());
  }

  @Test
  void theAcknowledgementOfTheLastUpdateEndsTheTask() {
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    var last = agent.when(new ContainerCommand.Exited(container, 0)).update();
    assertEquals(1, snapshot().tasks().size());
    agent.acknowledge(last);
    assertEquals(0, snapshot().tasks().size());
    assertEquals(1, snapshot().completedTasks().size());
    assertEquals(1, snapshot().completedFrameworks().size());
  }

  @Test
  void withoutAMasterNothingIsSentAndTheHeadLeavesAtOnceWhenThereIsOneAgain() {
    var container = agent.run(Agents.PLAIN, task("t", "true"));
    var first = agent.when(new ContainerCommand.Started(container, 42)).update();
    agent.when(new MasterCommand.Lost(agent.session(), "gone"));
    assertEquals(List.of(), agent.when(new ContainerCommand.Exited(container, 0)).updates());
    agent.register(2);
    assertEquals(first, agent.update());
  }

  @Test
  void ofTasksTheMasterMissesItHearsUnlessTheyAreHere() {
    agent.running(Agents.CAPABLE, task("here", "true"));
    agent.when(
        new MasterCommand.ReconcileTasks(
            agent.session(),
            List.of(
                new MasterCommand.Missing(Agents.CAPABLE, new TaskId("here")),
                new MasterCommand.Missing(Agents.CAPABLE, new TaskId("gone")))));
    var status = agent.update();
    assertEquals("gone", status.getTaskId().getValue());
    assertEquals(TaskState.TASK_DROPPED, status.getState());
    assertEquals(Reason.REASON_RECONCILIATION, status.getReason());
    assertEquals("Reconciliation: task unknown to the agent", status.getMessage());
  }

  @Test
  void eachUpdateHasAnIdOfItsOwn() {
    var container = agent.run(Agents.PLAIN, task("t", "true"));
    var starting = agent.when(new ContainerCommand.Started(container, 42)).update();
    var running = agent.acknowledge(starting).update();
    assertNotEquals(starting.getUuid(), running.getUuid());
    assertTrue(agent.updates().size() == 1);
  }

  @Test
  void theAnswerAboutATaskThatNeverCameIsForgottenWithItsFramework() {
    agent.when(
        new MasterCommand.ReconcileTasks(
            agent.session(),
            List.of(new MasterCommand.Missing(Agents.CAPABLE, new TaskId("gone")))));
    agent.when(new MasterCommand.Lost(agent.session(), "it is away"));

    var opened = agent.after(Duration.ofMinutes(2)).opened().orElseThrow();
    assertEquals(List.of(Agents.CAPABLE), opened.subscribe().getFrameworksList());
    agent.register(1);
    agent.when(new MasterCommand.ShutdownFramework(agent.session(), new FrameworkId("F")));

    assertEquals(List.of(), agent.after(Duration.ofHours(1)).updates());
  }
}
