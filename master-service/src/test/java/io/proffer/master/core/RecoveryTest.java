package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.AgentId;
import io.proffer.api.resource.Quantities;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.fact.RoleSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A master that starts on what another stored. */
class RecoveryTest {
  private final Given before = new Given();
  private final Scheduler framework = before.framework();
  private final Host agent = before.agent("cpus:4");
  private final Given given = new Given();

  @BeforeEach
  void theNewMasterReadsTheRegistry() {
    var unreachable = new TreeMap<AgentId, Instant>();
    unreachable.put(new AgentId("m-S7"), Given.START);
    given.core.recover(
        List.of(framework.info()), List.of(agent.info()), unreachable, given.moment());
  }

  @Test
  void weightsAndQuotasAreThereAndTheAllocatorHearsOfThemBeforeAnyoneElse() {
    var quota = new Quota("r", Quantities.parse("cpus:1"), new TreeMap<>());
    var roles =
        new RoleSettings(new TreeMap<>(Map.of("r", 2.0)), new TreeMap<>(Map.of("r", quota)));
    var next = new Given();
    var heard = next.allocator.followed;

    next.core.recoverRoles(roles, next.moment());
    next.core.recover(List.of(framework.info()), List.of(), new TreeMap<>(), next.moment());

    assertEquals(roles, next.snapshot().roles());
    assertEquals(new RoleEvent.WeightsSet(roles.weights()), heard.get(0));
    assertEquals(new RoleEvent.QuotasSet(List.of(quota)), heard.get(1));
    assertTrue(heard.get(2) instanceof FrameworkEvent.Added, heard.get(2).toString());
  }

  @Test
  void frameworksAndAgentsAreKnownButNotThere() {
    var snapshot = given.snapshot();
    var row = snapshot.frameworks().iterator().next();
    assertEquals(new FrameworkLink.Recovered(), row.link());
    assertEquals(1, snapshot.recovered().size());
    assertEquals(0, snapshot.agents().size());
    assertEquals(1, snapshot.unreachableAgents());
  }

  @Test
  void aFrameworkReturnsWithItsIdAndTheNextNewOneGetsAnother() {
    given
        .when(Scheduler.subscribe(framework.info(), "s", given.replyTo()))
        .effect(ToFramework.Subscribed.class);
    assertEquals("m-0001", given.framework().id().value());
  }

  @Test
  void noTimerRunsForAFrameworkThatNeverCameBack() {
    given.after(Duration.ofDays(1));
    assertEquals(1, given.snapshot().frameworks().size());
  }

  @Test
  void anAgentReturnsWithItsTasksAndNobodyIsToldOfWhatDidNotChange() {
    var stream = given.newStream();
    given.when(Scheduler.subscribe(framework.info(), stream, given.replyTo()));

    var then =
        given.when(
            agent.returning(
                "s", List.of(Reports.task(framework, agent, "t")), List.of(framework.info())));

    assertEquals(agent.id(), then.effect(ToAgent.Registered.class).agent());
    assertTrue(then.updates().isEmpty());
    assertTrue(then.events(AgentEvent.Stored.class).isEmpty(), "nothing to store");
    assertEquals(0, given.snapshot().recovered().size());
    assertEquals(TaskState.TASK_RUNNING, given.snapshot().tasks().iterator().next().state());
    given.after(Duration.ofDays(1));
    assertEquals(1, given.snapshot().agents().size());
  }

  @Test
  void aTaskWhoseEndWasForwardedHoldsNothingWhateverElseItsAgentSays() {
    var ended =
        Reports.task(framework, agent, "t").toBuilder()
            .setStatusUpdateState(TaskState.TASK_FINISHED)
            .build();

    given.when(agent.returning("s", List.of(ended), List.of(framework.info())));

    assertEquals(TaskState.TASK_FINISHED, given.snapshot().tasks().iterator().next().state());
    assertTrue(given.snapshot().agents().iterator().next().allocated().isEmpty());
  }

  @Test
  void aFrameworkThatWasRemovedBeforeTheStartIsShutDownOnTheAgentThatMissedIt() {
    var removed = before.framework();

    var then =
        given.when(
            agent.returning(
                "s", List.of(Reports.task(removed, agent, "t")), List.of(removed.info())));

    assertEquals(removed.id(), then.effect(ToAgent.ShutdownFramework.class).framework());
    assertEquals(0, given.snapshot().tasks().size());
    assertEquals(1, given.snapshot().frameworks().size());
  }

  @Test
  void anAgentThatDoesNotReturnInTimeIsUnreachableAndFrameworksHearOfItOnly() {
    given.when(Scheduler.subscribe(framework.info(), "s", given.replyTo()));
    assertTrue(given.after(Duration.ofMinutes(9)).frame().isEmpty());

    var then = given.after(Duration.ofMinutes(1));

    assertEquals(agent.id(), then.event(AgentEvent.MarkedUnreachable.class).id());
    assertEquals(
        new ToFramework.AgentFailed("s", agent.id()), then.effect(ToFramework.AgentFailed.class));
    assertEquals(0, given.snapshot().recovered().size());
  }

  @Test
  void aKnownTaskOfAnAgentThatMayStillReturnIsNotAnswered() {
    given.when(Scheduler.subscribe(framework.info(), "s", given.replyTo()));
    var scheduler = new Scheduler(given, framework.id(), "s", framework.info());

    assertTrue(scheduler.reconciles(ReconcileTest.asked("t", agent.id())).updates().isEmpty());
    assertTrue(scheduler.reconciles(ReconcileTest.asked("t")).updates().isEmpty());
    var other = scheduler.reconciles(ReconcileTest.asked("t", new AgentId("x"))).update();
    assertEquals("Reconciliation: Task is unknown", other.getMessage());
  }
}
