package io.proffer.agent.container.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.sandbox.Sandboxes;
import io.proffer.agent.sandbox.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every supervisor must do, with real processes. */
@Timeout(60)
abstract class SupervisorContract {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  @TempDir Path directory;
  private final BlockingQueue<ContainerCommand> outcomes = new LinkedBlockingQueue<>();
  private ProcessContainerizer containers;
  private int launched;

  abstract Supervisor supervisor(Path directory) throws IOException;

  @BeforeEach
  void start() throws IOException {
    containers = containerizer();
  }

  private ProcessContainerizer containerizer() throws IOException {
    return containerizer(supervisor(directory), 2, outcomes::add);
  }

  private ProcessContainerizer containerizer(
      Supervisor supervisor, int threads, Consumer<ContainerCommand> outcomes) throws IOException {
    return new ProcessContainerizer(
        directory.resolve("runtime"),
        supervisor,
        new Sandboxes(true, new Users()),
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

  private static ContainerId id(int number) {
    return new ContainerId("c" + number);
  }

  private Path sandbox(ContainerId container) {
    return directory.resolve("runs").resolve(container.value());
  }

  private ContainerId launch(Optional<String> user, String file, List<String> arguments) {
    return launch(user, file, arguments, Map.of());
  }

  private ContainerId launch(
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
            sandbox(container).toString(),
            directory.resolve("runs/latest").toString(),
            user,
            file,
            arguments,
            environment));
    return container;
  }

  private ContainerId shell(String command) {
    return launch(Optional.empty(), "/bin/sh", List.of("sh", "-c", command));
  }

  private ContainerCommand next() throws InterruptedException {
    var outcome = outcomes.poll(30, TimeUnit.SECONDS);
    assertTrue(outcome != null, "nothing came of the container");
    return outcome;
  }

  private void expectStarted() throws InterruptedException {
    assertInstanceOf(ContainerCommand.Started.class, next());
  }

  private void expectExit(int waitStatus) throws InterruptedException {
    var outcome = assertInstanceOf(ContainerCommand.Exited.class, next());
    assertEquals(waitStatus, outcome.waitStatus());
  }

  private String file(ContainerId container, String name) throws IOException {
    return Files.readString(sandbox(container).resolve(name));
  }

