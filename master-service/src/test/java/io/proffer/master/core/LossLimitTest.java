package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.state.Losses;
import io.proffer.master.core.state.MustStopException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many agents may become unreachable (lifecycle, section 4). */
class LossLimitTest {
  private static final Duration INTERVAL = Duration.ofMinutes(2);
  private static final Duration REREGISTER = CoreSettings.defaults().agentReregisterTimeout();

  private final Given given = limited(Optional.of(INTERVAL), 1);

  @Test
  void ofTwoThatAreSilentOneIsGivenUpAndTheOtherWhenItIsStillSilentAfterTheInterval() {
    var one = given.agent("cpus:1");
    var other = given.agent("cpus:2");

    one.fallsSilent().event(AgentEvent.MarkedUnreachable.class);
    assertTrue(other.fallsSilent().frame().isEmpty());
    given.after(INTERVAL.minusMillis(1));
    assertTrue(other.fallsSilent().frame().isEmpty());
    given.after(Duration.ofMillis(1));
    assertEquals(1, given.snapshot().agents().size(), "it may have answered meanwhile");
    other.fallsSilent().event(AgentEvent.MarkedUnreachable.class);
  }

  @Test
  void whoDoesNotComeBackIsGivenUpOneAfterTheOtherAndWhoComesBackMeanwhileIsNot() {
    var hosts = IntStream.range(1, 5).mapToObj(i -> given.agent("cpus:" + i)).toList();
    hosts.forEach(Host::disconnects);

    given.after(REREGISTER);
    assertEquals(1, given.snapshot().unreachableAgents());
    given.when(hosts.get(2).returning("back", List.of(), List.of()));
    given.after(INTERVAL.minusMillis(1));
    assertEquals(1, given.snapshot().unreachableAgents());
    given.after(Duration.ofMillis(1));
    assertEquals(2, given.snapshot().unreachableAgents());
    given.after(INTERVAL.multipliedBy(10));

    assertEquals(3, given.snapshot().unreachableAgents());
    assertEquals(hosts.get(2).id(), given.snapshot().agents().iterator().next().id());
  }

  @Test
  void whoComesBackWhileItWaitsTakesNoTimeFromOneThatIsSilent() {
    var hosts = IntStream.range(0, 5).mapToObj(i -> given.agent("cpus:1")).toList();
    hosts.forEach(Host::disconnects);
    given.after(REREGISTER);
    assertEquals(1, given.snapshot().unreachableAgents());
    var back = hosts.subList(1, 5);
    back.forEach(host -> given.when(host.returning("back " + host.id(), List.of(), List.of())));
    var silent = given.agent("cpus:1");

    given.after(INTERVAL.minusMillis(1));
    assertTrue(silent.fallsSilent().frame().isEmpty());
    given.after(Duration.ofMillis(1));
    silent.fallsSilent().event(AgentEvent.MarkedUnreachable.class);

    assertEquals(2, given.snapshot().unreachableAgents());
    assertEquals(4, given.snapshot().agents().size());
  }

  @Test
  void whoComesBackWhileItWaitsTakesNoTimeFromThoseBehindIt() {
    var hosts = IntStream.range(0, 5).mapToObj(i -> given.agent("cpus:1")).toList();
    hosts.forEach(Host::disconnects);
    given.after(REREGISTER);
    hosts
        .subList(1, 4)
        .forEach(host -> given.when(host.returning("back " + host.id(), List.of(), List.of())));

    given.after(INTERVAL.minusMillis(1));
    assertEquals(1, given.snapshot().unreachableAgents());
    given.after(Duration.ofMillis(1)).event(AgentEvent.MarkedUnreachable.class);

    assertEquals(3, given.snapshot().agents().size());
  }

  @Test
  void whoIsSilentHasToWaitForThoseThatWaitAlready() {
    var silent = given.agent("cpus:1");
    var away = List.of(given.agent("cpus:1"), given.agent("cpus:1"));
    away.forEach(Host::disconnects);
    given.after(REREGISTER);

    given.pass(INTERVAL.toNanos());
    assertTrue(silent.fallsSilent().frame().isEmpty());
    given.tick().event(AgentEvent.MarkedUnreachable.class);
    assertTrue(silent.fallsSilent().frame().isEmpty());
    given.after(INTERVAL);
    silent.fallsSilent().event(AgentEvent.MarkedUnreachable.class);
  }

  @Test
  void agentsOfTheRegistryAreGivenUpOneAfterTheOtherToo() {
    recover(given, 3);

    given.after(REREGISTER);
    assertEquals(1, given.snapshot().unreachableAgents());
    given.after(INTERVAL);
    given.after(INTERVAL);
    assertEquals(3, given.snapshot().unreachableAgents());
  }

  @Test
  void aMasterThatWouldGiveUpTooManyAgentsOfTheRegistryStops() {
    var half = limited(Optional.empty(), 0.5);
    recover(half, 4);

    var stop = assertThrows(MustStopException.class, () -> half.after(REREGISTER));

    assertEquals(
        "4 of 4 agents that the registry knows (100.0%) have not come back within"
            + " --agent_reregister_timeout, and --recovery_agent_removal_limit=50% lets no more"
            + " than that be given up: see whether agents can reach this master, and start it"
            + " again; or raise the limit",
        stop.getMessage());
  }

  @Test
  void asManyAsTheLimitAreGivenUp() {
    var before = new Given();
    var back = before.agent("cpus:1");
    var away = before.agent("cpus:2");
    var half = limited(Optional.empty(), 0.5);
    half.core.recover(List.of(), List.of(back.info(), away.info()), Map.of(), half.moment());
    half.when(back.returning("s", List.of(), List.of()));
    half.after(REREGISTER);
    assertEquals(1, half.snapshot().unreachableAgents());

    var all = limited(Optional.empty(), 1);
    recover(all, 3);
    all.after(REREGISTER);
    assertEquals(3, all.snapshot().unreachableAgents());
  }

  private static Given limited(Optional<Duration> interval, double part) {
    return new Given(CoreSettings.defaults().withLosses(new Losses(interval, part)));
  }

  private static void recover(Given given, int agents) {
    var infos =
        IntStream.range(0, agents)
            .mapToObj(
                i -> {
                  var info = AgentInfo.newBuilder().setHostname("host" + i);
                  info.getIdBuilder().setValue("old-S" + i);
                  return info.build();
                })
            .toList();
    given.core.recover(List.of(), infos, Map.of(), given.moment());
  }
}
