package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code proffer local}, and the commands that look at a cluster. */
@Timeout(120)
class LocalTest {
  @TempDir Path directory;

  @Test
  void aClusterOnThisMachineIsShownAndEndsWithASentence() throws Exception {
    try (var local =
        Tool.proffer(
            directory,
            "local",
            "--port=0",
            "--agent_port=0",
            "--agents=2",
            "--resources=cpus:2;mem:512;disk:64",
            "--work_dir=" + directory.resolve("work"))) {
      local.awaitText("Ctrl-C ends the cluster");
      var master = local.out().replaceFirst("(?s).*?Master +http://(\\S+).*", "$1");
      try (var run = Tool.proffer(directory, "run", "--master=" + master, "--command=exit 0")) {
        assertEquals(0, run.await(), run::everything);
      }
      try (var state = Tool.proffer(directory, "state", "--master=" + master)) {
        assertEquals(0, state.await(), state::everything);
        assertEquals(2, state.out().lines().filter(line -> line.contains(" active ")).count());
        assertTrue(state.out().contains("TASK_FINISHED"), state.out());
      }
      local.interrupt();
      assertEquals(130, local.await());
      assertTrue(
          local
              .err()
              .endsWith("proffer local: The cluster has stopped, and its tasks are ended.\n"),
          local.err());
      assertFalse(local.err().contains("asked to stop\nproffer"), local.err());
    }
  }
}
