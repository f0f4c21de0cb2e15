package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Cluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RunTest {
  @TempDir Path directory;

  @Test
  void aCommandRunsOnAThrowAwayClusterThatLeavesNothingBehind() throws Exception {
    try (var run = Tool.proffer(directory, "run", "--local", "--command", "echo hello; exit 3")) {
      assertEquals(3, run.await(), run::everything);
      assertEquals("hello\n", run.out());
      assertTrue(run.err().contains("Command exited with status 3"), run.err());
    }
    assertEquals(List.of(), left());
  }

  @Test
  void theOutputOfOneTaskComesByteByByte() throws Exception {
    var bytes = new byte[256 + 3 * 100_000];
    for (int i = 0; i < 256; i++) {
      bytes[i] = (byte) i;
    }
    var euro = "€".getBytes(StandardCharsets.UTF_8);
    for (int i = 256; i < bytes.length; i++) {
      bytes[i] = euro[(i - 256) % 3];
    }
    var source = Files.write(directory.resolve("source"), bytes);
    var command = "cat " + source + "; cat " + source + " >&2";
    try (var run = Tool.proffer(directory, "run", "--local", "--quiet", "--command", command)) {
      assertEquals(0, run.await(), run::everything);
      assertArrayEquals(bytes, run.outBytes());
      assertArrayEquals(bytes, run.errBytes());
    }
  }

  @Test
  void aSignalEndsTheTasksAndTheCluster() throws Exception {
    var pid = directory.resolve("pid");
    var command = "echo $$ > " + pid + "; exec sleep 1000";
    try (var run = Tool.proffer(directory, "run", "--local", "--command", command)) {
      run.awaitText("TASK_RUNNING");
      run.terminate();
      run.await();
      long task = Long.parseLong(Files.readString(pid).strip());
      assertTrue(ProcessHandle.of(task).isEmpty(), run.err());
    }
    assertEquals(List.of(), left());
  }

  @Test
  void instancesRunOnAClusterAndTheirLinesAreMarked() throws Exception {
    try (var cluster = Cluster.withAgent();
        var run =
            Tool.proffer(
                directory,
                "run",
                "--master=" + Tool.master(cluster),
                "--instances=3",
                "--env=WORD=ok",
                "--command=echo $WORD; echo no >&2")) {
      assertEquals(0, run.await());
      assertEquals(
          List.of("[task-1] ok", "[task-2] ok", "[task-3] ok"),
          run.out().lines().sorted().toList());
      assertTrue(run.err().contains("[task-2] no"), run.err());
    }
  }

  @Test
  void aMasterThatDoesNotAnswerIsToldWithWhatToDo() throws Exception {
    try (var run = Tool.proffer(directory, "run", "--master=127.0.0.1:1", "--command=true")) {
      assertEquals(1, run.await());
      assertTrue(run.err().contains("Nothing listens at 127.0.0.1:1."), run.err());
      assertTrue(run.err().contains("--local"), run.err());
    }
  }

  @Test
  void wrongFlagsAreToldWithExitCodeTwo() throws Exception {
    try (var run = Tool.proffer(directory, "run", "--comand=true")) {
      assertEquals(2, run.await());
      assertTrue(run.err().contains("Did you mean --command?"), run.err());
    }
    try (var run = Tool.proffer(directory, "run", "--command=true", "--resources=cpus")) {
      assertEquals(2, run.await());
      assertTrue(run.err().contains("Expected resources like cpus:0.1;mem:32"), run.err());
    }
  }

  private List<Path> left() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith("proffer-run")).toList();
    }
  }
}
