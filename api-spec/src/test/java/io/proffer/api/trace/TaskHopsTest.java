package io.proffer.api.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TaskHopsTest {
  private final List<String> lines = new ArrayList<>();
  private long now;
  private final TaskHops hops = new TaskHops(1, () -> now, lines::add);

  @Test
  void eachHopIsTimedAndAllAreSummedUpWhenTheTaskRuns() {
    hops.begin("t", "decoded");
    now += 1_500_000;
    hops.hop("t", "decided");
    now += 40_000_000;
    hops.arrive("t", "forwarded");
    now += 2_000_000;
    hops.end("t", "acknowledged", "forwarded");

    assertEquals(
        List.of(
            "Task t: decoded",
            "Task t: decided, 1.5 ms after decoded",
            "Task t: forwarded, 40.0 ms after decided",
            "Task t took 41.5 ms from decoded: decided 1.5, forwarded 40.0",
            "Task t: acknowledged, 2.0 ms after forwarded"),
        lines);
  }

  @Test
  void aHopThatComesAgainIsNotTold() {
    hops.begin("t", "decoded");
    hops.arrive("t", "forwarded");
    var told = List.copyOf(lines);

    hops.arrive("t", "forwarded");

    assertEquals(told, lines);
  }

  @Test
  void anAcknowledgementOfAnEarlierUpdateIsNotTheLastHop() {
    hops.begin("t", "decoded");

    hops.end("t", "acknowledged", "forwarded");

    assertEquals(List.of("Task t: decoded"), lines);
  }

  @Test
  void oneMoreThanThereMayBeTakesThePlaceOfTheOldest() {
    hops.begin("t", "decoded");
    hops.begin("u", "decoded");
    hops.hop("t", "decided");
    hops.hop("u", "decided");

    assertEquals(
        List.of("Task t: decoded", "Task u: decoded", "Task u: decided, 0.0 ms after decoded"),
        lines);
  }
}