  /** Waits until the command has written a process id. */
  private long pid(ContainerId container, String name) throws IOException {
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
  private void untilItCanBeFound(ContainerId container) {
    var said = directory.resolve("runtime/containers").resolve(container.value()).resolve("pid");
    while (!Files.exists(said)) {
      Thread.onSpinWait();
    }
  }

  /** A process that nobody has reaped yet is as good as gone. */
  private static boolean isAlive(long pid) throws IOException {
    var status = Path.of("/proc", Long.toString(pid), "status");
    return Files.exists(status) && !Files.readString(status).contains("State:\tZ");
  }

  @Test
  void theOutputIsInTheSandboxAndTheStatusIsThatOfTheCommand()
      throws IOException, InterruptedException {
    var container = shell("echo out; echo err >&2; pwd; exit 3");
    expectStarted();
    expectExit(3 << 8);
    assertEquals("out\n" + sandbox(container).toRealPath() + "\n", file(container, "stdout"));
    assertEquals("err\n", file(container, "stderr"));
    assertEquals(sandbox(container), directory.resolve("runs/latest").toRealPath());
  }

  @Test
  void aCommandThatKillsItselfEndsWithItsSignal() throws InterruptedException {
    shell("kill -9 $$");
    expectStarted();
    expectExit(9);
  }

  @Test
  void argumentsArriveAsTheyAre() throws IOException, InterruptedException {
    var container =
        launch(Optional.empty(), "printf", List.of("printf", "%s|", "a b", "$HOME", "\"'", ""));
    expectStarted();
    expectExit(0);
    assertEquals("a b|$HOME|\"'||", file(container, "stdout"));
  }

  @Test
  void theEnvironmentHasWhatWasGivenAndTheUmaskIsTheUsualOne()
      throws IOException, InterruptedException {
    var container = shell("echo $PATH $MESOS_SANDBOX $HOME; umask");
    expectStarted();
    expectExit(0);
    assertEquals(PATH + " " + sandbox(container) + "\n0022\n", file(container, "stdout"));
  }

  @Test
  void aProgramThatIsNotThereIsSaidOnStderr() throws IOException, InterruptedException {
    var container = launch(Optional.empty(), "/no/such", List.of("/no/such"));
    expectStarted();
    expectExit(1 << 8);
    assertEquals(
        "Failed to execute command '/no/such': No such file or directory\n",
        file(container, "stderr"));
  }

  @Test
  void sigtermReachesAllProcesses() throws IOException, InterruptedException {
    var container = shell("sleep 1000 & echo $! > child; wait");
    expectStarted();
    var child = pid(container, "child");
    containers.terminate(container);
    expectExit(15);
    assertFalse(isAlive(child));
  }

  @Test
  void aCommandMayCatchSigtermAndEndAsItLikes() throws IOException, InterruptedException {
    var container = shell("trap 'exit 7' TERM; echo $$ > ready; while :; do sleep 0.05; done");
    expectStarted();
    pid(container, "ready");
    containers.terminate(container);
    expectExit(7 << 8);
  }

  @Test
  void sigkillReachesProcessesThatLeftTheSessionAndIgnoreSigterm()
      throws IOException, InterruptedException {
    var container =
        shell(
            "trap '' TERM; setsid sh -c 'sleep 1000 & echo $! > child; wait' &"
                + " while :; do sleep 1; done");
    expectStarted();
    var child = pid(container, "child");
    containers.destroy(container);
    expectExit(9);
    assertFalse(isAlive(child));
  }

  @Test
  void whatTheCommandLeavesBehindIsKilledWithIt() throws IOException, InterruptedException {
    var container = shell("setsid sleep 1000 & echo $! > child");
    expectStarted();
    expectExit(0);
    assertFalse(isAlive(pid(container, "child")));
  }

  @Test
  void aSupervisorThatIsKilledLeavesAnUnknownEnd() throws InterruptedException, IOException {
    var container = shell("echo $$ > child; exec sleep 1000");
    var started = assertInstanceOf(ContainerCommand.Started.class, next());
    var child = pid(container, "child");
    ProcessHandle.of(started.pid()).orElseThrow().destroyForcibly();
    assertInstanceOf(ContainerCommand.Vanished.class, next());
    ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void aSupervisorWithoutRoomForTheEndRunsNothingAndSaysSo()
      throws IOException, InterruptedException {
    var full = new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f 0; exec \"$@\"", "sh"));
    full.addAll(supervisor(directory).command());
    containers.close();
    containers = containerizer(new Supervisor(full, "full"), 2, outcomes::add);
    var container = shell("true");
    expectStarted();
    var outcome = assertInstanceOf(ContainerCommand.Broken.class, next());
    var control = directory.resolve("runtime/containers").resolve(container.value());
    assertEquals(
        "Cannot write to '" + control + "' (--runtime_dir). Is the disk full?", outcome.why());
    assertFalse(Files.exists(sandbox(container).resolve("stdout")));
    assertFalse(Files.exists(control));
  }

  @Test
  void aLaterAgentTakesOverWhatAnEarlierOneLeft() throws IOException, InterruptedException {
    var container = shell("echo $$ > ready; exec sleep 1000");
    expectStarted();
    pid(container, "ready");
    untilItCanBeFound(container);
    containers.close();
    containers = containerizer();
    assertEquals(List.of(container), containers.adopt());
    containers.terminate(container);
    expectExit(15);
  }

