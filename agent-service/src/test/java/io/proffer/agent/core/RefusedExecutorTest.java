package io.proffer.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.agent.TaskMessages;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.TaskInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a master hears of an executor that it has put on its books, and that is not started. */
final class RefusedExecutorTest {
  private final Agents agent = Agents.registered();

  @Test
  void theExecutorOfARefusedTaskIsReportedAsGone() {
    launch(custom("t"), true);

    assertEquals(
        List.of(
            new ToMaster.ExecutorExited(
                agent.session(), new FrameworkId("F"), new ExecutorId("e"), -1)),
        exits());
    assertEquals(1, agent.updates().size());
  }

  @Test
  void soIsThatOfATaskWhoseIdIsTaken() {
    agent.running(Agents.PLAIN, TaskMessages.task("t", "true"));

    launch(custom("t"), true);

    assertEquals(1, exits().size());
    assertEquals(List.of(), agent.updates());
  }

  @Test
  void anExecutorThatIsToRunAlreadyIsReportedByWhoeverEndsIt() {
    launch(custom("t"), false);

    assertEquals(List.of(), exits());
  }

  @Test
  void aCommandTaskHasNoExecutorThatTheMasterKnows() {
    launch(TaskMessages.task("t", "true").clearCommand(), true);

    assertEquals(List.of(), exits());
  }

  private void launch(TaskInfo.Builder task, boolean launchExecutor) {
    agent.when(
        new MasterCommand.RunTask(agent.session(), Agents.PLAIN, task.build(), launchExecutor));
  }

  private static TaskInfo.Builder custom(String task) {
    return TaskMessages.task(task, "")
        .clearCommand()
        .setExecutor(
            ExecutorInfo.newBuilder()
                .setExecutorId(new ExecutorId("e").message())
                .setCommand(
                    CommandInfo.newBuilder()
                        .setValue("./executor")
                        .addUris(CommandInfo.URI.newBuilder().setValue("http://x/executor"))));
  }

  private List<ToMaster.ExecutorExited> exits() {
    return agent.effects().stream()
        .filter(ToMaster.ExecutorExited.class::isInstance)
        .map(ToMaster.ExecutorExited.class::cast)
        .toList();
  }
}
