package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.OperationState;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.state.Retention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Operators say that an agent is gone, wherever it is. */
class MarkGoneTest {
  private static final ToAgent.Shutdown SENT_AWAY =
      new ToAgent.Shutdown("again", "Agent has been marked gone");

  private final Given given = new Given();
  private final Scheduler aware = given.framework(Infos.PARTITION_AWARE);
  private final Scheduler unaware = given.framework();
  private final Host host = given.agent("cpus:4");

  private Then mark(AgentId agent) {
    return given.when(new OperatorCommand.MarkGone(agent, given.replyTo()));
  }

  private void launch(Scheduler framework, String task) {
    framework.launches(
        given.offer(framework.id(), host.id(), "cpus:1"), Infos.task(task, host.id(), "cpus:1"));
  }

  private Rejection refusal(Then then) {
    return then.effect(Reply.Refused.class).rejection();
  }

  @Test
  void aRegisteredAgentIsSentAwayAndItsTasksAreOver() {
    launch(aware, "a");
    launch(unaware, "u");
    var offer = given.offer(aware.id(), host.id(), "cpus:1");

    var then = mark(host.id());

    then.effect(Reply.Done.class);
    assertEquals(
        new ToAgent.Shutdown(host.session(), "Agent has been marked gone"),
        then.effect(ToAgent.Shutdown.class));
    assertEquals(
        List.of(TaskState.TASK_GONE_BY_OPERATOR, TaskState.TASK_LOST),
        then.updates().stream().map(TaskStatus::getState).toList());
    assertEquals(
        List.of(
            TaskStatus.Reason.REASON_AGENT_REMOVED_BY_OPERATOR,
            TaskStatus.Reason.REASON_AGENT_REMOVED),
        then.updates().stream().map(TaskStatus::getReason).toList());
    for (var update : then.updates()) {
      assertEquals("Agent has been marked gone", update.getMessage());
      assertFalse(update.hasUnreachableTime());
    }
    assertEquals(offer, then.effect(ToFramework.Rescind.class).offer());
    assertEquals(2, then.effects(ToFramework.AgentFailed.class).size());
    then.event(AgentEvent.MarkedGone.class);
    var snapshot = given.snapshot();
    assertEquals(0, snapshot.agents().size());
    assertEquals(0, snapshot.unreachableAgents());
    assertEquals("a", snapshot.completedTasks().iterator().next().id().value());
    assertEquals("u", snapshot.unreachableTasks().iterator().next().id().value());
  }

  @Test
  void itMayNotComeBack() {
    mark(host.id());

    var then = given.when(host.returning("again", List.of(), List.of()));

    assertEquals(SENT_AWAY, then.effect(ToAgent.Shutdown.class));
    assertEquals(0, given.snapshot().agents().size());
  }

  @Test
  void anAgentOutOfReachIsGoneAndItsTasksWithIt() {
    launch(aware, "a");
    launch(unaware, "u");
    host.fallsSilent();

    var then = mark(host.id());

    then.effect(Reply.Done.class);
    assertEquals(
        List.of(TaskState.TASK_GONE_BY_OPERATOR, TaskState.TASK_LOST),
        then.updates().stream().map(TaskStatus::getState).toList());
    // The other one had ended before: for its framework, out of reach was lost.
    assertEquals(
        List.of(true, false),
        then.events(TaskEvent.Updated.class).stream().map(TaskEvent.Updated::ended).toList());
    assertEquals(0, then.effects(ToFramework.AgentFailed.class).size(), "they were told before");
    assertEquals(0, given.snapshot().unreachableTasks().size());
    assertEquals(0, given.snapshot().unreachableAgents());
    assertEquals(2, given.snapshot().completedTasks().size());
    assertEquals(
        SENT_AWAY,
        given.when(host.returning("again", List.of(), List.of())).effect(ToAgent.Shutdown.class));
  }

  @Test
  void manyTasksOutOfReachGoInSlices() {
    var offer = given.offer(aware.id(), host.id(), "cpus:4");
    var tasks = new ArrayList<io.proffer.api.v1.TaskInfo>();
    for (int i = 0; i < 1000; i++) {
      tasks.add(Infos.task("t" + i, host.id(), "cpus:0.001"));
    }
    aware.launches(offer, tasks.toArray(io.proffer.api.v1.TaskInfo[]::new));
    launch(unaware, "u");
    host.fallsSilent();
    given.tick();
    given.tick();

    int first = mark(host.id()).updates().size();
    int second = given.tick().updates().size();

    assertEquals(1000, first, "as many as a turn bears");
    assertEquals(1, second);
    assertEquals(0, given.snapshot().unreachableTasks().size());
  }

  @Test
  void anAgentThatHasNotComeBackYetIsNotAwaitedAnyMore() {
    var restarted = new Given();
    restarted.core.recover(List.of(), List.of(host.info()), Map.of(), restarted.moment());
    var there = restarted.framework();

    var then = restarted.when(new OperatorCommand.MarkGone(host.id(), restarted.replyTo()));

    then.effect(Reply.Done.class);
    assertEquals(there.stream(), then.effect(ToFramework.AgentFailed.class).streamId());
    assertEquals(0, restarted.snapshot().recovered().size());
    assertTrue(
        restarted
            .after(java.time.Duration.ofMinutes(11))
            .events(AgentEvent.MarkedUnreachable.class)
            .isEmpty());
  }