  @Test
  void whatIsNoControlDirectoryIsInNobodysWay() throws IOException {
    var left = Files.createDirectories(directory.resolve("runtime/containers/cut"));
    Files.writeString(left.resolve("pid"), "");
    var foreign = Files.createDirectories(directory.resolve("runtime/containers/foreign"));
    Files.writeString(foreign.resolve("notes"), "");
    assertEquals(List.of(), containers.adopt());
    assertFalse(Files.exists(left));
    assertTrue(Files.exists(foreign.resolve("notes")));
  }

  @Test
  void aContainerThatIsDestroyedBeforeItsTurnNeverStarts() throws Exception {
    var free = new CountDownLatch(1);
    containers.close();
    containers =
        containerizer(
            supervisor(directory),
            1,
            outcome -> {
              outcomes.add(outcome);
              if (outcome instanceof ContainerCommand.Started) {
                await(free);
              }
            });
    shell("true");
    expectStarted();
    var waiting = shell("echo here");
    containers.destroy(waiting);
    free.countDown();
    var broken = outcomes.poll(30, TimeUnit.SECONDS);
    while (!(broken instanceof ContainerCommand.Broken)) {
      assertInstanceOf(ContainerCommand.Exited.class, broken);
      broken = outcomes.poll(30, TimeUnit.SECONDS);
    }
    assertEquals(
        new ContainerCommand.Broken(waiting, "it was destroyed before it started"), broken);
    assertFalse(Files.exists(sandbox(waiting)));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aSigtermThatFollowsTheStartAtOnceArrives() throws IOException, InterruptedException {
    containers.close();
    containers =
        containerizer(
            supervisor(directory),
            2,
            outcome -> {
              if (outcome instanceof ContainerCommand.Started(var container, long pid)) {
                containers.terminate(container);
                ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
              }
              outcomes.add(outcome);
            });
    shell("sleep 1000");
    expectStarted();
    expectExit(15);
  }

  @Test
  void anEnvironmentThatCannotBeGivenBreaksTheLaunch() throws InterruptedException {
    launch(Optional.empty(), "true", List.of("true"), Map.of("A=B", "c"));
    var outcome = assertInstanceOf(ContainerCommand.Broken.class, next());
    assertEquals("Invalid environment variable name: \"A=B\"", outcome.why());
  }

  @Test
  void theEndIsToldEvenWhenSomethingElseIsInTheControlDirectory() throws InterruptedException {
    var other = directory.resolve("runtime/containers").resolve(id(launched) + "/other");
    shell("touch " + other + "; exit 3");
    expectStarted();
    expectExit(3 << 8);
  }

  @Test
  void theCommandsPathIsItsOwnAffair() throws IOException, InterruptedException {
    var container =
        launch(
            Optional.empty(),
            "/bin/sh",
            List.of("sh", "-c", "echo $PATH; exit 4"),
            Map.of("PATH", "/nowhere"));
    expectStarted();
    expectExit(4 << 8);
    assertEquals("/nowhere\n", file(container, "stdout"));
  }

  @Test
  void aUserThatDoesNotExistIsSaidInTheReferencesWords() throws InterruptedException {
    var container = launch(Optional.of("nobody-here"), "true", List.of("true"));
    var outcome = assertInstanceOf(ContainerCommand.NoSandbox.class, next());
    assertEquals(
        "Failed to create executor directory '%s': Failed to chown directory to 'nobody-here': No such user 'nobody-here'"
            .formatted(sandbox(container)),
        outcome.why());
  }

  @Test
  void asRootACommandRunsAsItsUserWithThatUsersGroups() throws IOException, InterruptedException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root may switch users");
    var container =
        launch(Optional.of("nobody"), "/bin/sh", List.of("sh", "-c", "id -un; echo x > mine"));
    expectStarted();
    expectExit(0);
    assertEquals("nobody\n", file(container, "stdout"));
    assertEquals("nobody", Files.getOwner(sandbox(container).resolve("mine")).getName());
  }
}
