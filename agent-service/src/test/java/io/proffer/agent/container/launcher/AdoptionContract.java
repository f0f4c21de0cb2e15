package io.proffer.agent.container.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.fact.ContainerId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an agent that is started again must find, with real processes. */
@Timeout(60)
abstract class AdoptionContract extends RealContainers {
  private static final int GIVEN_UP = 500;

  @Test
  void aLaterAgentTakesOverWhatAnEarlierOneLeft() throws IOException, InterruptedException {
    var container = shell("echo $$ > ready; exec sleep 1000");
    expectStarted();
    pid(container, "ready");
    untilItCanBeFound(container);
    containers.close();
    containers = containerizer();
    assertEquals(List.of(container), containers.adopt(false, Map.of()));
    expectStarted();
    containers.terminate(container);
    expectExit(15);
  }

  @Test
  void theTrueEndOfWhatEndedWithoutAnAgentIsToldUntilItIsForgotten()
      throws IOException, InterruptedException {
    var container = shell("exit 3");
    expectStarted();
    expectExit(3 << 8);
    // Nobody has said that the end is on disk, so each later agent hears it again.
    for (var boot : List.of(false, true)) {
      containers.close();
      containers = containerizer();
      assertEquals(List.of(container), containers.adopt(boot, Map.of()));
      expectStarted();
      expectExit(3 << 8);
    }
    containers.forget(container);
    untilItIsGone(control(container));
    assertEquals(List.of(), containers.adopt(false, Map.of()));
  }

  @Test
  void theEndOfWhatWasTakenOverIsNoticedAtOnce() throws IOException, InterruptedException {
    var container = shell("while [ ! -e go ]; do sleep 0.01; done; date +%s%N > when; exit 4");
    expectStarted();
    containers.close();
    containers = containerizer();
    containers.adopt(false, Map.of());
    expectStarted();
    Files.createFile(sandbox(container).resolve("go"));
    expectExit(4 << 8);
    var now = Instant.now();
    var ended = pid(container, "when");
    assertTrue(
        now.getEpochSecond() * 1_000_000_000L + now.getNano() - ended < 500_000_000L,
        "the JDK's own look takes a second or more");
  }

  /** What hid in a session of its own is known by the sandbox, which the agent remembers. */
  @Test
  void nothingOutlivesASupervisorThatIsKilledAfterItWasTakenOver() throws Exception {
    var container =
        shell("setsid sh -c 'echo $$ > hidden; exec sleep 1000' & echo $$ > ready; sleep 1000");
    expectStarted();
    var left = List.of(pid(container, "ready"), pid(container, "hidden"));
    untilItCanBeFound(container);
    endAgent();
    containers = containerizer();
    containers.adopt(false, Map.of(container, sandbox(container).toString()));
    expectStarted();
    killSupervisor(container);
    assertInstanceOf(ContainerCommand.Vanished.class, next());
    assertGone(left);
  }

  @Test
  void nothingOutlivesASupervisorThatWasKilledWhileNoAgentWasThere() throws Exception {
    var container =
        shell(
            "sleep 1000 & echo $! > ready;"
                + " (exec env -i sleep 1000) & echo $! > bare; sleep 1000; true");
    expectStarted();
    var left = List.of(pid(container, "ready"), pid(container, "bare"));
    untilItCanBeFound(container);
    endAgent();
    killSupervisor(container);
    containers = containerizer();
    containers.adopt(false, Map.of(container, sandbox(container).toString()));
    expectStarted();
    assertInstanceOf(ContainerCommand.Vanished.class, next());
    assertGone(left);
  }

  /** A daemon that got the number of the supervisor, and left its session to its child. */
  @Test
  void whoIsInASessionOfTheSameNumberByChanceIsLeftAlone() throws Exception {
    var daemon = directory.resolve("daemon");
    assertEquals(
        0,
        new ProcessBuilder("setsid", "--wait", "sh", "-c", "sleep 1000 & echo $$ $! > " + daemon)
            .directory(directory.toFile())
            .start()
            .waitFor());
    var numbers = Files.readString(daemon).strip().split(" ", -1);
    var process = ProcessHandle.of(Long.parseLong(numbers[1])).orElseThrow();
    try {
      var control = Files.createDirectories(control(id(0)));
      Files.writeString(control.resolve("pid"), numbers[0] + " 1\n");
      containers.adopt(false, Map.of(id(0), sandbox(id(0)).toString()));
      expectStarted();
      assertInstanceOf(ContainerCommand.Vanished.class, next());
      assertTrue(isAlive(process.pid()));
    } finally {
      process.destroyForcibly();
    }
  }

