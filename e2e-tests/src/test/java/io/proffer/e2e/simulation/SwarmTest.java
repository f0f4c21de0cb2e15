package io.proffer.e2e.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.event.LinkEvent;
import io.proffer.master.core.event.InverseOfferEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
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

  /** For so many seeds with one master there is one with three. */
  private static final int OF_THREE = 5;

  private static final Set<Class<?>> LIVED = new HashSet<>();

  /** Where nobody launched anything: of thousands one may hold nothing but outages. */
  private static final Set<Long> IDLE = new TreeSet<>();

  /** What no history holds so far; what is not here must happen in every build. */
  private static final Set<Class<?>> NEVER =
      Set.of(
          LinkEvent.Outdated.class, // masters refuse agents that have followed a later one
          LinkEvent.Sighted.class, // simulated agents find their leader by redirects
          io.proffer.agent.core.event.ExecutorEvent.Overfull.class, // executors say little
          InverseOfferEvent.Made.class, // only machines without agents are maintained
          InverseOfferEvent.Answered.class,
          InverseOfferEvent.Ended.class,
          InverseOfferEvent.AnswersForgotten.class,
          io.proffer.master.core.event.AgentEvent.Whitelisted.class,
          io.proffer.master.core.event.AgentEvent.Pruned.class, // histories are too short
          AgentEvent.RuleFailed.class); // which breaks the history

  static LongStream seeds() {
    var seed = Long.getLong("seed");
    var seeds = Integer.getInteger("seeds", SEEDS);
    return seed != null
        ? LongStream.of(seed)
        : LongStream.concat(
            LongStream.rangeClosed(1, seeds),
            LongStream.rangeClosed(Swarm.THREE + 1, Swarm.THREE + seeds / OF_THREE));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsLostWhateverBreaks(long seed) {
    var swarm = Run.of(seed, false);
    if (swarm.launched() == 0) {
      IDLE.add(seed);
    }
    LIVED.addAll(swarm.lived());
  }

  /**
   * Trouble that nobody is ever in proves nothing: together the seeds live through all there is.
   */
  @AfterAll
  static void togetherTheyLiveThroughAllThereIs() {
    assertTrue(IDLE.size() <= seeds().count() / 100, "nobody launched anything: " + IDLE);
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
