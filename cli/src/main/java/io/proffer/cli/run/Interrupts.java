package io.proffer.cli.run;

import io.proffer.kernel.Signals;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C, told each time: the JVM itself hears only the first, and a second one is for the
 * impatient.
 */
final class Interrupts {
  /** What a shell sees of a program that SIGINT ended: 128 and the number of the signal. */
  static final int EXIT = 130;

  private Interrupts() {}

  /**
   * From now on the first SIGINT ends the process orderly with {@link #EXIT}, and each later one
   * calls {@code again}. Where signals cannot be handled, all stays as the JVM does it.
   */
  static void handle(Runnable again) {
    var first = new AtomicBoolean(true);
    Signals.on(
        "INT",
        () -> {
          if (first.getAndSet(false)) {
            System.exit(EXIT);
          } else {
            again.run();
          }
        });
  }
}
