package io.proffer.kernel.sqlite;

import io.proffer.kernel.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;

/** Prints how fast facts become durable here. By hand; the argument is a directory to write in. */
final class JournalFigures {
  private static final long NANOS = 2_000_000_000L;

  private JournalFigures() {}

  /** The directory. */
  public static void main(String[] args) throws IOException {
    for (var rows : new int[] {1, 1, 32, 1000}) {
      var file = Files.createTempDirectory(Path.of(args[0]), "figures").resolve("store.db");
      try (var journal = SqliteJournal.open(file, 10)) {
        long commits = 0;
        var start = System.nanoTime();
        while (System.nanoTime() - start < NANOS) {
          var batch = new ArrayList<Write>();
          for (var i = 0; i < rows; i++) {
            batch.add(Write.put("row/" + (commits * rows + i), new byte[300]));
          }
          journal.append(batch).toCompletableFuture().join();
          commits++;
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "%4d rows a commit: %8.0f commits/s %8.0f rows/s%n",
            rows,
            commits / seconds,
            commits * rows / seconds);
      }
    }
  }
}
