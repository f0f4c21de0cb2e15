package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.acl.Rights;
import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.TaskEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work on thousands of entities never holds the loop: each turn touches a thousand at most. */
@Timeout(60)
class LongWorkTest {
  private static final int SLICE = 1000;

  private final Given given = new Given();
  private final Scheduler framework = given.framework();
  private final Host agent = given.agent("cpus:20000");

  @Test
  void anAcceptOfTenThousandTasksGoesOnInLaterTurns() {
    var turns = launch(10_000);

    assertEquals(10, turns.size());
    for (var turn : turns) {
      assertEquals(SLICE, turn.effects(ToAgent.RunTask.class).size());
    }
    turns.getFirst().effect(Reply.Accepted.class);
    var returned = turns.getLast().event(OfferEvent.Returned.class);
    assertEquals(10_000_000, returned.resources().thousandths("cpus"));
    assertEquals(10_000, given.snapshot().tasks().size());
    assertFalse(isBusy());
  }

  @Test
  void aMalformedTaskSpoilsALongLaunchFromTheFirstToTheLastTask() {
    var malformed = Resources.parse("cpus:1", "*").messages().getFirst().toBuilder();
    malformed.getScalarBuilder().setValue(-1);
    var tasks = new ArrayList<>(tasks(2499));
    tasks.add(
        Infos.task("bad", agent.id(), "cpus:1").toBuilder().setResources(0, malformed).build());
    var offer = given.offer(framework.id(), agent.id(), "cpus:20000");

    var turns = whileBusy(() -> framework.accepts(List.of(offer), Infos.launch(tasks)));

    assertEquals(List.of(1000, 1000, 500), turns.stream().map(t -> t.updates().size()).toList());
    for (var update : turns.getLast().updates()) {
      assertEquals(TaskState.TASK_ERROR, update.getState());
      assertTrue(update.getMessage().startsWith("Resource 'cpus(allocated: r):-1' is invalid"));
    }
    assertEquals(0, given.snapshot().tasks().size());
  }

  @Test
  void tenThousandOperationsOfOneTaskEachAreCutUpAlike() {
    var operations =
        IntStream.range(0, 10_000)
            .mapToObj(i -> Infos.launch(Infos.task("t" + i, agent.id(), "cpus:1")))
            .toArray(Offer.Operation[]::new);
    var offer = given.offer(framework.id(), agent.id(), "cpus:20000");

    var turns = whileBusy(() -> framework.accepts(List.of(offer), operations));

    assertEquals(10, turns.size());
    assertEquals(10_000, given.snapshot().tasks().size());
  }

  @Test
  void tenThousandTasksOnAnOfferThatIsGoneAreReportedInLaterTurns() {
    var operations = new ArrayList<Offer.Operation>();
    operations.add(Infos.launch(tasks(2500)));
    tasks(7500).forEach(task -> operations.add(Infos.launch(task)));

    var turns =
        whileBusy(
            () ->
                framework.accepts(
                    List.of(new OfferId("gone")), operations.toArray(Offer.Operation[]::new)));

    assertEquals(10, turns.size());
    assertEquals(10_000, turns.stream().mapToInt(t -> t.updates().size()).sum());
  }

  @Test
  void noMoreLongAcceptsWaitThanAllowedAndShortOnesPass() {
    var gone = List.of(new OfferId("gone"));
    var longOne = Infos.launch(tasks(SLICE + 1));
    for (int i = 0; i < 16; i++) {
      framework.accepts(gone, longOne).effect(Reply.Accepted.class);
    }

    var refused = framework.accepts(gone, longOne);
    assertEquals(
        Rejection.unavailable(
            "The framework has 16 long ACCEPT calls on the way, and may not have more"
                + " (--max_waiting_accepts): send this one again later"),
        refused.effect(Reply.Refused.class).rejection());
    assertEquals(1, refused.frame().effects().size());
    framework.accepts(gone, Infos.launch(tasks(SLICE))).effect(Reply.Accepted.class);

    given.tick();
    framework.accepts(gone, longOne).effect(Reply.Accepted.class);
  }

  @Test
  void aKillReachesATaskThatIsAboutToBeLaunched() {
    var offer = given.offer(framework.id(), agent.id(), "cpus:20000");
    framework.accepts(List.of(offer), Infos.launch(tasks(2000)));

    assertTrue(framework.kills("t1500").updates().isEmpty());

    var update = given.tick().update();
    assertEquals("t1500", update.getTaskId().getValue());
    assertEquals(TaskState.TASK_KILLED, update.getState());
    assertEquals(TaskStatus.Reason.REASON_TASK_KILLED_DURING_LAUNCH, update.getReason());
    assertEquals("Killed before delivery to the executor", update.getMessage());
    assertEquals(1999, given.snapshot().tasks().size());
  }

  @Test
  void whatIsStillToBeLaunchedWhenItsAgentIsDrainedIsRefused() {
    var offer = given.offer(framework.id(), agent.id(), "cpus:20000");
    framework.accepts(List.of(offer), Infos.launch(tasks(1500)));
    int launched = given.snapshot().tasks().size();
    given.when(
        new OperatorCommand.Drain(
            agent.id(),
            DrainConfig.getDefaultInstance(),
            Rights.unlimited(Optional.empty()),
            given.replyTo()));

    var refused = given.tick().updates();

    assertEquals(1500 - launched, refused.size());
    var update = refused.getFirst();
    assertEquals(TaskState.TASK_LOST, update.getState());
    assertEquals(TaskStatus.Reason.REASON_AGENT_DRAINING, update.getReason());
    assertEquals("Task was received while agent was already draining", update.getMessage());
  }

