package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while {@code proffer run} is at work. */
@Timeout(120)
class RunSignalTest {
  private static final String CLOSING =
      "Stopped; the framework is removed, and what still runs of its tasks is being ended.\n";

  @TempDir Path directory;

  @Test
  void anInterruptEndsTheTasksWithAClosingLineAndExitCode130() throws Exception {
    try (var run = Tool.proffer(directory, "run", "--local", "--command", "exec sleep 1000")) {
      run.awaitText("TASK_RUNNING");
      run.interrupt();
      assertEquals(130, run.await(), run::everything);
      assertTrue(run.err().endsWith(CLOSING), run.err());
      assertEquals(List.of(), left());
    }
  }

  @Test
  void anInterruptWhileTheClusterStartsLeavesNothingBehind() throws Exception {
    try (var run = Tool.proffer(directory, "run", "--local", "--command", "exec sleep 1000")) {
      run.awaitText("Starting a throw-away cluster");
      run.interrupt();
      assertEquals(130, run.await(), run::everything);
      assertTrue(run.err().lines().toList().getLast().startsWith("Stopped"), run.err());
      assertEquals(List.of(), left());
    }
  }

  @Test
  void twoInterruptsDoNotWaitForAMasterThatIsSilent() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var run =
            Tool.proffer(
                directory,
                "run",
                "--master=127.0.0.1:" + silent.getLocalPort(),
                "--command=true")) {
      try (var connection = silent.accept()) {
        assertTrue(connection.getInputStream().read() > 0, "the SUBSCRIBE is there");
        run.interrupt();
        run.interrupt();
        assertEquals(130, run.await(), run::everything);
      }
      assertTrue(run.err().startsWith("Stopped before the master answered;"), run.err());
    }
  }

  private List<Path> left() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith("proffer-run")).toList();
    }
  }
}
