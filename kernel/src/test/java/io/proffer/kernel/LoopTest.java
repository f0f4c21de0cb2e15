package io.proffer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop, driven by hand as a simulator does. */
@Timeout(10)
final class LoopTest {
  private final Cores.Echo core = new Cores.Echo();
  private final Cores.HandJournal journal = new Cores.HandJournal();
  private final Cores.HandClock clock = new Cores.HandClock();
  private final List<List<String>> sent = new ArrayList<>();
  private final List<String> turned = new ArrayList<>();
  private final Gate<String, String> gate =
      new Gate<>(
          Cores::durable,
          journal,
          frame -> {},
          sent::add,
          clock,
          new Gate.Limits(5, Duration.ofSeconds(20)));
  private final Loop<String, String, String> loop = loop(7);

  private Loop<String, String, String> loop(long seed) {
    return new Loop<>(
        "test",
        core,
        () -> "tick",
        gate,
        new Moments(clock, () -> new UUID(0, 1), seed),
        new Loop.Limits(8, 3, Duration.ofSeconds(5)),
        (command, nanos, waited) -> turned.add(command + " " + nanos + " after " + waited),
        failure -> {});
  }

  private void offer(String... commands) {
    for (var command : commands) {
      assertTrue(loop.offer(command), command);
    }
  }

  @Test
  void commandsHaveTheirTurnsInOrderAndLeaveAsOneBatchPerDrain() {
    offer("effect 1", "effect 2", "effect 3", "effect 4");
    assertTrue(loop.drain());
    assertEquals(List.of(List.of("sent effect 1", "sent effect 2", "sent effect 3")), sent);
    assertTrue(loop.drain());
    assertFalse(loop.drain());
    assertEquals(List.of("effect 1", "effect 2", "effect 3", "effect 4"), core.handled);
  }

  @Test
  void aFullQueueRefusesAtOnceAndTakesAgainAfterADrain() {
    offer("1", "2", "3", "4", "5", "6", "7", "8");
    assertFalse(loop.offer("9"));
    assertEquals(8, loop.queued());
    loop.drain();
    assertTrue(loop.offer("9"));
  }

  @Test
  void effectsOfADurableFactWaitForItsWrite() {
    offer("durable 1", "effect 2");
    loop.drain();
    assertEquals(List.of(), sent);
    journal.succeed();
    loop.drain();
    assertEquals(List.of(List.of("sent durable 1", "sent effect 2")), sent);
  }

  @Test
  void aFullGateStopsTheLoopUntilItHasRoom() {
    offer("durable 1", "effect 2", "effect 3", "effect 4", "effect 5", "effect 6");
    loop.drain();
    loop.drain();
    assertFalse(loop.drain());
    assertEquals(5, core.handled.size());
    assertEquals(1, loop.queued());
    core.deadline = OptionalLong.of(0);
    assertFalse(loop.drain(), "ticks wait too");
    journal.succeed();
    assertTrue(loop.drain());
    assertEquals("effect 6", core.handled.get(5));
  }

  @Test
  void aTickThatIsDueLetsWaitingCommandsGoFirst() {
    core.deadline = OptionalLong.of(10);
    offer("1", "2");
    loop.drain();
    assertEquals(List.of("1", "2"), core.handled);
    clock.forward(Duration.ofNanos(10));
    offer("3");
    loop.drain();
    assertEquals(List.of("1", "2", "3", "tick"), core.handled);
    assertFalse(loop.drain());
  }

  @Test
  void commandsDoNotStarveTicksNorTicksCommands() {
    core.deadline = OptionalLong.of(0);
    core.onTick = () -> {};
    offer("1", "2", "3", "4", "5", "6", "7");
    loop.drain();
    loop.drain();
    loop.drain();
    assertEquals(List.of("1", "2", "3", "tick", "4", "5", "6", "tick", "7", "tick"), core.handled);
  }

  @Test
  void momentsCarryTheClockAndRepeatWithTheirSeed() {
    clock.forward(Duration.ofSeconds(3));
    offer("1", "2");
    loop.drain();
    var again = loop(7);
    assertTrue(again.offer("1"));
    again.drain();
    var other = loop(8);
    assertTrue(other.offer("1"));
    other.drain();
    var moments = core.moments;
    assertEquals(3_000_000_000L, moments.getFirst().monotonicNanos());
    assertEquals(clock.wall(), moments.getFirst().wall());
    assertEquals(new UUID(0, 1), moments.getFirst().ids().next());
    assertEquals(moments.get(0).seed(), moments.get(2).seed());
    assertFalse(moments.get(0).seed() == moments.get(1).seed());
    assertFalse(moments.get(0).seed() == moments.get(3).seed());
  }

  @Test
  void everyTurnIsMeasuredTicksToo() {
    core.deadline = OptionalLong.of(0);
    core.onTick =
        () -> {
          clock.forward(Duration.ofNanos(42));
          core.deadline = OptionalLong.empty();
        };
    offer("1");
    clock.forward(Duration.ofNanos(7));
    loop.drain();
    assertEquals(List.of("1 0 after 7", "tick 42 after 0"), turned);
  }
}
