package io.proffer.agent.core;

import static io.proffer.agent.TaskMessages.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.event.AgentEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A deadline whose rule throws keeps no other one from its turn. */
final class FailedDeadlineTest {
  private final Agents agent = Agents.registered();

  @Test
  void itIsPutOffAndTheOthersAreServedAtOnce() {
    var container = agent.running(Agents.PLAIN, task("t", "sleep 1000"));
    agent.kill("t", Duration.ofSeconds(60));
    agent.when(new MasterCommand.Lost(agent.session(), "gone"));

    agent.failNextId();
    agent.late(Duration.ofSeconds(60));

    assertEquals(
        1, agent.frame().events().stream().filter(AgentEvent.RuleFailed.class::isInstance).count());
    assertTrue(agent.effects().contains(new ToContainer.Destroy(container)));
    assertTrue(agent.opened().isEmpty(), "the attempt to register has failed");
    assertEquals(Duration.ofMinutes(1), agent.untilNextDeadline(), "nothing spins");
    assertTrue(agent.tickWhenDue().opened().isPresent(), "it is tried again");
  }
}