  @Test
  void launchesForAnAgentThatVanishedMeanwhileAreReported() {
    var offer = given.offer(framework.id(), agent.id(), "cpus:20000");
    framework.accepts(List.of(offer), Infos.launch(tasks(1500)));
    agent.disconnects();

    var then = given.tick();

    assertEquals(500, then.updates().size());
    assertEquals("Agent disconnected", then.updates().getFirst().getMessage());
    assertTrue(then.event(OfferEvent.Returned.class).refusedForNanos().isEmpty());
  }

  @Test
  void anAgentStaysAwayWhileLaunchesWaitForWhatItOnceOffered() {
    var offer = given.offer(framework.id(), agent.id(), "cpus:20000");
    framework.accepts(List.of(offer), Infos.launch(tasks(1500)));
    agent.fallsSilent().effect(ToFramework.AgentFailed.class);

    given.when(agent.returning("s2", List.of(), List.of())).effect(ToAgent.Close.class);
    assertEquals("Agent removed", given.tick().updates().getFirst().getMessage());
    given.when(agent.returning("s3", List.of(), List.of())).effect(ToAgent.Registered.class);
    assertTrue(given.tick().effects(ToAgent.RunTask.class).isEmpty());
  }

  @Test
  void launchesForAFrameworkThatIsGoneAreForgotten() {
    var offer = given.offer(framework.id(), agent.id(), "cpus:20000");
    framework.accepts(List.of(offer), Infos.launch(tasks(1500)));
    framework.tearsDown();

    var then = given.tick();

    assertTrue(then.effects(ToAgent.RunTask.class).isEmpty());
    assertEquals(19_000_000, then.event(OfferEvent.Returned.class).resources().thousandths("cpus"));
  }

  @Test
  void tearingDownABigFrameworkTakesItsIdAtOnceAndItsTasksByAndBy() {
    launch(3500);

    var turns = whileBusy(framework::tearsDown);

    turns.getFirst().event(FrameworkEvent.Removed.class);
    turns.getFirst().effect(ToAgent.ShutdownFramework.class);
    assertEquals(4, turns.size());
    assertEquals(0, given.snapshot().tasks().size());
    assertEquals(1000, given.snapshot().completedTasks().size());
    assertTrue(given.snapshot().agents().iterator().next().allocated().isEmpty());
    assertEquals(
        3500, turns.stream().mapToInt(t -> t.events(OfferEvent.Returned.class).size()).sum());
  }

  @Test
  void losingAnAgentWithManyTasksTellsOfItAfterTheLastAndKeepsItAwayUntilThen() {
    launch(2500);

    var first = agent.fallsSilent();
    first.event(AgentEvent.MarkedUnreachable.class);
    var returning = given.when(agent.returning("s2", List.of(), List.of()));
    assertEquals("s2", returning.effect(ToAgent.Close.class).session());
    var turns = whileBusy(given::tick);

    assertEquals(
        2500, turns.stream().mapToInt(t -> t.events(TaskEvent.Unreachable.class).size()).sum());
    turns.getLast().effect(ToFramework.AgentFailed.class);
    given.when(agent.returning("s3", List.of(), List.of())).effect(ToAgent.Registered.class);
  }

  @Test
  void implicitReconciliationWaitsForItsReaderAfterEachPage() {
    launch(2500);

    assertPages(framework::reconciles, 2500);
  }

  @Test
  void aHundredThousandTasksAskedForAreAnsweredInPages() {
    var asked =
        IntStream.range(0, 100_000)
            .mapToObj(i -> ReconcileTest.asked("t" + i))
            .toArray(Call.Reconcile.Task[]::new);

    assertPages(() -> framework.reconciles(asked), 100_000);
  }

  @Test
  void ofManyLongReconciliationsNoMoreWaitThanAllowed() {
    launch(1500);
    var asked =
        IntStream.range(0, 1500)
            .mapToObj(i -> ReconcileTest.asked("t" + i))
            .toArray(Call.Reconcile.Task[]::new);
    for (int i = 0; i < 100; i++) {
      asked[0] = ReconcileTest.asked("x" + i);
      framework.reconciles(asked.clone());
    }

    int answers = 0;
    while (true) {
      var then = framework.drains();
      answers += then.updates().size();
      if (then.effects(ToFramework.PageEnd.class).isEmpty()) {
        break;
      }
    }
    assertEquals(16 * 1500 - SLICE, answers);
  }

  @Test
  void nobodyIsAnsweredOnAStreamThatEnded() {
    launch(1500);
    framework.reconciles();
    framework.again();

    assertTrue(framework.drains().frame().isEmpty());
  }

  private void assertPages(Supplier<Then> call, int tasks) {
    var then = call.get();
    int answers = then.updates().size();
    while (!then.effects(ToFramework.PageEnd.class).isEmpty()) {
      assertEquals(SLICE, then.updates().size());
      assertFalse(isBusy(), "the next page waits for the reader, not for a tick");
      then = framework.drains();
      answers += then.updates().size();
    }
    assertEquals(tasks, answers);
  }

  private List<Then> launch(int count) {
    var offer = given.offer(framework.id(), agent.id(), "cpus:20000");
    return whileBusy(() -> framework.accepts(List.of(offer), Infos.launch(tasks(count))));
  }

  private List<TaskInfo> tasks(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Infos.task("t" + i, agent.id(), "cpus:1"))
        .toList();
  }

  private List<Then> whileBusy(Supplier<Then> first) {
    var turns = new ArrayList<>(Stream.of(first.get()).toList());
    while (isBusy()) {
      turns.add(given.tick());
    }
    return turns;
  }

  private boolean isBusy() {
    var next = given.core.nextDeadlineNanos();
    return next.isPresent() && next.getAsLong() <= given.moment().monotonicNanos();
  }
}
