package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.AgentId;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.fact.ConstraintLimits;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.state.Losses;
import io.proffer.master.core.state.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Agents that were lost long ago are forgotten. */
class PruneTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);

  static Given given(int turnEntities, int maxAgentCount) {
    return new Given(
        new CoreSettings(
            Duration.ofMinutes(10),
            Optional.empty(),
            Optional.empty(),
            true,
            50,
            1000,
            1000,
            turnEntities,
            16,
            16,
            new Retention(QUARTER, Duration.ofDays(14), maxAgentCount),
            ConstraintLimits.defaults(),
            Losses.defaults()));
  }

  private static List<AgentId> pruned(Then then) {
    return then.events(AgentEvent.Pruned.class).stream().map(AgentEvent.Pruned::id).toList();
  }

  @Test
  void whatWasOutOfReachForTwoWeeksIsForgottenWithItsTasks() {
    var given = given(1000, 10);
    var framework = given.framework(Infos.PARTITION_AWARE);
    var host = given.agent("cpus:1");
    framework.launches(
        given.offer(framework.id(), host.id(), "cpus:1"), Infos.task("a", host.id(), "cpus:1"));
    host.fallsSilent();
    assertEquals(List.of(), pruned(given.after(QUARTER)));
    assertEquals(List.of(), pruned(given.after(Duration.ofDays(13))));

    var then = given.after(Duration.ofDays(1));

    assertEquals(List.of(host.id()), pruned(then));
    assertEquals(0, given.snapshot().unreachableAgents());
    assertEquals(0, given.snapshot().unreachableTasks().size());
    assertTrue(given.core.nextDeadlineNanos().isEmpty(), "nothing is left to look for");
  }

  @Test
  void whoIsGoneForTwoWeeksMayComeAgain() {
    var given = given(1000, 10);
    var host = given.agent("cpus:1");
    given.when(new OperatorCommand.MarkGone(host.id(), given.replyTo()));

    assertEquals(List.of(host.id()), pruned(given.after(Duration.ofDays(15))));

    given.when(host.returning("again", List.of(), List.of())).effect(ToAgent.Registered.class);
  }

  @Test
  void ofTooManyTheOldestAreForgotten() {
    var given = given(1000, 2);
    var lost = new ArrayList<AgentId>();
    for (int i = 0; i < 4; i++) {
      var host = given.agent("cpus:1");
      lost.add(host.id());
      given.after(Duration.ofSeconds(1));
      host.fallsSilent();
    }

    assertEquals(lost.subList(0, 2), pruned(given.after(QUARTER)));
    assertEquals(2, given.snapshot().unreachableAgents());
  }

  @Test
  void manyAreForgottenInSlices() {
    var given = given(3, 1);
    for (int i = 0; i < 8; i++) {
      given.agent("cpus:1").fallsSilent();
    }

    var first = pruned(given.after(QUARTER));
    var second = pruned(given.tick());

    assertEquals(6, first.size(), "a slice when it is due, and one of the work that is left");
    assertEquals(1, second.size());
    assertEquals(1, given.snapshot().unreachableAgents());
  }

  @Test
  void thoseOfTheRegistryAreForgottenTooTheOldestFirst() {
    var given = given(1000, 1);
    var old = new AgentId("z");
    var fresh = new AgentId("a");
    var unreachable = new LinkedHashMap<AgentId, Instant>();
    unreachable.put(fresh, Given.START.minusSeconds(1));
    unreachable.put(old, Given.START.minusSeconds(2));
    var gone = new TreeMap<AgentId, Instant>();
    gone.put(new AgentId("g"), Given.START.minus(Duration.ofDays(15)));
    given.core.recover(List.of(), List.of(), unreachable, given.moment());
    given.core.recoverOrders(new TreeMap<>(), gone, given.moment());

    assertEquals(List.of(old, new AgentId("g")), pruned(given.after(QUARTER)));
  }
}
