package io.proffer.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In which order calls come in that have waited, and which may wait. */
class AntechamberTest {
  private final List<Runnable> timers = new ArrayList<>();
  private final Antechamber antechamber =
      new Antechamber(Duration.ofSeconds(5), 100, (delay, work) -> timers.add(work));

  private final List<String> came = new ArrayList<>();

  /** What is to be done when a call is in. */
  private final ArrayDeque<Runnable> then = new ArrayDeque<>();

  private boolean keep(boolean ofAgent, String name) {
    return antechamber.keep(
        ofAgent,
        next -> {
          came.add(name);
          then.add(next);
        });
  }

  @Test
  void frameworksComeFirstAndAgentsOneAfterTheOther() {
    antechamber.open();
    IntStream.range(0, 20).forEach(i -> assertTrue(keep(true, "agent")));
    assertTrue(keep(false, "framework"));

    antechamber.close();

    assertEquals("framework", came.getFirst());
    assertEquals(8, came.size(), "the others wait until these are in");
    while (!then.isEmpty()) {
      then.poll().run();
    }
    assertEquals(21, came.size());
  }

  @Test
  void nobodyWaitsBeforeAnElectionOrAfterTheRegistryWasRead() {
    assertFalse(keep(false, "before"));
    antechamber.open();
    antechamber.close();
    assertFalse(keep(false, "after"));
    assertEquals(List.of(), came);
  }

  @Test
  void thePatienceOfOneElectionIsNotThatOfTheNext() {
    antechamber.open();
    antechamber.close();
    antechamber.open();
    assertTrue(keep(false, "call"));

    timers.get(0).run();
    assertEquals(List.of(), came);

    timers.get(1).run();
    assertEquals(List.of("call"), came);
  }

  @Test
  void withoutPatienceNobodyWaits() {
    var none = new Antechamber(Duration.ZERO, 100, (delay, work) -> timers.add(work));
    none.open();
    assertFalse(none.keep(false, next -> came.add("call")));
    assertEquals(List.of(), timers);
  }
}
