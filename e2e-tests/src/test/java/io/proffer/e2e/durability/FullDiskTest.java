package io.proffer.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.Scheduler;
import io.proffer.e2e.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that fills while a master leads. The limit on the size of files stands for the disk: the
 * same errors, at the same places.
 */
@Timeout(120)
final class FullDiskTest {
  @TempDir Path directory;

  @Test
  void theMasterStopsWithASentenceAndComesBackWithWhatItHadStored() throws Exception {
    var port = FreePorts.any();
    var master =
        List.of(
            "master",
            "--ip=127.0.0.1",
            "--port=" + port,
            "--work_dir=" + directory.resolve("work"));
    var url = "http://127.0.0.1:" + port;
    String last = "";
    try (var process =
        ServiceProcess.startLimited(
            directory.resolve("log"), 300, List.of("-Dorg.sqlite.lib.path=" + library()), master)) {
      process.awaitHealthy(port);
      for (int i = 0; i < 2000 && process.alive(); i++) {
        try (var scheduler = Scheduler.subscribe(url, Scheduler.info("full"))) {
          last = scheduler.frameworkId();
        } catch (UncheckedIOException | AssertionError gone) {
          // The master died under this call, which is what the loop waits for.
          break;
        }
      }
      assertNotEquals(0, process.awaitExit(Duration.ofSeconds(30)));
      var output = process.output();
      assertTrue(output.contains("disk") && output.contains("work"), output);
      assertFalse(output.contains("\tat "), output);
    }
    assertFalse(last.isEmpty());
    try (var process = ServiceProcess.start(directory.resolve("log2"), master)) {
      process.awaitHealthy(port);
      var frameworks = io.proffer.e2e.Json.get(url + "/state").path("frameworks").toString();
      assertTrue(frameworks.contains(last), "an acknowledged framework is lost: " + last);
    }
  }

  /** The native library outside of its jar: under the limit it could not be unpacked. */
  private Path library() throws IOException {
    var arch = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    var name = "libsqlitejdbc.so";
    try (var in =
        FullDiskTest.class.getResourceAsStream("/org/sqlite/native/Linux/" + arch + "/" + name)) {
      Files.copy(in, directory.resolve(name));
    }
    return directory;
  }
}
