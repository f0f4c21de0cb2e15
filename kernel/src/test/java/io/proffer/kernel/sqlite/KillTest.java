package io.proffer.kernel.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.kernel.Write;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A writer that dies at any time loses nothing it acknowledged, and leaves no batch in parts. */
@Timeout(60)
final class KillTest {
  private static final int KILLS = 5;

  @TempDir private Path directory;

  @Test
  void aKilledWriterKeepsEveryAcknowledgedBatchWhole() throws Exception {
    var random = new Random(11);
    var file = directory.resolve("store.db");
    var acknowledged = -1;
    for (var kill = 0; kill < KILLS; kill++) {
      var child = ChildWriter.start(file, "");
      try (var output = child.inputReader()) {
        assertEquals("ready", output.readLine());
        for (var lines = random.nextInt(400); lines > 0; lines--) {
          acknowledged = Integer.parseInt(output.readLine());
        }
        child.toHandle().destroyForcibly(); // The process's own method would close its output.
        // What it printed before it died was acknowledged too; its last line may be cut short.
        for (var line = output.readLine(); line != null; line = output.readLine()) {
          if (line.equals(Integer.toString(acknowledged + 1))) {
            acknowledged++;
          }
        }
      } finally {
        child.destroyForcibly().waitFor();
      }
      check(file, acknowledged);
    }
    assertTrue(acknowledged > 100, "acknowledged " + acknowledged);
  }

  @Test
  void aWriterWhoseDiskRefusesSaysSoAndKeepsWhatItAcknowledged() throws Exception {
    var file = directory.resolve("store.db");
    var acknowledged = -1;
    // No file may grow beyond 6144 blocks of the shell (of 512 or 1024 bytes), which the log of the
    // database soon would; without SIGXFSZ that is an error of write().
    var child = ChildWriter.start(file, "ulimit -f 6144; trap '' XFSZ;");
    try (var output = child.inputReader()) {
      assertEquals("ready", output.readLine());
      String failed = null;
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("failed")) {
          failed = line;
        } else if (failed == null) {
          acknowledged = Integer.parseInt(line);
        }
      }
      assertTrue(failed != null && failed.contains("look at the disk"), failed);
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertTrue(acknowledged > 3, "acknowledged " + acknowledged);
    check(file, acknowledged);
  }

  private static void check(Path file, int acknowledged) {
    var found = new TreeMap<Integer, Integer>();
    var last = -1;
    try (var journal = SqliteJournal.open(file, 1)) {
      for (Write write : journal.load()) {
        if (write.key().equals("last")) {
          last = ByteBuffer.wrap(write.value().orElseThrow()).getInt();
        } else {
          found.merge(Integer.valueOf(write.key().split("/", 2)[0]), 1, Integer::sum);
        }
      }
    }
    assertTrue(last >= acknowledged, "acknowledged " + acknowledged + ", stored " + last);
    assertEquals(last + 1, found.size(), "batches without a gap");
    found.forEach(
        (number, rows) -> assertEquals(ChildWriter.rows(number), rows, "batch " + number));
  }
}
