package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.allocator.AllocatorSettings;
import io.proffer.master.core.allocator.DrfAllocator;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.fact.ConstraintLimits;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.state.Losses;
import io.proffer.master.core.state.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How custom executors are spoken to, end, and come back with their agent. */
class ExecutorEndTest {
  private static final ExecutorId E = new ExecutorId("e");

  private final Given given = new Given();
  private final Scheduler framework = given.framework();
  private final Host agent = given.agent("cpus:4");

  @Test
  void theResourcesOfAnExecutorAreInUseAfterItsTasksUntilItTerminates() {
    run(given, framework, agent, "t");
    agent.updates(framework.id(), "t", TaskState.TASK_FINISHED);
    framework.acknowledges(agent.id(), "t", "uuid-TASK_FINISHED");
    assertUsed("cpus:0.5");

    var then = agent.tellsExit(framework.id(), "e", 1792);

    var failed =
        new ToFramework.ExecutorFailed(framework.stream(), agent.id(), E, OptionalInt.of(1792));
    assertEquals(failed, then.effect(ToFramework.ExecutorFailed.class));
    var returned = then.event(OfferEvent.Returned.class);
    assertEquals(OfferEvent.Cause.FREED, returned.cause());
    assertEquals(allocated("cpus:0.5"), returned.resources());
    assertUsed("");
    assertEquals(0, given.snapshot().executors().size());
  }

  @Test
  void tasksOfAnExecutorThatEndedWaitForTheirUpdates() {
    run(given, framework, agent, "t");

    agent.tellsExit(framework.id(), "e", 9);

    assertUsed("cpus:1");
    agent.updates(framework.id(), "t", TaskState.TASK_FAILED);
    assertUsed("");
  }

  @Test
  void theNextTaskStartsTheExecutorAnew() {
    run(given, framework, agent, "a");
    agent.tellsExit(framework.id(), "e", 0);

    assertTrue(run(given, framework, agent, "b").effect(ToAgent.RunTask.class).launchExecutor());
  }

  @Test
  void anExitIsToldOnce() {
    run(given, framework, agent, "t");
    agent.tellsExit(framework.id(), "e", 0);

    assertTrue(agent.tellsExit(framework.id(), "e", 0).frame().isEmpty());
    assertTrue(agent.tellsExit(framework.id(), "unknown", 0).frame().isEmpty());
  }

  @Test
  void theExitIsOnTheBooksWhoeverListens() {
    run(given, framework, agent, "t");
    framework.disconnects();

    var then = agent.tellsExit(framework.id(), "e", 0);

    then.event(ExecutorEvent.Ended.class);
    assertEquals(List.of(), then.frame().effects());
  }

  @Test
  void messagesGoBothWays() {
    run(given, framework, agent, "t");
    var data = ByteString.copyFromUtf8("hello");

    var down = given.when(new SchedulerCommand.Message(framework.caller(), agent.id(), E, data));
    var up =
        given.when(new AgentCommand.Message(agent.id(), agent.session(), framework.id(), E, data));

    assertEquals(
        new ToAgent.Message(agent.session(), framework.id(), E, data),
        down.effect(ToAgent.Message.class));
    assertEquals(
        new ToFramework.Message(framework.stream(), agent.id(), E, data),
        up.effect(ToFramework.Message.class));
  }

  @Test
  void shutdownIsPassedOnAndTheExecutorStaysOnTheBooksUntilItEnded() {
    run(given, framework, agent, "t");

    var then = given.when(new SchedulerCommand.Shutdown(framework.caller(), E, agent.id()));

    assertEquals(
        new ToAgent.ShutdownExecutor(agent.session(), framework.id(), E),
        then.effect(ToAgent.ShutdownExecutor.class));
    assertUsed("cpus:1.5");
  }

  @Test
  void anUpdateSaysNoMoreOfItsExecutorThanTheExecutorDid() {
    run(given, framework, agent, "t");
    var status = Infos.status("t", TaskState.TASK_RUNNING, "uuid");

    var told = agent.updates(framework.id(), status, TaskState.TASK_RUNNING).update();

    assertEquals(status.toBuilder().setAgentId(agent.id().message()).build(), told);
  }

  @Test
  void anAgentOutOfReachTakesItsExecutorsWithItAndBringsThemBack() {
    run(given, framework, agent, "t");

    var lost = agent.fallsSilent();

    assertEquals(List.of(), lost.effects(ToFramework.ExecutorFailed.class));
    assertEquals(2, lost.events(OfferEvent.Returned.class).size());
    assertEquals(0, given.snapshot().executors().size());
    assertTrue(given.snapshot().frameworks().iterator().next().allocated().isEmpty());

    var back = given.when(agent.returning("s2", List.of(), List.of(report()), framework.info()));

    assertEquals(
        allocated("cpus:0.5"), back.event(ExecutorEvent.Readded.class).executor().resources());
    assertUsed("cpus:0.5");
  }

