package io.proffer.agent.core;

import static io.proffer.agent.TaskMessages.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.core.command.HostCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.api.v1.TaskState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an agent does while its disk has only the room that was kept back. */
final class DiskFullTest {
  private final Agents agent = Agents.registered();

  @Test
  void nothingIsLaunchedUntilThereIsRoomAgain() {
    agent.when(new HostCommand.Disk(true));
    var task = task("t", "true").build();
    var refused =
        agent.when(new MasterCommand.RunTask(agent.session(), Agents.CAPABLE, task, true)).update();
    assertEquals(TaskState.TASK_DROPPED, refused.getState());
    assertTrue(refused.getMessage().startsWith("The disk of this agent is full: "));
    agent.when(new HostCommand.Disk(false)).run(Agents.CAPABLE, task("u", "true"));
    assertEquals("/bin/sh", agent.launch().file());
  }

  @Test
  void whatIsSaidTwiceChangesNothing() {
    agent.when(new HostCommand.Disk(false));
    assertEquals(List.of(), agent.frame().events());
    agent.when(new HostCommand.Disk(true));
    assertEquals(List.of(new AgentEvent.DiskFilled()), agent.frame().events());
    agent.when(new HostCommand.Disk(true));
    assertEquals(List.of(), agent.frame().events());
  }

  @Test
  void theNextRunFindsOutForItself() {
    agent.when(new HostCommand.Disk(true)).recovered(Duration.ofSeconds(1)).register(2);
    agent.run(Agents.CAPABLE, task("t", "true"));
    assertEquals("/bin/sh", agent.launch().file());
  }
}