  @Test
  void whoWasMarkedGoneStaysGoneWhicheverMasterLeads() {
    var gone = new TreeMap<AgentId, Instant>();
    gone.put(host.id(), Given.START);
    var restarted = new Given();
    restarted.core.recover(List.of(), List.of(), Map.of(), restarted.moment());
    restarted.core.recoverOrders(new TreeMap<AgentId, Orders>(), gone, restarted.moment());

    var then = restarted.when(host.returning("again", List.of(), List.of()));

    assertEquals(SENT_AWAY, then.effect(ToAgent.Shutdown.class));
    restarted
        .when(new OperatorCommand.MarkGone(host.id(), restarted.replyTo()))
        .effect(Reply.Done.class);
  }

  @Test
  void whoIsGoneAlreadyIsMarkedWithoutMoreAdo() {
    mark(host.id());

    var then = mark(host.id());

    then.effect(Reply.Done.class);
    assertEquals(List.of(), then.frame().events());
  }

  @Test
  void whoIsNobodyIsNotFound() {
    assertEquals(Rejection.notFound("Agent 'nope' not found"), refusal(mark(new AgentId("nope"))));
  }

  @Test
  void whoIsJustBeingLostHasToWait() {
    launchMany(aware, host);
    host.fallsSilent();

    assertEquals(
        Rejection.unavailable("Agent '" + host.id() + "' is being transitioned to unreachable"),
        refusal(mark(host.id())));
    given.tick();
    given.tick();
    mark(host.id()).effect(Reply.Done.class);
  }

  @Test
  void whoIsJustBeingRemovedIsSaidToBe() {
    launchMany(aware, host);
    host.unregisters();

    assertEquals(
        Rejection.unavailable("Agent '" + host.id() + "' is being transitioned to removed"),
        refusal(mark(host.id())));
  }

  /**
   * The reference says 409 while its registry takes it in. Here one turn marks it: from then on it
   * is unknown, also while what ran there still leaves the books.
   */
  @Test
  void whoIsJustBeingMarkedGoneCannotBeDrained() {
    launchMany(aware, host);
    mark(host.id()).effect(Reply.Done.class);
    var drain =
        new OperatorCommand.Drain(
            host.id(),
            DrainConfig.getDefaultInstance(),
            Rights.unlimited(Optional.empty()),
            given.replyTo());

    assertEquals(Rejection.invalid("Unknown agent"), refusal(given.when(drain)));
    assertFalse(given.tick().updates().isEmpty(), "nothing was left to be done");
    assertEquals(Rejection.invalid("Unknown agent"), refusal(given.when(drain)));
  }

  /** Where none that are gone are remembered. */
  @Test
  void whoIsForgottenBeforeItsTasksAreOverIsSaidToBeGoneAlready() {
    var interval = Retention.defaults().gcInterval();
    var forgetful = PruneTest.given(1000, 0);
    var framework = forgetful.framework(Infos.PARTITION_AWARE);
    var first = forgetful.agent("cpus:4");
    var second = forgetful.agent("cpus:4");
    launchMany(framework, second);
    forgetful.when(new OperatorCommand.MarkGone(first.id(), forgetful.replyTo()));
    forgetful.pass(interval.toNanos());
    var mark = new OperatorCommand.MarkGone(second.id(), forgetful.replyTo());
    forgetful.when(mark).effect(Reply.Done.class);

    assertEquals(2, forgetful.tick().events(AgentEvent.Pruned.class).size());

    assertEquals(
        Rejection.unavailable("Agent '" + second.id() + "' is already being transitioned to gone"),
        refusal(forgetful.when(mark)));
  }

  /** More than one turn may touch. */
  private static void launchMany(Scheduler framework, Host host) {
    var given = framework.given();
    var offer = given.offer(framework.id(), host.id(), "cpus:4");
    var tasks = new ArrayList<io.proffer.api.v1.TaskInfo>();
    for (int i = 0; i < 1001; i++) {
      tasks.add(Infos.task("t" + i, host.id(), "cpus:0.001"));
    }
    framework.launches(offer, tasks.toArray(io.proffer.api.v1.TaskInfo[]::new));
    given.tick();
  }

  @Test
  void whoAsksHearsThatItsTasksAreGone() {
    mark(host.id());

    assertEquals(
        TaskState.TASK_GONE_BY_OPERATOR,
        aware.reconciles(ReconcileTest.asked("a", host.id())).update().getState());
    var lost = unaware.reconciles(ReconcileTest.asked("a", host.id())).update();
    assertEquals(TaskState.TASK_LOST, lost.getState());
    assertEquals("Reconciliation: Task is gone", lost.getMessage());
    var operation =
        io.proffer.api.v1.scheduler.Call.ReconcileOperations.Operation.newBuilder()
            .setAgentId(host.id().message());
    operation.getOperationIdBuilder().setValue("o");
    var status =
        given
            .when(
                new io.proffer.master.core.command.SchedulerCommand.ReconcileOperations(
                    aware.caller(), List.of(operation.build())))
            .effect(ToFramework.OperationUpdate.class)
            .status();
    assertEquals(OperationState.OPERATION_GONE_BY_OPERATOR, status.getState());
    assertEquals("Reconciliation: Agent marked gone by operator", status.getMessage());
  }
}
