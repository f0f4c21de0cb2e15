package io.proffer.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.agent.TaskMessages;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.command.ReplyTo;
import io.proffer.agent.core.effect.Rejection;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.fact.AgentLimits;
import io.proffer.agent.core.fact.Claims;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a custom executor may say of tasks, and who hears it (executor-api, sections 1, 2 and 6).
 */
final class CustomExecutorUpdatesTest extends CustomExecutorCase {
  @Test
  void itsUpdatesGoOnWithWhatTheAgentKnowsAndAreAcknowledgedToIt() {
    var container = subscribed(Agents.PLAIN);

    update(status("t", TaskState.TASK_RUNNING, 1));

    var told = agent.update();
    assertEquals("S0", told.getAgentId().getValue());
    assertFalse(told.hasExecutorId(), "it is as the executor sent it");
    assertEquals(container.value(), told.getContainerStatus().getContainerId().getValue());
    assertEquals(42, told.getContainerStatus().getExecutorPid());
    assertEquals(3.0, told.getTimestamp());
    assertTrue(agent.effects().contains(new Reply.Accepted(new ReplyTo(1))));
    assertEquals(
        List.of(new ToExecutor.Acknowledged("s", new TaskId("t"), told.getUuid())), heard());
  }

  @Test
  void anUpdateThatComesAgainIsAcknowledgedAgainAndNotTold() {
    subscribed(Agents.PLAIN);
    var running = status("t", TaskState.TASK_RUNNING, 1);
    update(running);
    agent.acknowledge(agent.update());

    update(running);

    assertEquals(List.of(), agent.updates());
    assertEquals(1, heard().size());
    update(status("t", TaskState.TASK_FINISHED, 2));
    agent.acknowledge(agent.update());
    update(status("t", TaskState.TASK_FINISHED, 2));
    assertEquals(List.of(), agent.updates(), "its task is complete by now");
    assertEquals(1, heard().size());
  }

  @Test
  void whatFollowsATerminalUpdateIsSwallowedAsLongAsThatWaits() {
    subscribed(Agents.PLAIN);
    update(status("t", TaskState.TASK_FINISHED, 1));
    var last = agent.update();

    update(status("t", TaskState.TASK_RUNNING, 2));

    assertEquals(List.of(), agent.updates());
    assertEquals(1, heard().size(), "acknowledged");
    agent.acknowledge(last);
    update(status("t", TaskState.TASK_RUNNING, 3));
    assertFalse(agent.update().hasContainerStatus(), "a task that is not here");
    assertEquals(List.of(), heard(), "and nobody acknowledges that");
  }

  @Test
  void allThatItSaysOfATaskThatIsNotHereIsToldAndThenForgotten() {
    var container = subscribed(Agents.PLAIN);
    update(status("x", TaskState.TASK_FINISHED, 1));
    var first = agent.update();
    update(status("x", TaskState.TASK_RUNNING, 2));
    assertEquals(List.of(), agent.updates(), "one at a time");

    var second = agent.acknowledge(first).update();

    assertEquals(TaskState.TASK_RUNNING, second.getState());
    agent.acknowledge(second);
    agent.when(new ContainerCommand.Exited(container, 0));
    agent.acknowledge(agent.update());
    assertEquals(List.of(), agent.snapshot().frameworks());
  }

  @Test
  void nobodySpeaksForATaskOfAnotherExecutor() {
    agent.running(Agents.PLAIN, TaskMessages.task("c", "true"));
    subscribed(Agents.PLAIN);

    update(status("c", TaskState.TASK_FAILED, 1));

    assertEquals(
        Rejection.invalid("Expected news of a task of executor e, but task c is one of executor c"),
        refusal());
    assertEquals(List.of(), agent.updates());
  }

  @Test
  void callersAreKnownByFrameworkAndExecutor() {
    update(status("t", TaskState.TASK_RUNNING, 1));
    assertEquals(Rejection.invalid("Framework cannot be found"), refusal());
    agent.running(Agents.PLAIN, TaskMessages.task("c", "true"));
    update(status("t", TaskState.TASK_RUNNING, 1));
    assertEquals(Rejection.invalid("Executor cannot be found"), refusal());
    launch(Agents.PLAIN, "t", true);
    update(status("t", TaskState.TASK_RUNNING, 1));
    assertEquals(Rejection.forbidden("Executor is not subscribed"), refusal());
    agent.when(
        new ExecutorCommand.Subscribe(
            new ExecutorKey(new FrameworkId("F"), new ExecutorId("x")), "s", List.of(), List.of()));
    assertEquals(
        List.of(new ToExecutor.Refused("s", Rejection.invalid("Executor cannot be found"))),
        heard());
  }