  @Test
  void anAgentThatComesBackWithoutTheExecutorHasNone() {
    run(given, framework, agent, "t");
    agent.disconnects();
    assertUsed("cpus:1.5");
    var tasks = List.of(Reports.task(framework, agent, "t"));

    var then = given.when(agent.returning("s2", tasks, List.of(), framework.info()));

    then.event(ExecutorEvent.Ended.class);
    assertEquals(
        List.of(
            new ToFramework.ExecutorFailed(framework.stream(), agent.id(), E, OptionalInt.empty())),
        then.effects(ToFramework.ExecutorFailed.class),
        "that it ended; how, nobody knows");
    assertUsed("cpus:1");
  }

  @Test
  void anAgentThatComesBackWithTheExecutorChangesNothing() {
    run(given, framework, agent, "t");
    agent.disconnects();
    var tasks = List.of(Reports.task(framework, agent, "t"));

    var then = given.when(agent.returning("s2", tasks, List.of(report()), framework.info()));

    assertEquals(List.of(), then.events(ExecutorEvent.class));
    assertUsed("cpus:1.5");
  }

  @Test
  void aMasterThatStartsLearnsOfExecutorsFromTheirAgents() {
    var next = new Given();
    next.core.recover(
        List.of(framework.info()), List.of(agent.info()), new TreeMap<>(), next.moment());

    next.when(agent.returning("s", List.of(), List.of(report()), framework.info()));

    var row = next.snapshot().executors().iterator().next();
    assertEquals(E, row.id());
    assertEquals(allocated("cpus:0.5"), next.snapshot().frameworks().iterator().next().allocated());
    // The next task needs no other, if it is the same executor.
    next.when(Scheduler.subscribe(framework.info(), "f", next.replyTo()));
    var scheduler = new Scheduler(next, framework.id(), "f", framework.info());
    var host = new Host(next, agent.id(), "s", agent.info(), agent.ip());
    var then = run(next, scheduler, host, "u");
    assertEquals(false, then.effect(ToAgent.RunTask.class).launchExecutor());
  }

  @Test
  void whatAnExecutorOfAReturnedAgentHoldsIsNotOfferedUntilItEnds() {
    var allocator = new DrfAllocator(AllocatorSettings.defaults());
    var real = new Given(CoreSettings.defaults(), Optional.of(allocator));
    var scheduler = real.framework();
    var host = real.agent("cpus:4");
    host.fallsSilent();
    var back = new Host(real, host.id(), "s2", host.info(), host.ip());
    var executor = Reports.executor(scheduler, "e", "cpus:0.5");

    real.when(host.returning("s2", List.of(), List.of(executor), scheduler.info()));

    assertEquals(allocated("cpus:3.5"), offered(real));
    back.tellsExit(scheduler.id(), "e", 0);
    assertEquals(allocated("cpus:0.5"), offered(real));
  }

  private static Resources offered(Given given) {
    var offers = given.after(Duration.ofSeconds(2)).effect(ToFramework.Offers.class);
    return offers.offers().getFirst().offer().resources();
  }

  @Test
  void teardownEndsExecutorsWithoutTasksToo() {
    run(given, framework, agent, "t");
    agent.updates(framework.id(), "t", TaskState.TASK_FINISHED);
    framework.acknowledges(agent.id(), "t", "uuid-TASK_FINISHED");

    var then = framework.tearsDown();

    assertEquals(framework.id(), then.effect(ToAgent.ShutdownFramework.class).framework());
    then.event(ExecutorEvent.Ended.class);
    assertTrue(given.snapshot().agents().iterator().next().allocated().isEmpty());
    assertTrue(agent.tellsExit(framework.id(), "e", 0).frame().isEmpty());
  }

  @Test
  void howItEndedWhileItsAgentWasAwayIsTold() {
    run(given, framework, agent, "t");
    agent.disconnects();

    var then = given.when(agent.returningWithout("s2", List.of(end(7 << 8)), framework.info()));

    assertEquals(OptionalInt.of(7 << 8), then.effect(ToFramework.ExecutorFailed.class).status());
    assertEquals(0, given.snapshot().executors().size());
  }

