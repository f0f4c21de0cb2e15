package io.proffer.agent.container.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.fact.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Containers whose control directory somebody removed while they run. */
@Timeout(60)
final class StrayTest extends RealContainers {
  @Override
  Supervisor supervisor(Path directory) throws IOException {
    return Supervisor.unpack(directory);
  }

  /** Known by its supervisor alone: it has no environment. */
  private ContainerId launchBare() {
    return launch(
        Optional.empty(),
        "/usr/bin/env",
        List.of("env", "-i", "/bin/sh", "-c", "echo $$ > ready; exec sleep 1000"));
  }

  @Test
  void theyAreFoundByTheirSandboxAndEnded() throws Exception {
    // One is known by its supervisor alone, and one hides from it.
    var bare = launchBare();
    var hidden = shell("setsid sh -c 'echo $$ > ready; exec sleep 1000' & sleep 1000");
    expectStarted();
    expectStarted();
    var left = List.of(pid(bare, "ready"), pid(hidden, "ready"));
    var sandboxes = Map.of(bare, sandbox(bare).toString(), hidden, sandbox(hidden).toString());
    var all = directory.resolve("runtime/containers");
    assertEquals(List.of(), Stray.of(all, sandboxes));

    var strays = Stray.of(directory.resolve("elsewhere"), sandboxes);
    assertEquals(2, strays.size());
    assertEquals(List.of(1, 1), strays.stream().map(one -> one.supervisors().size()).toList());
    strays.forEach(Stray::kill);
    for (var i = 0; i < 2; i++) {
      assertInstanceOf(ContainerCommand.Exited.class, next());
    }
    for (var pid : left) {
      assertFalse(isAlive(pid));
    }
    assertEquals(List.of(), Stray.of(directory.resolve("elsewhere"), sandboxes));
    assertEquals(List.of(), Leftovers.processes(directory));
  }

  /** Ids of frameworks and executors are in the path, in the letters that they were given. */
  @Test
  void whatRunsInASandboxOfOtherLettersIsOneToo() throws Exception {
    var process =
        new ProcessBuilder(
                "sh",
                "-c",
                "MESOS_SANDBOX=$(printf '/w/gr\\303\\266\\303\\237e') "
                    + "exec sh -c 'echo ready; exec sleep 1000'")
            .start();
    assertEquals("ready", process.inputReader().readLine());
    var strays = Stray.of(directory.resolve("none"), Map.of(id(0), "/w/gr\u00f6\u00dfe"));
    assertEquals(List.of(id(0)), strays.stream().map(Stray::container).toList());
    strays.getFirst().kill();
    assertEquals(128 + 9, process.waitFor());
  }

  @Test
  void containersAreKnownByTheirProcesses() throws Exception {
    var bare = launchBare();
    expectStarted();
    pid(bare, "ready");
    var builder = new ProcessBuilder("sleep", "1000");
    builder.environment().put("MESOS_SANDBOX", sandbox(id(7)).toString());
    var process = builder.start();
    assertTrue(Occupants.containers().containsAll(List.of(bare.value(), "c7")));
    process.destroyForcibly().waitFor();
    assertFalse(Occupants.containers().contains("c7"));
    containers.destroy(bare);
    expectExit(9);
  }

  @Test
  void whatRunsWithoutASupervisorIsOneToo() throws Exception {
    var sandbox = Files.createDirectories(sandbox(id(0)));
    var builder = new ProcessBuilder("sleep", "1000");
    builder.environment().put("MESOS_SANDBOX", sandbox.toString());
    var process = builder.start();
    var strays = Stray.of(directory.resolve("none"), Map.of(id(0), sandbox.toString()));
    assertEquals(List.of(0), strays.stream().map(one -> one.supervisors().size()).toList());
    strays.getFirst().kill();
    assertEquals(128 + 9, process.waitFor());
  }
}