  /** In the reference's words (executor-api, section 1). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          F | e | right | Executor is not subscribed
          G | e | right | an 'fid' claim with the framework ID F, which is set in the call
          F | x | right | an 'eid' claim with the executor ID e, which is set in the call
          F | e | wrong | a 'cid' claim with the correct active ContainerID
          """)
  void whoHasTheTokenOfAnotherDoesNotSpeakForIt(
      String framework, String executor, String container, String refused) {
    var launched = launch(Agents.PLAIN, "t", true);
    var claims =
        new Claims(
            new FrameworkId(framework),
            new ExecutorId(executor),
            container.equals("right") ? launched : new ContainerId("c-of-another-run"));
    var expected =
        Rejection.forbidden(
            refused.startsWith("Executor")
                ? refused
                : "Authenticated principal '"
                    + claims.principal()
                    + "' does not contain "
                    + refused);
    var status = status("t", TaskState.TASK_RUNNING, 1);
    agent.when(new ExecutorCommand.Update(new ReplyTo(1), KEY, Optional.of(claims), status));
    assertEquals(expected, refusal());
    agent.when(
        new ExecutorCommand.Message(new ReplyTo(1), KEY, Optional.of(claims), ByteString.EMPTY));
    assertEquals(expected, refusal());
    agent.when(new ExecutorCommand.Subscribe(KEY, Optional.of(claims), "s", List.of(), List.of()));
    if (refused.startsWith("Executor")) {
      update(status);
      assertEquals(
          List.of(), heard().stream().filter(ToExecutor.Refused.class::isInstance).toList());
    } else {
      assertEquals(List.of(new ToExecutor.Refused("s", expected)), heard());
    }
  }

  @Test
  void whatItSaysAgainIsOfItsOwnTasksToo() {
    agent.running(Agents.PLAIN, TaskMessages.task("c", "true"));
    subscribed(Agents.PLAIN);

    agent.when(
        new ExecutorCommand.Subscribe(
            KEY, "s2", List.of(new TaskId("t")), List.of(status("c", TaskState.TASK_FINISHED, 1))));

    assertEquals(List.of(), agent.updates(), "nobody speaks for the task of another one");
  }

  @Test
  void moreThanAnybodyHearsIsRefusedAndNotRemembered() {
    subscribed(Agents.PLAIN);
    var most = AgentLimits.defaults().waitingUpdates();
    for (var i = 0; i < most; i++) {
      update(numbered(i));
    }

    update(numbered(most));

    assertEquals(
        Rejection.unavailable(
            "1000 updates of task t wait for its framework (--max_waiting_updates): send it again"
                + " later"),
        refusal());
    var statuses = agent.snapshot().tasks().getFirst().statuses();
    assertEquals(AgentLimits.defaults().rememberedUpdates(), statuses.size());
  }

  private void fill() {
    subscribed(Agents.PLAIN);
    for (var i = 0; i < AgentLimits.defaults().waitingUpdates(); i++) {
      update(numbered(i).toBuilder().clearMessage().build());
    }
  }

  @Test
  void theEndOfATaskIsTakenHoweverManyUpdatesWait() {
    fill();

    update(status("t", TaskState.TASK_FINISHED, 9));

    assertTrue(agent.effects().contains(new Reply.Accepted(new ReplyTo(1))));
    assertEquals(1, heard().size(), "acknowledged");
    assertEquals(
        TaskState.TASK_FINISHED,
        agent.snapshot().tasks().getFirst().statuses().getLast().getState());
    update(status("t", TaskState.TASK_FAILED, 10));
    assertEquals(List.of(), agent.updates());
    assertEquals(
        TaskState.TASK_FINISHED,
        agent.snapshot().tasks().getFirst().statuses().getLast().getState(),
        "a task ends once");
  }

  @Test
  void whatItSaysAgainIsTakenHoweverManyUpdatesWait() {
    fill();
    var again =
        List.of(status("t", TaskState.TASK_RUNNING, 8), status("t", TaskState.TASK_FINISHED, 9));

    agent.when(new ExecutorCommand.Subscribe(KEY, "s2", List.of(), again));

    assertEquals(
        again.stream()
            .map(one -> new ToExecutor.Acknowledged("s2", new TaskId("t"), one.getUuid()))
            .toList(),
        heard().stream().filter(ToExecutor.Acknowledged.class::isInstance).toList());
    assertEquals(
        TaskState.TASK_FINISHED,
        agent.snapshot().tasks().getFirst().statuses().getLast().getState());
  }

  /** Of another state than the one before it. */
  private static TaskStatus numbered(int number) {
    return status("t", number % 2 == 0 ? TaskState.TASK_STARTING : TaskState.TASK_RUNNING, 0)
        .toBuilder()
        .setUuid(ByteString.copyFromUtf8("%016d".formatted(number)))
        .setMessage("x".repeat(200))
        .build();
  }
}
