package io.proffer.agent.container.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.core.command.ContainerCommand;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    assertEquals(List.of(container), containers.adopt(false));
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
      assertEquals(List.of(container), containers.adopt(boot));
      expectStarted();
      expectExit(3 << 8);
    }
    containers.forget(container);
    untilItIsGone(control(container));
    assertEquals(List.of(), containers.adopt(false));
  }

  @Test
  void theEndOfWhatWasTakenOverIsNoticedAtOnce() throws IOException, InterruptedException {
    var container = shell("while [ ! -e go ]; do sleep 0.01; done; date +%s%N > when; exit 4");
    expectStarted();
    containers.close();
    containers = containerizer();
    containers.adopt(false);
    expectStarted();
    Files.createFile(sandbox(container).resolve("go"));
    expectExit(4 << 8);
    var now = Instant.now();
    var ended = pid(container, "when");
    assertTrue(
        now.getEpochSecond() * 1_000_000_000L + now.getNano() - ended < 500_000_000L,
        "the JDK's own look takes a second or more");
  }

  @Test
  void afterARestartOfTheHostNothingRuns() throws IOException, InterruptedException {
    var container = shell("echo $$ > ready; exec sleep 1000");
    expectStarted();
    pid(container, "ready");
    var first = containers;
    containers = containerizer();
    assertEquals(List.of(container), containers.adopt(true));
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
    assertEquals(List.of(id(0)), containers.adopt(false));
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
    assertEquals(List.of(), containers.adopt(false));
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
    assertEquals(List.of(), containers.adopt(false));
    assertFalse(Files.exists(left));
    assertTrue(Files.exists(foreign.resolve("notes")));
  }
}
