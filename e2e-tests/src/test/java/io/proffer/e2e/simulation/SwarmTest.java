package io.proffer.e2e.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.event.LinkEvent;
import io.proffer.master.core.event.MaintenanceEvent;
import io.proffer.master.core.event.RoleEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole clusters under trouble: {@code -Dseed=N} for one, {@code -Dseeds=N} for many. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class SwarmTest {
  private static final int SEEDS = 60;
  private static final Set<Class<?>> LIVED = new HashSet<>();

  /** What no history holds so far; what is not here must happen in every build. */
  private static final Set<Class<?>> NEVER =
      Set.of(
          LinkEvent.Outdated.class, // there is one master, whose epochs grow
          AgentEvent.Stopping.class, // agents are killed, and never asked to stop
          AgentEvent.Emptied.class,
          AgentEvent.Stopped.class,
          RoleEvent.WeightsSet.class, // the operator only looks
          RoleEvent.QuotasSet.class,
          MaintenanceEvent.Changed.class,
          AgentEvent.DrainBegun.class,
          AgentEvent.DrainEnded.class,
          io.proffer.master.core.event.AgentEvent.OrdersChanged.class,
          io.proffer.master.core.event.AgentEvent.Whitelisted.class,
          io.proffer.master.core.event.AgentEvent.MarkedGone.class,
          AgentEvent.RuleFailed.class); // which breaks the history

  static LongStream seeds() {
    var seed = Long.getLong("seed");
    return seed != null
        ? LongStream.of(seed)
        : LongStream.rangeClosed(1, Integer.getInteger("seeds", SEEDS));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsLostWhateverBreaks(long seed) {
    var swarm = Run.of(seed, false);
    assertTrue(swarm.launched() > 0, "nobody launched anything");
    LIVED.addAll(swarm.lived());
  }

  /**
   * Trouble that nobody is ever in proves nothing: together the seeds live through all there is.
   */
  @AfterAll
  static void everyKindOfEventWasLived() {
    if (seeds().count() < SEEDS) {
      return;
    }
    var missing = new HashSet<Class<?>>();
    addKinds(missing, io.proffer.master.core.event.Event.class);
    addKinds(missing, io.proffer.agent.core.event.Event.class);
    missing.removeAll(LIVED);
    missing.removeAll(NEVER);
    assertEquals(Set.of(), missing, "no seed brings these about: the simulator has grown tame");
  }

  private static void addKinds(Set<Class<?>> kinds, Class<?> family) {
    var members = family.getPermittedSubclasses();
    if (members == null) {
      kinds.add(family);
      return;
    }
    for (var member : members) {
      addKinds(kinds, member);
    }
  }
}
