package io.proffer.kernel;

import io.proffer.kernel.sqlite.SqliteJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Prints how many commands a second pass loop and gate, each with one durable event and one effect.
 * By hand; with a file as argument its facts go to SQLite there.
 */
final class LoopFigures {
  private static final int COMMANDS = 2_000_000;

  private LoopFigures() {}

  private record One() implements Core<Integer, Integer, Integer> {
    @Override
    public Frame<Integer, Integer> handle(Integer command, Moment moment) {
      return new Frame<>(List.of(command), List.of(command));
    }

    @Override
    public OptionalLong nextDeadlineNanos() {
      return OptionalLong.empty();
    }
  }

  /** Nothing, or the file of a SQLite journal. */
  public static void main(String[] args) {
    for (var round = 0; round < 4; round++) {
      try (var journal =
          args.length == 0 ? new InMemoryJournal() : SqliteJournal.open(Path.of(args[0]), 10)) {
        measure(journal, args.length == 0 ? COMMANDS : COMMANDS / 20);
      }
    }
  }

  private static void measure(Journal<Write> journal, int commands) {
    var clock = new SystemClock();
    var left = new LongAdder();
    var value = new byte[100];
    var gate =
        new Gate<Integer, Integer>(
            number -> List.of(Write.put("row/" + (number & 1023), value)),
            journal,
            frame -> {},
            effects -> left.add(effects.size()),
            clock,
            new Gate.Limits(10_000, Duration.ofSeconds(20)));
    var loop =
        new Loop<Integer, Integer, Integer>(
            "figures",
            new One(),
            () -> -1,
            gate,
            new Moments(clock, new RandomIds(), 1),
            new Loop.Limits(10_000, 256, Duration.ofMinutes(1)),
            (command, nanos, waited) -> {},
            Throwable::printStackTrace);
    var start = System.nanoTime();
    loop.start();
    for (var i = 0; i < commands; i++) {
      while (!loop.offer(i)) {
        Thread.onSpinWait();
      }
    }
    loop.close();
    var seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT, "%,d of %,d, %,.0f commands/s%n", left.sum(), commands, commands / seconds);
  }
}
