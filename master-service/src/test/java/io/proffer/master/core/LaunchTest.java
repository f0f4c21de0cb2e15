package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.TaskEvent;
import org.junit.jupiter.api.Test;

/** From an offer to a task that ended and was acknowledged. */
class LaunchTest {
  private final Given given = new Given();
  private final Scheduler framework = given.framework();
  private final Host agent = given.agent("cpus:4;mem:4096");

  @Test
  void anAcceptedTaskIsSentToItsAgentAndTheRestOfTheOfferComesBack() {
    var offer = given.offer(framework.id(), agent.id(), "cpus:4;mem:4096");

    var then = framework.launches(offer, Infos.task("t", agent.id(), "cpus:1;mem:32"));

    then.effect(Reply.Accepted.class);
    assertEquals("t", then.effect(ToAgent.RunTask.class).task().getTaskId().getValue());
    assertEquals(agent.session(), then.effect(ToAgent.RunTask.class).session());
    assertEquals(
        Resources.parse("cpus:3;mem:4064", "*").withAllocation("r"),
        then.event(OfferEvent.Returned.class).resources());
    assertEquals(
        Resources.parse("cpus:1;mem:32", "*").withAllocation("r"),
        given.snapshot().agents().iterator().next().allocated());
  }

  @Test
  void aTaskLeavesTheBooksWhenItsLastUpdateIsAcknowledged() {
    var offer = given.offer(framework.id(), agent.id(), "cpus:4;mem:4096");
    framework.launches(offer, Infos.task("t", agent.id(), "cpus:1;mem:32"));

    var running = agent.updates(framework.id(), "t", TaskState.TASK_RUNNING).update();
    assertEquals(agent.id().message(), running.getAgentId());
    framework.acknowledges(agent.id(), "t", "uuid-TASK_RUNNING");

    var ended = agent.updates(framework.id(), "t", TaskState.TASK_FINISHED);
    assertEquals(OfferEvent.Cause.FREED, ended.event(OfferEvent.Returned.class).cause());
    assertTrue(given.snapshot().agents().iterator().next().allocated().isEmpty());
    assertEquals(1, given.snapshot().tasks().size());

    var acknowledged = framework.acknowledges(agent.id(), "t", "uuid-TASK_FINISHED");
    acknowledged.effect(ToAgent.Acknowledge.class);
    acknowledged.event(TaskEvent.Completed.class);
    assertEquals(0, given.snapshot().tasks().size());
    var completed = given.snapshot().completedTasks().iterator().next();
    assertEquals(TaskState.TASK_FINISHED, completed.state());
    assertEquals(2, completed.statuses().size());
  }

  @Test
  void aTaskThatNeedsMoreThanWasOfferedIsAnError() {
    var offer = given.offer(framework.id(), agent.id(), "cpus:1;mem:32");

    var update = framework.launches(offer, Infos.task("t", agent.id(), "cpus:2;mem:32")).update();

    assertEquals(TaskState.TASK_ERROR, update.getState());
    assertEquals(TaskStatus.Reason.REASON_TASK_INVALID, update.getReason());
    assertEquals(
        "Total resources cpus(allocated: r):2; mem(allocated: r):32 required by task and its"
            + " executor is more than available cpus(allocated: r):1; mem(allocated: r):32",
        update.getMessage());
  }
}
