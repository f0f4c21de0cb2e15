package io.proffer.agent.core;

import static io.proffer.agent.TaskMessages.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.LeaderCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.effect.Stop;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.api.id.AgentId;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.v1.DurationInfo;
import io.proffer.api.v1.KillPolicy;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.v1.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RegistrationTest {
  private static final MasterInfo MASTER =
      MasterInfo.newBuilder().setId("m").setIp(0).setPort(5050).build();

  private static final OperatorCommand STOP =
      new OperatorCommand.Stop("asked", Duration.ofSeconds(15));

  private static void lose(Agents agent) {
    agent.when(new MasterCommand.Lost(agent.session(), "gone"));
  }

  private static Agents started() {
    var agent = new Agents();
    agent.tickWhenDue();
    return agent;
  }

  @Test
  void theFirstAttemptIsMadeWithinASecond() {
    var agent = started();
    assertTrue(agent.untilNextDeadline().compareTo(Duration.ofSeconds(1)) <= 0);
    var open = agent.tickWhenDue().opened().orElseThrow();
    assertEquals(0, open.attempt());
    assertFalse(open.subscribe().getAgentInfo().hasId());
    assertEquals("10.0.0.1", open.subscribe().getIp());
    assertEquals(8, open.subscribe().getCapabilitiesCount());
  }

  @Test
  void anAgentThatNeverHadAMasterWaitsLongerAndLongerUpToAMinute() {
    var agent = started();
    long bound = 2;
    var longest = Duration.ZERO;
    for (var attempt = 1; attempt < 12; attempt++) {
      agent.tickWhenDue().opened();
      lose(agent);
      var wait = agent.untilNextDeadline();
      assertTrue(wait.compareTo(Duration.ofSeconds(bound)) <= 0);
      longest = wait.compareTo(longest) > 0 ? wait : longest;
      bound = Math.min(60, bound * 2);
    }
    assertTrue(longest.compareTo(Duration.ofSeconds(16)) > 0, "the bound has grown");
    assertEquals(11, agent.tickWhenDue().opened().orElseThrow().attempt());
  }

  @Test
  void anAgentThatLostItsMasterTriesEachSecondForAWhile() {
    var agent = Agents.registered();
    lose(agent);
    var waited = Duration.ZERO;
    while (waited.compareTo(Duration.ofSeconds(29)) < 0) {
      assertTrue(agent.untilNextDeadline().compareTo(Duration.ofSeconds(1)) <= 0);
      waited = waited.plus(agent.untilNextDeadline());
      agent.tickWhenDue().opened();
      lose(agent);
    }
  }

  @Test
  void aNewLeaderIsAskedAsSoonAsAFirstOneWouldBe() {
    var agent = started();
    for (var attempt = 1; attempt < 12; attempt++) {
      agent.tickWhenDue().opened();
      lose(agent);
    }
    var sighted = new LeaderCommand.Sighted("h:5050");
    for (var times = 0; times < 100; times++) {
      agent.when(sighted);
      assertTrue(agent.untilNextDeadline().compareTo(Duration.ofSeconds(1)) <= 0);
    }
    assertEquals(11, agent.tickWhenDue().opened().orElseThrow().attempt());
    lose(agent);
    var wait = agent.untilNextDeadline();
    assertTrue(wait.compareTo(Duration.ofSeconds(2)) <= 0, "the back-off begins anew: " + wait);
  }

  @Test
  void aLeaderThatIsSightedDoesNotPutOffAnAttempt() {
    var agent = Agents.registered();
    lose(agent);
    var planned = agent.untilNextDeadline();
    for (var times = 0; times < 100; times++) {
      agent.when(new LeaderCommand.Sighted("h:5050"));
      assertTrue(agent.untilNextDeadline().compareTo(planned) <= 0);
    }
  }

  @Test
  void aSessionIsNotDisturbedByWhoIsSighted() {
    var agent = Agents.registered();
    var session = agent.session();
    agent.when(new LeaderCommand.Sighted("h:5050"));
    assertEquals(List.of(), agent.effects());
    assertEquals(session, agent.session());
    assertEquals(1, agent.kill("unknown").updates().size());
  }

  @Test
  void anAgentThatStopsTurnsToNobody() {
    var agent = Agents.registered();
    agent.running(Agents.PLAIN, task("t", "true"));
    agent.when(STOP);
    lose(agent);
    agent.when(new LeaderCommand.Sighted("h:5050"));
    assertFalse(agent.tickWhenDue().opened().isPresent());
  }

  @Test
  void anAgentComesBackWithItsIdItsEpochAndItsTasks() {
    var agent = Agents.registered();
    agent.running(Agents.PLAIN, task("t", "true"));
    lose(agent);
    var subscribe = agent.tickWhenDue().opened().orElseThrow().subscribe();
    assertEquals("S0", subscribe.getAgentInfo().getId().getValue());
    assertEquals(1, subscribe.getLastEpoch());
    assertEquals(TaskState.TASK_RUNNING, subscribe.getTasks(0).getState());
    assertFalse(subscribe.getTasks(0).hasExecutorId());
    assertEquals(List.of(Agents.PLAIN), subscribe.getFrameworksList());
  }

  @Test
  void aTaskIsReportedUntilItsLastUpdateIsAcknowledged() {
    var agent = Agents.registered();
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    var last = agent.when(new ContainerCommand.Exited(container, 0)).update();
    lose(agent);
    var report = agent.tickWhenDue().opened().orElseThrow().subscribe().getTasks(0);
    assertEquals(TaskState.TASK_FINISHED, report.getState());
    assertEquals(last.getUuid(), report.getStatusUpdateUuid());
  }

  @Test
  void ofAnyTwoAttemptsAMasterCanTellTheLaterOne() {
    var agent = Agents.registered().recovered(Duration.ZERO);
    var first = attempt(agent);
    lose(agent);
    var second = attempt(agent);
    var ofTheNextRun = attempt(agent.recovered(Duration.ofDays(-1)));

    assertEquals(1, first.getAttempt());
    assertEquals(2, second.getAttempt());
    assertEquals(first.getRun(), second.getRun());
    assertEquals(first.getRun() + 1, ofTheNextRun.getRun(), "whatever the clock says");
    assertEquals(1, ofTheNextRun.getAttempt());
  }

  @Test
  void anAgentThatForgotItsRunsCountsThemByTheClock() {
    var agent = Agents.registered().recovered(Duration.ZERO);
    var before = attempt(agent);
    agent.when(STOP);
    while (!agent.effects().contains(new Stop("asked"))) {
      agent.tickWhenDue();
    }

    assertEquals(Optional.empty(), agent.memory().run());
    assertTrue(attempt(agent.recovered(Duration.ofSeconds(1))).getRun() > before.getRun());
  }

  private static Subscribe attempt(Agents agent) {
    while (agent.opened().isEmpty()) {
      agent.tickWhenDue();
    }
    return agent.opened().orElseThrow().subscribe();
  }

  @Test
  void aMasterOfALowerEpochIsRefused() {
    var agent = new Agents();
    agent.register(5);
    lose(agent);
    agent.register(4);
    assertEquals(List.of(new ToMaster.Close(agent.session())), agent.effects());
    agent.register(5);
    assertEquals(List.of(), agent.effects());
    agent.kill("unknown");
    assertEquals(1, agent.updates().size());
  }

  @Test
  void wordsOfAnotherSessionAreNotHeard() {
    var agent = Agents.registered();
    agent.when(new MasterCommand.RunTask("other", Agents.PLAIN, task("t", "true").build(), true));
    assertEquals(List.of(), agent.effects());
    agent.when(new MasterCommand.Registered("other", 9, new AgentId("S9"), MASTER));
    agent.when(new MasterCommand.Lost("other", "gone"));
    assertEquals(1, agent.kill("unknown").updates().size());
  }

  @Test
  void anAgentThatIsStoppedKillsItsTasksAndLeavesWhenTheyAreAcknowledged() {
    var agent = Agents.registered();
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    agent.when(STOP);
    assertEquals(List.of(new ToContainer.Terminate(container)), agent.effects());
    var killed = agent.when(new ContainerCommand.Exited(container, 15)).update();
    assertEquals(TaskState.TASK_KILLED, killed.getState());
    assertEquals(
        List.of(new ToMaster.Unregister(agent.session()), new Stop("asked")),
        agent.acknowledge(killed).effects());
  }

  @Test
  void anAgentThatIsStoppedWaitsForNoGraceThatIsLongerThanItsOwn() {
    var agent = Agents.registered();
    var policy =
        KillPolicy.newBuilder()
            .setGracePeriod(
                DurationInfo.newBuilder().setNanoseconds(Duration.ofHours(1).toNanos()));
    var running = agent.running(Agents.PLAIN, task("t", "true").setKillPolicy(policy));
    var killed = agent.running(Agents.PLAIN, task("u", "true").setKillPolicy(policy));
    agent.kill("u");
    agent.after(Duration.ofSeconds(5));
    agent.when(STOP);
    assertEquals(
        List.of(new ToContainer.Destroy(killed)), agent.after(Duration.ofSeconds(10)).effects());
    assertEquals(
        List.of(new ToContainer.Destroy(running)), agent.after(Duration.ofSeconds(5)).effects());
  }

  @Test
  void anAgentThatWasSentAwayIsInAHurryOnceItsProcessShallEnd() {
    var agent = Agents.registered();
    var policy =
        KillPolicy.newBuilder()
            .setGracePeriod(
                DurationInfo.newBuilder().setNanoseconds(Duration.ofHours(1).toNanos()));
    var container = agent.running(Agents.PLAIN, task("t", "true").setKillPolicy(policy));
    agent.when(new MasterCommand.Shutdown(agent.session(), "marked gone"));
    assertEquals(List.of(), agent.after(Duration.ofMinutes(1)).effects());
    agent.when(STOP);
    assertEquals(List.of(new ToContainer.Destroy(container)), agent.after(Duration.ZERO).effects());
  }

  @Test
  void anAgentThatHasStoppedDoesNotStopAgain() {
    var agent = Agents.registered();
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    agent.when(STOP);
    var killed = agent.when(new ContainerCommand.Exited(container, 15)).update();
    agent.after(Duration.ofSeconds(1));
    assertEquals(List.of(), agent.acknowledge(killed).frame().events());
    lose(agent);
    assertEquals(List.of(), agent.frame().events());
    assertEquals(List.of(), agent.after(Duration.ofHours(1)).effects());
  }

  @Test
  void anAgentThatStopsLaunchesNothingMore() {
    var agent = Agents.registered();
    agent.running(Agents.PLAIN, task("t", "true"));
    agent.when(STOP);
    agent.when(
        new MasterCommand.RunTask(agent.session(), Agents.PLAIN, task("u", "true").build(), true));
    assertEquals(TaskState.TASK_LOST, agent.update().getState());
    assertEquals("The agent is stopping", agent.update().getMessage());
  }

  @Test
  void anAgentThatStopsWaitsForAcknowledgementsOnlySoLong() {
    var agent = Agents.registered();
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    agent.when(STOP);
    agent.when(new ContainerCommand.Exited(container, 15));
    assertTrue(agent.after(Duration.ofSeconds(1)).effects().contains(new Stop("asked")));
  }

  @Test
  void anAgentThatStopsWithoutAMasterWaitsForNobody() {
    var agent = Agents.registered();
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    lose(agent);
    agent.when(STOP);
    agent.when(new ContainerCommand.Exited(container, 15));
    assertEquals(new Stop("asked"), agent.effects().getLast());
  }

  @Test
  void anAgentThatIsSentAwayStopsForGood() {
    var agent = new Agents();
    agent.tickWhenDue().tickWhenDue().opened();
    agent.when(new MasterCommand.Shutdown(agent.session(), "Machine is `DOWN`"));
    var why = "The master ordered this agent to stop: Machine is `DOWN`";
    assertEquals(List.of(new Stop(why)), agent.effects());
    lose(agent);
    assertEquals(List.of(), agent.after(Duration.ofMinutes(5)).effects());
  }

  @Test
  void aRuleThatThrowsIsUndone() {
    var agent = Agents.registered();
    var container = agent.run(Agents.PLAIN, task("t", "true"));
    // No command is like this one.
    agent.when(new MasterCommand.RunTask(agent.session(), Agents.PLAIN, null, true));
    assertTrue(agent.frame().events().getFirst() instanceof AgentEvent.RuleFailed);
    agent.when(new ContainerCommand.Started(container, 42));
    assertEquals(TaskState.TASK_STARTING, agent.update().getState());
  }
}
