package io.proffer.api.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.log.Foreign;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TaskHopsTest {
  private final List<String> lines = new ArrayList<>();
  private final List<Trip> trips = new ArrayList<>();
  private long now;
  private final TaskHops hops = new TaskHops(1, () -> now, lines::add, trips::add);

  @Test
  void eachHopIsTimedAndAllAreSummedUpWhenTheTaskRuns() {
    hops.begin("t", new Trip.Task("f", "t"), "decoded");
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
    assertEquals(
        List.of(
            new Trip(
                new Trip.Task("f", "t"),
                List.of(
                    new Trip.Hop("decoded", 0),
                    new Trip.Hop("decided", 1_500_000),
                    new Trip.Hop("forwarded", 41_500_000)))),
        trips);
  }

  @Test
  void anIdWithALineBreakStaysOnItsLineAndIsNotEndless() {
    var key = "evil\nTask t: forged" + "x".repeat(3_000);
    hops.begin(key, new Trip.Task("f", key), "decoded");
    hops.hop(key, "decided");
    hops.arrive(key, "forwarded");

    assertEquals(4, lines.size());
    for (var line : lines) {
      assertTrue(line.startsWith("Task evil\\nTask t: forgedxxx"), line.substring(0, 40));
      assertTrue(line.length() < 2 * Foreign.LONGEST, () -> "length " + line.length());
    }
  }

  @Test
  void aHopThatComesAgainIsNotTold() {
    hops.begin("t", new Trip.Task("f", "t"), "decoded");
    hops.arrive("t", "forwarded");
    var told = List.copyOf(lines);

    hops.arrive("t", "forwarded");

    assertEquals(told, lines);
  }

  @Test
  void anAcknowledgementOfAnEarlierUpdateIsNotTheLastHop() {
    hops.begin("t", new Trip.Task("f", "t"), "decoded");

    hops.end("t", "acknowledged", "forwarded");

    assertEquals(List.of("Task t: decoded"), lines);
  }

  @Test
  void oneMoreThanThereMayBeTakesThePlaceOfTheOldest() {
    hops.begin("t", new Trip.Task("f", "t"), "decoded");
    hops.begin("u", new Trip.Task("f", "u"), "decoded");
    hops.hop("t", "decided");
    hops.hop("u", "decided");

    assertEquals(
        List.of("Task t: decoded", "Task u: decoded", "Task u: decided, 0.0 ms after decoded"),
        lines);
  }
}
