package io.proffer.agent;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Memory;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.host.HostException;
import io.proffer.api.flags.Flags;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.AgentInfo;
import io.proffer.kernel.InMemoryJournal;
import io.proffer.kernel.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which runtime directory an agent may be started with, after a run that left tasks. */
final class EarlierRunTest {
  private static final Progress RUNNING = new Progress.Running(1);

  @TempDir Path directory;
  private Path before;
  private Path sandbox;

  @BeforeEach
  void aRunThatLeftATask() throws IOException {
    before = Files.createDirectories(directory.resolve("before"));
    sandbox = Files.createDirectories(directory.resolve("sandbox"));
  }

  private EarlierRun run(Optional<String> runtimeDir, Progress progress) {
    var info = TaskMessages.task("t", "sleep 1000").build();
    var task =
        Task.admitted(
            TaskKey.of(new FrameworkId("F"), info),
            info,
            new ContainerId("c"),
            sandbox.toString(),
            progress);
    var kept = new Memory.Kept(task, Optional.empty(), Optional.empty(), Optional.empty());
    var none = Memory.none();
    var announced = AgentInfo.newBuilder().setHostname("h").setPort(1).build();
    return new EarlierRun(
        new InMemoryJournal(),
        new Memory(
            none.agent(),
            none.epoch(),
            Optional.of(new Memory.Run(announced, "boot", 1, runtimeDir)),
            none.draining(),
            none.frameworks(),
            List.of(kept),
            none.executors(),
            none.settled(),
            none.updates()),
        "boot");
  }

  private AgentConfig config(Path runtimeDir, Map<String, String> more) {
    var flags = new TreeMap<>(more);
    flags.put("master", "127.0.0.1:5050");
    flags.put("work_dir", directory.resolve("work").toString());
    flags.put("runtime_dir", runtimeDir.toString());
    return Flags.fill(new AgentConfig(), flags);
  }

  private AgentConfig config(Path runtimeDir) {
    return config(runtimeDir, Map.of());
  }

  @Test
  void anotherDirectoryIsRefusedInACleanupToo() {
    var run = run(Optional.of(before.toString()), RUNNING);
    var other = directory.resolve("other");
    for (var more : List.of(Map.<String, String>of(), Map.of("recover", "cleanup"))) {
      var refused =
          assertThrows(HostException.class, () -> run.checkRuntimeDir(config(other, more)));
      assertTrue(
          refused
              .getMessage()
              .startsWith(
                  "The agent ran with --runtime_dir=%s, where its 1 containers leave"
                      .formatted(before)),
          refused.getMessage());
    }
  }

  @Test
  void theSameDirectoryByAnotherNameIsTheSame() throws IOException {
    Files.createDirectories(before.resolve("containers/c"));
    var link = Files.createSymbolicLink(directory.resolve("link"), before);
    assertDoesNotThrow(
        () -> run(Optional.of(before.toString()), RUNNING).checkRuntimeDir(config(link)));
  }

  @Test
  void whereNothingCanRunAnyDirectoryWillDo() {
    var other = config(directory.resolve("other"));
    assertDoesNotThrow(
        () -> run(Optional.of(before.toString()), new Progress.Ended()).checkRuntimeDir(other));
    var rebooted = run(Optional.of(before.toString()), RUNNING);
    assertDoesNotThrow(
        () ->
            new EarlierRun(rebooted.journal(), rebooted.memory(), "later").checkRuntimeDir(other));
    assertDoesNotThrow(
        () -> new EarlierRun(rebooted.journal(), Memory.none(), "boot").checkRuntimeDir(other));
  }

  @Test
  void afterARestartOfTheHostWhatMayNotDifferMakesAnotherAgent() {
    var run = run(Optional.of(before.toString()), RUNNING);
    run.journal().append(List.of(Write.put("agent", new byte[1]))).toCompletableFuture().join();
    var config = config(before);
    var same = AgentInfo.newBuilder().setHostname("h").setPort(1).build();
    var other = same.toBuilder().setHostname("other").build();
    assertThrows(HostException.class, () -> run.under(config, other));

    var rebooted = new EarlierRun(run.journal(), run.memory(), "later");
    assertEquals(run.memory(), rebooted.under(config, same).memory());
    assertEquals(1, run.journal().load().size());
    assertEquals(Memory.none(), rebooted.under(config, other).memory());
    assertEquals(List.of(), run.journal().load());
  }

  @Test
  void aDirectoryThatWasEmptiedIsRefusedWhileSomethingRunsUntilACleanup() throws Exception {
    var builder = new ProcessBuilder("sleep", "1000");
    builder.environment().put("MESOS_SANDBOX", sandbox.toString());
    var process = builder.start();
    try {
      for (var known : List.of(Optional.of(before.toString()), Optional.<String>empty())) {
        var run = run(known, RUNNING);
        var refused = assertThrows(HostException.class, () -> run.checkRuntimeDir(config(before)));
        assertEquals(
            "Nothing is in --runtime_dir=%s of 1 containers that still run. If it is not mounted, mount it; if it was emptied, end them with --recover=cleanup, and then start the agent again"
                .formatted(before),
            refused.getMessage());
      }
      var run = run(Optional.of(before.toString()), RUNNING);
      run.checkRuntimeDir(config(before, Map.of("recover", "cleanup")));
      assertEquals(128 + 9, process.waitFor());
      assertDoesNotThrow(() -> run.checkRuntimeDir(config(before)));
    } finally {
      process.destroyForcibly();
    }
  }
}