  /** The spawner ends with it, which would still see to what a supervisor leaves. */
  private void endAgent() {
    var spawners = spawners();
    containers.close();
    spawners.forEach(spawner -> spawner.onExit().join());
  }

  private void killSupervisor(ContainerId container) throws IOException {
    var owner = new ControlDirectory(control(container)).owner().orElseThrow();
    var process = ProcessHandle.of(owner.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  private static void assertGone(List<Long> pids) throws IOException {
    for (var pid : pids) {
      assertFalse(isAlive(pid), () -> pid + " outlived its container");
    }
  }

  @Test
  void afterARestartOfTheHostNothingRuns() throws IOException, InterruptedException {
    var container = shell("echo $$ > ready; exec sleep 1000");
    expectStarted();
    pid(container, "ready");
    var first = containers;
    containers = containerizer();
    assertEquals(List.of(container), containers.adopt(true, Map.of()));
    expectStarted();
    assertInstanceOf(ContainerCommand.Vanished.class, next());
    first.destroy(container);
    expectExit(9);
    first.close();
  }

  @Test
  void aNumberThatAnotherProcessHasNowIsNotTakenForTheSupervisor() throws Exception {
    var control = Files.createDirectories(control(id(0)));
    Files.writeString(control.resolve("pid"), ProcessHandle.current().pid() + " 1\n");
    assertEquals(List.of(id(0)), containers.adopt(false, Map.of()));
    expectStarted();
    assertInstanceOf(ContainerCommand.Vanished.class, next());
  }

  @Test
  void aSupervisorThatIsStartingWhenItIsGivenUpRunsNothing() throws Exception {
    var control = Files.createDirectories(control(id(0)));
    var sandbox = Files.createDirectories(sandbox(id(0)));
    assertTrue(new ControlDirectory(control).claim());
    var late = new ArrayList<>(supervisor(directory).command());
    late.addAll(
        List.of(
            control.toString(), sandbox.toString(), "-", "-", "/bin/sh", "sh", "-c", "touch ran"));
    assertEquals(Supervisor.NO_ROOM, new ProcessBuilder(late).start().waitFor());
    assertFalse(Files.exists(sandbox.resolve("ran")));
    assertEquals(List.of(), containers.adopt(false, Map.of()));
    untilItIsGone(control);
    assertEquals(Supervisor.NO_ROOM, new ProcessBuilder(late).start().waitFor());
    assertFalse(Files.exists(sandbox.resolve("ran")));
  }

  /** Whenever it comes, it finds its place taken, or no place. */
  @Test
  void aSupervisorThatIsLateForBeingGivenUpRunsNothing() throws Exception {
    for (var i = 0; i < GIVEN_UP; i++) {
      var control = new ControlDirectory(Files.createDirectories(control(id(i))));
      assertTrue(control.claim());
      var late = CompletableFuture.supplyAsync(() -> getsItsPlace(control.path()));
      if (i % 2 == 0) {
        while (!Files.exists(control.path().resolve(".pid"))) {
          Thread.onSpinWait();
        }
      }
      control.giveUp();
      assertFalse(late.get(), "it got its place");
      assertFalse(Files.exists(control.path()));
    }
  }

  /** Does as a supervisor does, until it is told that there is no place, or has got it. */
  private static boolean getsItsPlace(Path control) {
    while (true) {
      try {
        Files.writeString(control.resolve(".pid"), "1 1\n");
        Files.createLink(control.resolve("pid"), control.resolve(".pid"));
        return true;
      } catch (FileAlreadyExistsException taken) {
        Thread.onSpinWait();
      } catch (IOException gone) {
        return false;
      }
    }
  }

  @Test
  void whatIsNoControlDirectoryIsInNobodysWay() throws IOException {
    var left = Files.createDirectories(directory.resolve("runtime/containers/cut"));
    Files.writeString(left.resolve("pid"), "");
    var foreign = Files.createDirectories(directory.resolve("runtime/containers/foreign"));
    Files.writeString(foreign.resolve("notes"), "");
    assertEquals(List.of(), containers.adopt(false, Map.of()));
    assertFalse(Files.exists(left));
    assertTrue(Files.exists(foreign.resolve("notes")));
  }
}
