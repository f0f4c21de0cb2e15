package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.allocator.Grant;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.OfferEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tasks that bring an executor, or find it running (scheduler-api, section 5). */
class ExecutorLaunchTest {
  private static final String OFFER = "cpus:4;mem:4096;ports:[1-9]";

  private final Given given = new Given();
  private final Scheduler framework = given.framework();
  private final Host agent = given.agent(OFFER);

  @Test
  void theFirstTaskPaysForItsExecutorAndStartsIt() {
    var then = launch(by("e", "cpus:0.5;mem:64", "a"));

    var run = then.effect(ToAgent.RunTask.class);
    assertTrue(run.launchExecutor());
    var executor = run.task().getExecutor();
    assertEquals(framework.id().message(), executor.getFrameworkId());
    assertEquals("r", executor.getResources(0).getAllocationInfo().getRole());
    assertEquals(
        allocated("cpus:2.5;mem:4000;ports:[1-9]"),
        then.event(OfferEvent.Returned.class).resources());
    assertUsed("cpus:1.5;mem:96");
    var row = given.snapshot().executors().iterator().next();
    assertEquals(executor, row.executorInfo());
    assertEquals(allocated("cpus:0.5;mem:64"), row.resources());
    var task = given.snapshot().tasks().iterator().next();
    assertEquals(Optional.of(new ExecutorId("e")), task.executor());
  }

  @Test
  void furtherTasksOfOneCallShareTheExecutorAndPayForThemselvesOnly() {
    var then =
        launch(by("e", "cpus:0.5", "a"), by("e", "cpus:0.5", "b"), by("f", "cpus:0.25", "c"));

    assertEquals(
        List.of(true, false, true),
        then.effects(ToAgent.RunTask.class).stream().map(ToAgent.RunTask::launchExecutor).toList());
    assertEquals(2, then.events(ExecutorEvent.Launched.class).size());
    assertUsed("cpus:3.75;mem:96");
  }

  @Test
  void aTaskThatFindsItsExecutorRunningNeedsNoRoomForIt() {
    launch(by("e", "cpus:2;mem:64", "a"));
    var offer = given.offer(framework.id(), agent.id(), "cpus:1;mem:32");

    var then = framework.launches(offer, by("e", "cpus:2;mem:64", "b"));

    assertFalse(then.effect(ToAgent.RunTask.class).launchExecutor());
    assertEquals(List.of(), then.events(ExecutorEvent.class));
    assertEquals(1, given.snapshot().executors().size());
  }

  @Test
  void aTaskThatDoesNotFitWithItsExecutorLeavesNoExecutor() {
    var offer = given.offer(framework.id(), agent.id(), "cpus:1;mem:64");

    var then = framework.launches(offer, by("e", "cpus:0.5;mem:32", "a"));

    assertEquals(
        "Total resources cpus(allocated: r):1.5; mem(allocated: r):64 required by task and its"
            + " executor is more than available cpus(allocated: r):1; mem(allocated: r):64",
        then.update().getMessage());
    assertEquals(TaskStatus.Reason.REASON_TASK_INVALID, then.update().getReason());
    assertEquals(0, given.snapshot().executors().size());
  }

  @Test
  void anExecutorOfTheSameIdMustBeTheSame() {
    launch(by("e", "cpus:0.5", "a"));
    var other = by("e", "cpus:0.25", "b");

    var update = launch(other).update();

    assertTrue(
        update
            .getMessage()
            .startsWith(
                "ExecutorInfo is not compatible with existing ExecutorInfo with same ExecutorID.\n"
                    + "-".repeat(60)
                    + "\nExisting ExecutorInfo:\n"),
        update.getMessage());
    assertEquals(TaskState.TASK_ERROR, update.getState());
    assertUsed("cpus:1.5;mem:32");
  }

  @Test
  void labelsOfAnExecutorMayChangeAndTheOldOnesStay() {
    launch(by("e", "cpus:0.5", "a"));
    var again = by("e", "cpus:0.5", "b").toBuilder();
    again.getExecutorBuilder().getLabelsBuilder().addLabelsBuilder().setKey("k");

    launch(again.build()).effect(ToAgent.RunTask.class);

    assertFalse(given.snapshot().executors().iterator().next().executorInfo().hasLabels());
  }

  @Test
  void theSameIdOnAnotherAgentOrOfAnotherFrameworkIsAnotherExecutor() {
    launch(by("e", "cpus:0.5", "a"));
    var there = given.agent(OFFER);
    var another = given.framework();

    var onOther =
        framework.launches(
            given.offer(framework.id(), there.id(), OFFER), by("e", "cpus:1", "b", there.id()));
    var ofOther =
        another.launches(
            given.offer(another.id(), agent.id(), "cpus:2;mem:64"), by("e", "cpus:1", "a"));

    assertTrue(onOther.effect(ToAgent.RunTask.class).launchExecutor());
    assertTrue(ofOther.effect(ToAgent.RunTask.class).launchExecutor());
    assertEquals(3, given.snapshot().executors().size());
  }

  @Test
  void anExecutorWithoutResourcesIsKnownAllTheSame() {
    launch(by("e", "", "a"));

    var then = agent.tellsExit(framework.id(), "e", 0);

    then.effect(ToFramework.ExecutorFailed.class);
    assertEquals(List.of(), then.events(OfferEvent.Returned.class));
  }

  @Test
  void offersNameTheExecutorsTheirFrameworkHasOnTheAgent() {
    launch(by("e", "", "a"), by("f", "", "b"));
    var there = given.agent(OFFER);
    var another = given.framework();

    assertEquals(List.of(new ExecutorId("e"), new ExecutorId("f")), offered(framework.id(), agent));
    assertEquals(List.of(), offered(framework.id(), there));
    assertEquals(List.of(), offered(another.id(), agent));
  }

  @Test
  void aCommandTaskHasNoExecutorHere() {
    var then = launch(Infos.task("t", agent.id(), "cpus:1"));

    assertTrue(then.effect(ToAgent.RunTask.class).launchExecutor());
    assertEquals(0, given.snapshot().executors().size());
    assertEquals(Optional.empty(), given.snapshot().tasks().iterator().next().executor());
  }

  private List<ExecutorId> offered(FrameworkId to, Host of) {
    given.allocator.grant(new Grant(to, "r", of.id(), allocated("cpus:1")));
    return given.tick().effect(ToFramework.Offers.class).offers().getFirst().executors();
  }

  private Then launch(TaskInfo... tasks) {
    return framework.launches(given.offer(framework.id(), agent.id(), OFFER), tasks);
  }

  private TaskInfo by(String executor, String resources, String task) {
    return by(executor, resources, task, agent.id());
  }

  private static TaskInfo by(String executor, String resources, String task, AgentId on) {
    return Infos.by(Infos.executor(executor, resources), Infos.task(task, on, "cpus:1;mem:32"));
  }

  private void assertUsed(String resources) {
    assertEquals(allocated(resources), given.snapshot().agents().iterator().next().allocated());
    assertEquals(allocated(resources), given.snapshot().frameworks().iterator().next().allocated());
  }

  private static Resources allocated(String resources) {
    return Resources.parse(resources, "*").withAllocation("r");
  }
}
