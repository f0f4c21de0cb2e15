package io.proffer.kernel.sqlite;

import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A process that writes numbered batches until it is killed, and prints the number of each that was
 * acknowledged. Batch n holds {@link #rows} rows {@code n/i}, and the key {@code last}.
 */
final class ChildWriter {
  private static final int IN_FLIGHT = 4;

  private ChildWriter() {}

  /** Starts one; {@code prefix} goes before the command, in a shell. */
  static Process start(Path file, String prefix) throws IOException {
    var command =
        String.join(
            " ",
            prefix,
            "exec",
            ProcessHandle.current().info().command().orElseThrow(),
            "-Dslf4j.internal.verbosity=ERROR -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
                + " --enable-native-access=ALL-UNNAMED -cp",
            System.getProperty("java.class.path"),
            ChildWriter.class.getName(),
            file.toString());
    return new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
  }

  /** How many rows batch {@code number} holds. */
  static int rows(int number) {
    return 1 + new Random(number).nextInt(20);
  }

  /** The file. */
  public static void main(String[] args) {
    try (var journal = SqliteJournal.open(Path.of(args[0]), 100)) {
      var number =
          journal.load().stream()
              .filter(write -> write.key().equals("last"))
              .mapToInt(write -> ByteBuffer.wrap(write.value().orElseThrow()).getInt() + 1)
              .findFirst()
              .orElse(0);
      System.out.println("ready");
      var flying = new ArrayDeque<CompletionStage<Void>>();
      while (true) {
        var batch = new ArrayList<Write>();
        for (var i = 0; i < rows(number); i++) {
          batch.add(Write.put(number + "/" + i, new byte[300]));
        }
        batch.add(Write.put("last", ByteBuffer.allocate(4).putInt(number).array()));
        var mine = number++;
        flying.add(journal.append(batch).thenRun(() -> System.out.println(mine)));
        if (flying.size() >= IN_FLIGHT) {
          flying.remove().toCompletableFuture().join();
        }
      }
    } catch (CompletionException | StoreException e) {
      System.out.println("failed: " + (e.getCause() == null ? e : e.getCause()).getMessage());
    }
  }
}
