package io.proffer.agent.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.kernel.SystemClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessMonitorTest {
  @TempDir Path proc;

  private void process(long pid, long parent, String name, String times, int threads, long pages)
      throws IOException {
    Files.writeString(
        Files.createDirectories(proc.resolve(Long.toString(pid))).resolve("stat"),
        "%d (%s) S %d 1 1 0 -1 4 0 0 0 0 %s 20 0 %d 0 77 1000 %d 18446744073709551615 0 0\n"
            .formatted(pid, name, parent, times, threads, pages));
  }

  private ProcessMonitor monitor(Duration keep) {
    return new ProcessMonitor(proc, new SystemClock(), keep);
  }

  @Test
  void aTreeIsAllThatDescendsFromItsRoot() throws IOException {
    process(10, 1, "supervisor", "1 2 300 400", 1, 10);
    process(11, 10, "a) S 1 (b", "50 60 0 0", 2, 20);
    process(12, 11, "sleep", "5 6 7 8", 1, 30);
    process(20, 1, "other", "9 9 9 9", 1, 99);
    Files.createDirectories(proc.resolve("13"));
    var usage = monitor(Duration.ZERO).tree(10).orElseThrow();
    assertEquals(3, usage.processes());
    assertEquals(4, usage.threads());
    assertEquals(60 * 4096, usage.rssBytes());
    assertEquals(3.63, usage.userSeconds(), 1e-9);
    assertEquals(4.76, usage.systemSeconds(), 1e-9);
  }

  @Test
  void aProcessThatIsGoneUsesNothingThatIsKnown() throws IOException {
    process(10, 1, "cut", "1", 1, 1);
    Files.writeString(proc.resolve("10/stat"), "10 (cut) S");
    assertEquals(Optional.empty(), monitor(Duration.ZERO).tree(10));
    assertEquals(Optional.empty(), monitor(Duration.ZERO).tree(11));
  }

  @Test
  void oneScanServesAllWhoAskForAWhile() throws IOException {
    process(10, 1, "a", "1 1 1 1", 1, 1);
    var monitor = monitor(Duration.ofHours(1));
    var first = monitor.tree(10);
    process(11, 10, "b", "1 1 1 1", 1, 1);
    assertEquals(first, monitor.tree(10));
  }

  @Test
  void theKernelSaysInWhichUnitsItCounts() {
    var vector = ByteBuffer.allocate(48).order(ByteOrder.nativeOrder());
    vector.putLong(6).putLong(65536).putLong(17).putLong(250).putLong(0).putLong(0).flip();
    assertEquals(new SystemUnits(250, 65536), SystemUnits.of(vector));
  }

  @Test
  void aRealProcessIsMeasured() {
    var usage =
        new ProcessMonitor(new SystemClock(), Duration.ZERO)
            .tree(ProcessHandle.current().pid())
            .orElseThrow();
    assertTrue(usage.rssBytes() > 1_000_000, usage.toString());
    assertTrue(usage.threads() > 1, usage.toString());
    assertTrue(usage.userSeconds() > 0, usage.toString());
  }
}
