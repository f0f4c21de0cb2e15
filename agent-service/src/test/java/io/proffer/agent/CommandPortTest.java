package io.proffer.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.agent.core.command.ClockCommand;
import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.event.Event;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.kernel.Core;
import io.proffer.kernel.Frame;
import io.proffer.kernel.Gate;
import io.proffer.kernel.InMemoryJournal;
import io.proffer.kernel.Loop;
import io.proffer.kernel.Moment;
import io.proffer.kernel.Moments;
import io.proffer.kernel.RandomIds;
import io.proffer.kernel.SystemClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Commands of the master wait within bounds of memory, those of others of number alone. */
final class CommandPortTest {
  private static final int LIMIT = 100_000;

  private final List<Command> handled = new ArrayList<>();
  private final List<Command> heard = new ArrayList<>();
  private final CommandPort port = new CommandPort(heard::add, LIMIT);
  private final Loop<Command, Event, Effect> loop = loop();

  private Loop<Command, Event, Effect> loop() {
    var clock = new SystemClock();
    var core =
        new Core<Command, Event, Effect>() {
          @Override
          public Frame<Event, Effect> handle(Command command, Moment moment) {
            handled.add(command);
            return new Frame<>(List.of(), List.of());
          }

          @Override
          public OptionalLong nextDeadlineNanos() {
            return OptionalLong.empty();
          }
        };
    var gate =
        new Gate<Event, Effect>(
            event -> List.of(),
            new InMemoryJournal(),
            frame -> {},
            effects -> {},
            clock,
            new Gate.Limits(16, Duration.ofSeconds(1)));
    var made =
        new Loop<Command, Event, Effect>(
            "commands",
            core,
            ClockCommand.Tick::new,
            gate,
            new Moments(clock, new RandomIds(), 1),
            new Loop.Limits(16, 16, Duration.ZERO),
            (command, nanos, waited) -> port.turned(command),
            failure -> {
              throw new AssertionError(failure);
            });
    port.open(made);
    return made;
  }

  private static Command run(int bytes) {
    return new MasterCommand.RunTask(
        "s",
        TaskMessages.framework("F"),
        TaskMessages.task("t", "true").setData(ByteString.copyFrom(new byte[bytes])).build(),
        true);
  }

  @Test
  void aLaunchForWhichThereIsNoRoomWaitsWithTheMasterUntilAnotherHasHadItsTurn() {
    assertTrue(port.offer(run(60_000)));
    assertFalse(port.offer(run(60_000)));
    assertTrue(port.offer(kill()), "what is small goes on");

    loop.drain();

    assertEquals(2, handled.size());
    assertTrue(port.offer(run(60_000)));
  }

  @Test
  void oneThatIsLargerThanTheWholeRoomComesAlone() {
    assertTrue(port.offer(run(2 * LIMIT)));
    assertFalse(port.offer(run(1000)));
    loop.drain();
    assertTrue(port.offer(run(2 * LIMIT)));
  }

  @Test
  void whatTheLoopDidNotTakeTakesNoRoom() {
    loop.close();
    assertFalse(port.offer(run(60_000)));
    assertFalse(port.offer(run(60_000)));
    var next = loop();
    assertTrue(port.offer(run(60_000)));
    next.drain();
    assertEquals(1, handled.size());
  }

  /** While there is no room it comes again every few milliseconds. */
  @Test
  void oneThatWaitsIsHeardOnce() {
    var first = run(60_000);
    var second = run(60_000);
    assertTrue(port.offer(first));
    for (var i = 0; i < 3; i++) {
      assertFalse(port.offer(second));
    }
    loop.drain();
    assertTrue(port.offer(second));
    assertEquals(List.of(first, second), heard);
  }

  private static Command kill() {
    return new MasterCommand.KillTask("s", new FrameworkId("F"), new TaskId("t"), Optional.empty());
  }
}
