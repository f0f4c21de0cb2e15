package io.proffer.agent.container.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.sandbox.Sandboxes;
import io.proffer.agent.sandbox.Users;
import io.proffer.api.flags.WrongFlagException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every supervisor must do, with real processes. */
@Timeout(60)
abstract class SupervisorContract extends RealContainers {
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
  void whatATaskLeavesThatKilledItsSupervisorIsKilled() throws InterruptedException, IOException {
    var container =
        shell(
            "sleep 4321 & echo $! > child; setsid sleep 4321 & echo $! > other;"
                + " env -i sleep 4321 & echo $! > bare; kill -9 $PPID; sleep 1000");
    expectStarted();
    assertInstanceOf(ContainerCommand.Vanished.class, next());
    for (var name : List.of("child", "other", "bare")) {
      assertFalse(isAlive(pid(container, name)), name);
    }
  }

  @Test
  void aTaskThatStoppedItsSupervisorIsTerminated() throws InterruptedException, IOException {
    var container = shell("kill -STOP $PPID; echo $$ > ready; sleep 1000");
    expectStarted();
    pid(container, "ready");
    containers.terminate(container);
    expectExit(15);
  }

  @Test
  void aTaskThatStopsItsSupervisorOverAndOverIsDestroyed()
      throws InterruptedException, IOException {
    var container = shell("trap '' TERM; echo $$ > ready; while :; do kill -STOP $PPID; done");
    expectStarted();
    pid(container, "ready");
    containers.destroy(container);
    expectExit(9);
  }

  @Test
  void aSupervisorWithoutRoomForTheEndRunsNothingAndSaysSo()
      throws IOException, InterruptedException {
    var full = new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f 0; exec \"$@\"", "sh"));
    full.addAll(supervisor(directory).command());
    containers.close();
    containers = containerizer(new Supervisor(full, "full", false, false), 2, outcomes::add);
    var container = shell("true");
    expectStarted();
    var outcome = assertInstanceOf(ContainerCommand.Broken.class, next());
    var control = directory.resolve("runtime/containers").resolve(container.value());
    assertEquals(
        "Cannot write to '" + control + "' (--runtime_dir). Is the disk full?", outcome.why());
    assertFalse(Files.exists(sandbox(container).resolve("stdout")));
    containers.forget(container);
    untilItIsGone(control);
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
    // Both come, in either order; before that something is still written to the directory.
    var ends = List.of(outcomes.poll(30, TimeUnit.SECONDS), outcomes.poll(30, TimeUnit.SECONDS));
    assertTrue(
        ends.contains(new ContainerCommand.Broken(waiting, "it was destroyed before it started")),
        ends::toString);
    assertTrue(ends.stream().anyMatch(ContainerCommand.Exited.class::isInstance), ends::toString);
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
  void aValueThatCannotBeGivenIsNotTold() throws InterruptedException {
    launch(Optional.empty(), "true", List.of("true"), Map.of("TOKEN", "se\0cret"));
    var outcome = assertInstanceOf(ContainerCommand.Broken.class, next());
    assertEquals(
        "Invalid value of environment variable 'TOKEN': it has a null character", outcome.why());
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
  void aLimitOfTheOutputIsKeptOrRefused() throws IOException, InterruptedException {
    var supervisor = supervisor(directory);
    var limits = new OutputLimits(4096, 4096, 1);
    var sandboxes = new Sandboxes(true, new Users());
    if (!supervisor.rotates()) {
      var runtime = directory.resolve("refused");
      var refusal =
          assertThrows(
              WrongFlagException.class,
              () ->
                  new ProcessContainerizer(
                      runtime, supervisor, sandboxes, limits, 1, outcomes::add));
      assertTrue(refusal.getMessage().contains("cannot limit what tasks write"));
      return;
    }
    containers.close();
    containers =
        new ProcessContainerizer(
            directory.resolve("runtime"), supervisor, sandboxes, limits, 1, outcomes::add);
    var container = shell("seq 10000; seq 10000 >&2");
    expectStarted();
    expectExit(0);
    for (var name : List.of("stdout", "stdout.1", "stderr", "stderr.1")) {
      assertTrue(file(container, name).length() <= 4096, name);
    }
    assertTrue(file(container, "stderr").endsWith("10000\n"));
    assertFalse(Files.exists(sandbox(container).resolve("stdout.2")));
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
