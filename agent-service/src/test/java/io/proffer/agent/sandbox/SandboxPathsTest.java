package io.proffer.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SandboxPathsTest {
  @TempDir Path work;
  private Path run;
  private SandboxPaths paths;

  @BeforeEach
  void aSandboxWithOneFile() throws IOException {
    run = work.resolve("slaves/S0/frameworks/F/executors/E/runs/c1");
    Files.createDirectories(run.resolve("sub"));
    Files.writeString(run.resolve("stdout"), "hello");
    Files.createSymbolicLink(run.resolveSibling("latest"), run);
    Files.writeString(work.resolve("secret"), "no");
    paths = new SandboxPaths(work);
  }

  @Test
  void bothSpellingsLeadToTheSameFile() throws IOException {
    var file = Optional.of(run.resolve("stdout").toRealPath());
    assertEquals(file, paths.find(run + "/stdout"));
    assertEquals(file, paths.find(run.getParent() + "/latest/stdout"));
    assertEquals(file, paths.find("/frameworks/F/executors/E/runs/latest/stdout"));
    assertEquals(file, paths.find("/frameworks/F/executors/E/runs/latest/sub/../stdout"));
    assertEquals(
        Optional.of(run.toRealPath()), paths.find("/frameworks/F/executors/E/runs/latest"));
  }

  @Test
  void nothingOutsideOfARunIsThere() throws IOException {
    Files.createSymbolicLink(run.resolve("leak"), work.resolve("secret"));
    for (var path :
        new String[] {
          "/",
          "/etc/passwd",
          work + "/secret",
          run + "/../../../../../../../../../secret",
          run + "/leak",
          run.getParent() + "/../stdout",
          run.getParent() + "/..",
          "/frameworks/F/executors/E/runs/latest/../../../../../../../../../secret",
          "/frameworks/../executors/E/runs/latest/stdout",
          "/frameworks/F/executors/nobody/runs/latest",
          run + "/missing",
          "bad\0path"
        }) {
      assertEquals(Optional.empty(), paths.find(path), path);
    }
  }
}
