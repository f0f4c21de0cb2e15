package io.proffer.cli.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How fast this machine starts processes, whoever asks for them. */
public final class ForkRate {
  private static final String LOOP =
      "i=0; while [ \"$i\" -lt \"$1\" ]; do \"$2\" || exit; i=$((i + 1)); done";

  private ForkRate() {}

  /** How often in a second a shell can start {@code true} as a process and wait for its end. */
  public static double perSecond(int times) {
    var program =
        Stream.of("/bin/true", "/usr/bin/true")
            .filter(path -> Files.isExecutable(Path.of(path)))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Expected /bin/true or /usr/bin/true"));
    long start = System.nanoTime();
    try {
      int status =
          new ProcessBuilder("/bin/sh", "-c", LOOP, "sh", String.valueOf(times), program)
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException("A loop of " + program + " ended with " + status);
      }
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", interrupted);
    }
    return times / ((System.nanoTime() - start) / 1e9);
  }
}
