package io.proffer.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.Rejection;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.TaskStatus.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Custom executors while their agent is away (executor-api, section 8). */
final class CustomExecutorRestartTest extends CustomExecutorCase {
  @Test
  void afterARestartItTakesUpWhereItWas() {
    var container = subscribed(Agents.CAPABLE);
    update(status("t", TaskState.TASK_RUNNING, 1));
    agent.acknowledge(agent.update());
    launch(Agents.CAPABLE, "u", false);
    agent.kill("u");

    agent.recovered(Duration.ofSeconds(30), container).register(1);

    update(status("t", TaskState.TASK_FINISHED, 2));
    assertEquals(Rejection.forbidden("Executor is not subscribed"), refusal(), "it has to return");
    agent.when(
        new ExecutorCommand.Subscribe(
            KEY,
            "s2",
            List.of(new TaskId("u")),
            List.of(
                status("t", TaskState.TASK_RUNNING, 1), status("t", TaskState.TASK_FINISHED, 2))));
    assertEquals(TaskState.TASK_FINISHED, agent.update().getState(), "the other was told before");
    assertEquals(
        List.of(
            ToExecutor.Subscribed.class,
            ToExecutor.Acknowledged.class,
            ToExecutor.Acknowledged.class,
            ToExecutor.Kill.class),
        heard().stream().<Class<?>>map(Object::getClass).toList());
    agent.after(Duration.ofMinutes(2));
    assertEquals(List.of(), heard());
    assertFalse(agent.effects().contains(new ToContainer.Destroy(container)));
  }

  @Test
  void whatItSaidOfATaskThatIsOverIsNoNewsAfterARestart() {
    var container = subscribed(Agents.CAPABLE);
    launch(Agents.CAPABLE, "u", false);
    var running = status("t", TaskState.TASK_RUNNING, 1);
    var finished = status("t", TaskState.TASK_FINISHED, 2);
    update(running);
    agent.acknowledge(agent.update());
    update(finished);
    agent.acknowledge(agent.update());

    // The word that the agent has both was lost with it.
    agent.recovered(Duration.ofSeconds(1), container).register(1);
    comeBack("s2", running, finished);
    assertEquals(List.of("1", "2"), acknowledged());
    assertEquals(List.of(), agent.updates(), "its framework has heard it all");
    comeBack("s3", running, finished);
    assertEquals(List.of("1", "2"), acknowledged(), "as often as it asks");
    comeBack("s4");
    comeBack("s5", finished);
    assertEquals(List.of(), acknowledged(), "it had forgotten it, and so had the agent");
  }

  @Test
  void afterARestartItHasLittleTimeToComeBack() {
    var container = subscribed(Agents.CAPABLE);
    agent.recovered(Duration.ofMinutes(5), container);

    agent.after(Duration.ofMillis(1999));
    assertTrue(agent.opened().isPresent(), "the master is looked for meanwhile");
    assertFalse(agent.effects().contains(new ToContainer.Destroy(container)));
    agent.after(Duration.ofMillis(1));
    assertTrue(agent.effects().contains(new ToContainer.Destroy(container)));
    agent.accepted(1).when(new ContainerCommand.Exited(container, 9));

    assertEquals(TaskState.TASK_GONE, agent.update().getState());
    assertEquals(Reason.REASON_EXECUTOR_REREGISTRATION_TIMEOUT, agent.update().getReason());
    assertEquals("Executor did not reregister within 2secs", agent.update().getMessage());
  }

  @Test
  void oneThatHadNotSubscribedBeforeARestartKeepsItsTime() {
    var container = launch(Agents.PLAIN, "t", true);
    agent.when(new ContainerCommand.Started(container, 42));

    agent.recovered(Duration.ofMinutes(5), container).after(Duration.ofMillis(1999));

    subscribe("s");
    assertEquals(List.of(new ToExecutor.Launch("s", info("t"))), heard().subList(1, 2));
  }

  @Test
  void oneThatIsNotThereAfterARestartIsOver() {
    subscribed(Agents.PLAIN);

    agent.recovered(Duration.ofSeconds(1)).register(1);

    assertEquals("Executor terminated", agent.update().getMessage());
  }

  @Test
  void howItEndedWhileTheAgentWasDownNobodyKnows() {
    subscribed(Agents.PLAIN);

    agent.recovered(Duration.ofSeconds(1));

    assertEquals(List.of(-1), ends(attempt()));
  }