  @Test
  void howItEndedWhileNobodyLedIsTold() {
    agent.fallsSilent();

    var then = given.when(agent.returningWithout("s2", List.of(end(9)), framework.info()));

    assertEquals(OptionalInt.of(9), then.effect(ToFramework.ExecutorFailed.class).status());
  }

  @Test
  void oneThatRunsAgainIsNotEndedByTheEndOfTheOneBefore() {
    run(given, framework, agent, "t");
    agent.disconnects();
    var report =
        Host.subscribe(
            agent.info(),
            agent.ip(),
            "s2",
            List.of(),
            List.of(report()),
            List.of(end(9)),
            List.of(framework.info()));

    var then = given.when(report);

    assertTrue(then.effects(ToFramework.ExecutorFailed.class).isEmpty());
    assertEquals(1, given.snapshot().executors().size());
  }

  private AgentCommand.ExecutorEnd end(int status) {
    return new AgentCommand.ExecutorEnd(framework.id(), new ExecutorId("e"), status);
  }

  @Test
  void anExecutorOfARemovedFrameworkIsNotTakenBack() {
    run(given, framework, agent, "t");
    agent.disconnects();
    framework.tearsDown();

    var then = given.when(agent.returning("s2", List.of(), List.of(report()), framework.info()));

    assertEquals(framework.id(), then.effect(ToAgent.ShutdownFramework.class).framework());
    assertEquals(0, given.snapshot().executors().size());
  }

  @Test
  void anAgentWithAnExecutorOnlyHearsOfChangesOfItsFramework() {
    run(given, framework, agent, "t");
    agent.updates(framework.id(), "t", TaskState.TASK_FINISHED);
    framework.acknowledges(agent.id(), "t", "uuid-TASK_FINISHED");
    var renamed = framework.info().toBuilder().setName("renamed").build();

    var then = given.when(Scheduler.subscribe(renamed, "again", given.replyTo()));

    assertEquals("renamed", then.effect(ToAgent.UpdateFramework.class).framework().getName());
  }

  @Test
  void manyExecutorsLeaveTheBooksInSlices() {
    var small = new Given(withTurnsOf(2));
    var gone = small.framework();
    var host = small.agent("cpus:100");
    var lost = small.agent("cpus:100");
    for (int i = 0; i < 3; i++) {
      runOn(small, gone, host, i);
      runOn(small, gone, lost, i + 3);
    }

    lost.fallsSilent();
    for (int slice = 0; slice < 3; slice++) {
      small.tick();
    }
    assertEquals(3, small.snapshot().executors().size());
    gone.tearsDown();
    for (int slice = 0; slice < 2; slice++) {
      small.tick();
    }

    assertEquals(0, small.snapshot().executors().size());
    assertTrue(small.snapshot().agents().iterator().next().allocated().isEmpty());
  }

  private static void runOn(Given given, Scheduler framework, Host host, int number) {
    framework.launches(
        given.offer(framework.id(), host.id(), "cpus:2"),
        Infos.by(
            Infos.executor("e" + number, "cpus:0.5"),
            Infos.task("t" + number, host.id(), "cpus:1")));
  }

  private static Then run(Given given, Scheduler framework, Host host, String task) {
    return framework.launches(
        given.offer(framework.id(), host.id(), "cpus:4"),
        Infos.by(Infos.executor("e", "cpus:0.5"), Infos.task(task, host.id(), "cpus:1")));
  }

  private AgentCommand.ExecutorReport report() {
    return Reports.executor(framework, "e", "cpus:0.5");
  }

  private void assertUsed(String resources) {
    var agents = given.snapshot().agents();
    assertEquals(allocated(resources), agents.iterator().next().allocated());
    FrameworkId id = framework.id();
    var row = given.snapshot().frameworks().stream().filter(f -> f.id().equals(id)).findFirst();
    assertEquals(allocated(resources), row.orElseThrow().allocated());
  }

  private static Resources allocated(String resources) {
    return Resources.parse(resources, "*").withAllocation("r");
  }

  private static CoreSettings withTurnsOf(int entities) {
    var usual = CoreSettings.defaults();
    return new CoreSettings(
        usual.agentReregisterTimeout(),
        usual.offerTimeout(),
        usual.roles(),
        usual.rootSubmissions(),
        usual.maxCompletedFrameworks(),
        usual.maxCompletedTasksPerFramework(),
        usual.maxUnreachableTasksPerFramework(),
        entities,
        usual.maxPagedReconciliations(),
        usual.maxWaitingAccepts(),
        Retention.defaults(),
        ConstraintLimits.defaults(),
        Losses.defaults());
  }
}
