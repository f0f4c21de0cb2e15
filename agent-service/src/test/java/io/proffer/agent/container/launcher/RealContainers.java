package io.proffer.agent.container.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.sandbox.Sandboxes;
import io.proffer.agent.sandbox.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Real containers in a directory of their own, and what is told of them. */
abstract class RealContainers {
  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  @TempDir Path directory;
  final BlockingQueue<ContainerCommand> outcomes = new LinkedBlockingQueue<>();
  ProcessContainerizer containers;
  int launched;

  abstract Supervisor supervisor(Path directory) throws IOException;

  OutputLimits limits() {
    return OutputLimits.NONE;
  }

  @BeforeEach
  void start() throws IOException {
    containers = containerizer();
  }

  ProcessContainerizer containerizer() throws IOException {
    return containerizer(supervisor(directory), 2, outcomes::add);
  }

  ProcessContainerizer containerizer(
      Supervisor supervisor, int threads, Consumer<ContainerCommand> outcomes) throws IOException {
    return new ProcessContainerizer(
        directory.resolve("runtime"),
        supervisor,
        new Sandboxes(true, new Users()),
        limits(),
        threads,
        outcomes);
  }

  @AfterEach
  void end() throws InterruptedException {
    for (var i = 0; i < launched; i++) {
      containers.destroy(id(i));
    }
    containers.close();
  }

  /** Children of ours: what it has just forked looks like it for a moment, and is its child. */
  final List<ProcessHandle> spawners() {
    return ProcessHandle.current().children().filter(this::isOurSpawner).toList();
  }

  private boolean isOurSpawner(ProcessHandle process) {
    var about = Path.of("/proc", Long.toString(process.pid()));
    try {
      return Leftovers.isSpawner(about)
          && Files.readSymbolicLink(about.resolve("exe")).startsWith(directory);
    } catch (IOException gone) {
      return false;
    }
  }

  static ContainerId id(int number) {
    return new ContainerId("c" + number);
  }

  Path sandbox(ContainerId container) {
    return directory.resolve("runs").resolve(container.value());
  }

  ContainerId launch(Optional<String> user, String file, List<String> arguments) {
    return launch(user, file, arguments, Map.of());
  }

  ContainerId launch(
      Optional<String> user, String file, List<String> arguments, Map<String, String> own) {
    var container = id(launched++);
    var environment = new TreeMap<String, String>();
    environment.put("PATH", PATH);
    environment.put("PWD", sandbox(container).toString());
    environment.put("MESOS_SANDBOX", sandbox(container).toString());
    environment.putAll(own);
    containers.launch(
        new ToContainer.Launch(
            container,
            Optional.empty(),
            sandbox(container).toString(),
            directory.resolve("runs/latest").toString(),
            user,
            file,
            arguments,
            environment));
    return container;
  }

  ContainerId shell(String command) {
    return shell(command, Map.of());
  }

  ContainerId shell(String command, Map<String, String> own) {
    return launch(Optional.empty(), "/bin/sh", List.of("sh", "-c", command), own);
  }

  ContainerCommand next() throws InterruptedException {
    var outcome = outcomes.poll(30, TimeUnit.SECONDS);
    assertTrue(outcome != null, "nothing came of the container");
    return outcome;
  }

  void expectStarted() throws InterruptedException {
    var outcome = next();
    assertInstanceOf(ContainerCommand.Started.class, outcome, outcome::toString);
  }

  void expectExit(int waitStatus) throws InterruptedException {
    var outcome = assertInstanceOf(ContainerCommand.Exited.class, next());
    assertEquals(waitStatus, outcome.waitStatus());
  }

  String file(ContainerId container, String name) throws IOException {
    return Files.readString(sandbox(container).resolve(name));
  }

  /** Waits until the command has written a process id. */
  long pid(ContainerId container, String name) throws IOException {
    while (true) {
      var path = sandbox(container).resolve(name);
      if (Files.exists(path) && file(container, name).endsWith("\n")) {
        return Long.parseLong(file(container, name).strip());
      }
      Thread.onSpinWait();
    }
  }

  /**
   * The supervisor says who it is once it can take signals, which may be after the command began.
   */
  void untilItCanBeFound(ContainerId container) {
    var said = directory.resolve("runtime/containers").resolve(container.value()).resolve("pid");
    while (!Files.exists(said)) {
      Thread.onSpinWait();
    }
  }

  /** A process that nobody has reaped yet is as good as gone. */
  static boolean isAlive(long pid) {
    try {
      var status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
      return !status.contains("State:\tZ");
    } catch (IOException gone) {
      // It may go between two reads as well, so that asking first whether it is there is no help.
      return false;
    }
  }

  Path control(ContainerId container) {
    return directory.resolve("runtime/containers").resolve(container.value());
  }

  static void untilItIsGone(Path path) {
    while (Files.exists(path)) {
      Thread.onSpinWait();
    }
  }
}