  @Test
  void howItEndedWhileTheAgentWasAwayIsTold() {
    var container = subscribed(Agents.PLAIN);
    agent.recovered(Duration.ofSeconds(1), container);
    agent.when(new ContainerCommand.Exited(container, 7 << 8));

    var subscription = attempt();
    assertEquals(List.of(7 << 8), ends(subscription));
    assertEquals(List.of(), subscription.getExecutorsList(), "it is not there");
    agent.accepted(1);
    assertTrue(exited().isEmpty(), "the master may have launched another meanwhile");
  }

  @Test
  void howItEndedIsSaidUntilAMasterHasHeard() {
    var container = subscribed(Agents.PLAIN);
    lose();
    agent.when(new ContainerCommand.Exited(container, 9));
    assertEquals(List.of(9), ends(attempt()));
    lose();
    assertEquals(List.of(9), ends(attempt()));
    agent.accepted(1);
    lose();
    assertEquals(List.of(), ends(attempt()));
  }

  @Test
  void oneThatEndsBeforeItsSubscriptionIsAnsweredIsToldAfterIt() {
    var container = subscribed(Agents.PLAIN);
    lose();
    assertEquals(1, attempt().getExecutorsCount());
    agent.when(new ContainerCommand.Exited(container, 9)).accepted(1);
    assertEquals(9, exited().orElseThrow().status());
    lose();
    assertEquals(List.of(9), ends(attempt()), "that record may be lost");
    agent.accepted(1);
    assertTrue(exited().isEmpty());
    lose();
    assertEquals(List.of(), ends(attempt()));
  }

  @Test
  void whatAMasterHasTakenInIsNotSaidAgain() {
    var container = subscribed(Agents.PLAIN);
    agent.when(new ContainerCommand.Exited(container, 9));
    assertEquals(9, exited().orElseThrow().status());
    agent.when(new MasterCommand.EndHeard(agent.session(), KEY.framework(), KEY.executor()));
    lose();
    assertEquals(List.of(), ends(attempt()));
  }

  @Test
  void whoLaunchesAnotherHasHeardOfTheEndOfTheOneBefore() {
    var container = subscribed(Agents.PLAIN);
    lose();
    attempt();
    agent.when(new ContainerCommand.Exited(container, 9)).accepted(1);
    launch(Agents.PLAIN, "u", true);
    lose();
    var subscription = attempt();
    assertEquals(List.of(), ends(subscription));
    assertEquals(1, subscription.getExecutorsCount());
  }

  private void lose() {
    agent.when(new MasterCommand.Lost(agent.session(), "it broke off"));
  }

  /** What the agent says when it opens its next session. */
  private Subscribe attempt() {
    while (agent.opened().isEmpty()) {
      agent.tickWhenDue();
    }
    return agent.opened().orElseThrow().subscribe();
  }

  private static List<Integer> ends(Subscribe subscription) {
    return subscription.getExecutorEndsList().stream()
        .map(FromAgent.ExecutorExited::getStatus)
        .toList();
  }

  @Test
  void oneBeingEndedAtARestartKeepsTheRestOfItsGrace() {
    var container = subscribed(Agents.PLAIN);
    agent.when(
        new MasterCommand.ShutdownExecutor(
            agent.session(), new FrameworkId("F"), new ExecutorId("e")));

    agent.recovered(Duration.ofSeconds(3), container);

    agent.when(
        new ExecutorCommand.Subscribe(
            KEY, "s2", List.of(), List.of(status("t", TaskState.TASK_FINISHED, 1))));
    assertEquals(List.of(new ToExecutor.Shutdown("s2"), new ToExecutor.Close("s2")), heard());
    agent.after(Duration.ofMillis(1999));
    assertTrue(agent.opened().isPresent(), "the master is looked for meanwhile");
    assertFalse(agent.effects().contains(new ToContainer.Destroy(container)));
    agent.after(Duration.ofMillis(1));
    assertTrue(agent.effects().contains(new ToContainer.Destroy(container)));
    agent.accepted(1);
    assertEquals(TaskState.TASK_FINISHED, agent.update().getState(), "it had ended before");
  }

  private void comeBack(String stream, TaskStatus... updates) {
    agent.when(
        new ExecutorCommand.Subscribe(KEY, stream, List.of(new TaskId("u")), List.of(updates)));
  }

  /** The last letters of the uuids that it was told the agent has. */
  private List<String> acknowledged() {
    return heard().stream()
        .filter(ToExecutor.Acknowledged.class::isInstance)
        .map(word -> "" + ((ToExecutor.Acknowledged) word).uuid().byteAt(15))
        .toList();
  }
}
