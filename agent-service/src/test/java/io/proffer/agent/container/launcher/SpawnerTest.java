package io.proffer.agent.container.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.fact.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The process that forks supervisors: who is forked is as one that the agent starts, and needs
 * nobody.
 */
@Timeout(120)
final class SpawnerTest extends RealContainers {
  private static final int KILLS = 40;
  private static final int LAUNCHES_PER_KILL = 5;

  /** SIGSTOP of Linux. */
  private static final int STOP = 19;

  private boolean direct;

  @Override
  Supervisor supervisor(Path directory) throws IOException {
    var supervisor = Supervisor.compiled(directory);
    assumeTrue(supervisor.isPresent(), "the build had no C compiler");
    return direct ? supervisor.get().alone() : supervisor.get();
  }

  private void killSpawner() {
    spawners().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void whatACommandFindsIsTheSameAsUnderASupervisorOfTheAgent() throws Exception {
    var look =
        "exec 2>&1; cat /proc/self/limits /proc/self/cgroup /proc/$$/environ; umask; ulimit -a;"
            // By the shell itself, which blocks signals while it starts somebody else.
            + " while read -r name value; do case $name in"
            + " Uid:|Gid:|Groups:|SigBlk:|SigIgn:|SigCgt:|NoNewPrivs:) echo $name $value;; esac;"
            + " done < /proc/$$/status;"
            + " for end in /proc/$$/fd/*; do echo ${end##*/}; done; nice;"
            + " readlink /proc/$$/fd/0; cat /proc/$$/oom_score_adj;"
            + " set -- $(cat /proc/$$/stat); [ $6 = $4 ] && echo a session of its own";
    var forked = seen(look, "forked");
    direct = true;
    containers.close();
    containers = containerizer();
    assertEquals(seen(look, "direct"), forked);
    assertTrue(forked.contains("\n0\n1\n2\n"), forked);
    assertTrue(forked.contains("a session of its own"), forked);
  }

  private String seen(String look, String name) throws IOException, InterruptedException {
    var container = shell(look, Map.of("MINE", "a b\nc"));
    expectStarted();
    expectExit(0);
    return file(container, "stdout").replace("/" + container.value(), "/ID").replace(name, "NAME");
  }

  @Test
  void aSupervisorIsShownWithItsArguments() throws IOException, InterruptedException {
    var container = shell("echo $$ > ready; exec sleep 1000");
    var started = assertInstanceOf(ContainerCommand.Started.class, next());
    pid(container, "ready");
    var line =
        Files.readString(Path.of("/proc", Long.toString(started.pid()), "cmdline")).split("\0", -1);
    assertEquals(control(container).toString(), line[1]);
    assertEquals(sandbox(container).toString(), line[2]);
    assertEquals(List.of("-", "-", "/bin/sh", "sh", "-c"), List.of(line).subList(3, 8));
    containers.destroy(container);
    expectExit(9);
  }

  @Test
  void oneThatIsKilledTakesNobodyWithItAndAnotherFollows() throws Exception {
    var stays = shell("echo $$ > ready; while [ ! -e go ]; do sleep 0.01; done; exit 3");
    expectStarted();
    pid(stays, "ready");
    var first = spawners();
    assertEquals(1, first.size());
    killSpawner();
    first.getFirst().onExit().join();
    var next = shell("exit 4");
    expectStarted();
    expectExit(4 << 8);
    Files.createFile(sandbox(stays).resolve("go"));
    assertEquals(new ContainerCommand.Exited(stays, 3 << 8), next());
    assertEquals(1, spawners().size());
    for (var container : List.of(stays, next)) {
      containers.forget(container);
      untilItIsGone(control(container));
    }
    assertEquals(Leftovers.NONE, Leftovers.of(directory));
  }

  @Test
  void killsAtAnyMomentRunEveryCommandOnceAndTellItsTrueEnd() throws Exception {
    for (var kill = 0; kill < KILLS; kill++) {
      for (var i = 0; i < LAUNCHES_PER_KILL; i++) {
        shell("echo once >> ran; exit " + launched % 100);
        if (i == kill % LAUNCHES_PER_KILL) {
          for (var spin = 0; spin < kill * 1000; spin++) {
            Thread.onSpinWait();
          }
          killSpawner();
        }
      }
    }
    var started = new TreeMap<String, Integer>();
    for (var outcomes = 0; outcomes < 2 * launched; outcomes++) {
      switch (next()) {
        case ContainerCommand.Started one ->
            started.merge(one.container().value(), 1, Integer::sum);
        case ContainerCommand.Exited(ContainerId container, int waitStatus) -> {
          assertEquals(1, started.get(container.value()), container::value);
          assertEquals(Integer.parseInt(container.value().substring(1)) % 100 << 8, waitStatus);
          assertEquals("once\n", file(container, "ran"), container::value);
        }
        case ContainerCommand other -> throw new AssertionError("expected an end, got " + other);
      }
    }
    assertEquals(launched, started.size());
    assertTrue(outcomes.isEmpty(), outcomes::toString);
    var all = new ArrayList<ContainerId>();
    for (var i = 0; i < launched; i++) {
      all.add(id(i));
      containers.forget(id(i));
    }
    all.forEach(container -> untilItIsGone(control(container)));
    assertEquals(Leftovers.NONE, Leftovers.of(directory));
  }

  @Test
  void itEndsWithItsAgentAndContainersGoOn() throws Exception {
    var container = shell("echo $$ > ready; exec sleep 1000");
    expectStarted();
    pid(container, "ready");
    var spawner = spawners().getFirst();
    containers.close();
    spawner.onExit().join();
    containers = containerizer();
    assertEquals(List.of(container), containers.adopt(false, Map.of()));
    expectStarted();
    containers.destroy(container);
    expectExit(9);
  }

  @Test
  void oneThatIsStoppedIsMadeToGoOn() throws Exception {
    var container = shell("echo $$ > ready; while [ ! -e go ]; do sleep 0.01; done; exit 3");
    expectStarted();
    pid(container, "ready");
    var spawner = spawners().getFirst();
    Signals.send(spawner.pid(), STOP);
    Files.createFile(sandbox(container).resolve("go"));
    assertEquals(new ContainerCommand.Exited(container, 3 << 8), next());
    assertTrue(spawner.isAlive());
  }

  @Test
  void oneThatIsStoppedOverAndOverIsDoneWithout() throws Exception {
    var container = shell("echo $$ > ready; while [ ! -e go ]; do sleep 0.01; done; exit 3");
    expectStarted();
    pid(container, "ready");
    var spawner = spawners().getFirst();
    var gaveUp = new AtomicBoolean();
    var stopping =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  while (spawner.isAlive() && !gaveUp.get()) {
                    Signals.send(spawner.pid(), STOP);
                  }
                });
    try {
      var word = "x".repeat(100_000);
      for (var i = 0; i < 3; i++) {
        shell("exit 0", Map.of("LONG", word));
      }
      Files.createFile(sandbox(container).resolve("go"));
      var exits = new TreeMap<String, Integer>();
      while (exits.size() < 4) {
        if (next() instanceof ContainerCommand.Exited(ContainerId one, int waitStatus)) {
          exits.put(one.value(), waitStatus);
        }
      }
      assertEquals(Map.of("c0", 3 << 8, "c1", 0, "c2", 0, "c3", 0), exits);
      stopping.join();
    } finally {
      gaveUp.set(true);
    }
  }

  /** As when the agent is told to stop: what is asked for then is begun, or was never begun. */
  @Test
  void oneThatIsStoppedHoldsUpNoEndOfItsAgent() throws Exception {
    var others = launchers();
    shell("true");
    expectStarted();
    expectExit(0);
    var spawner = spawners().getFirst();
    Signals.send(spawner.pid(), STOP);
    var word = "x".repeat(100_000);
    for (var i = 0; i < 3; i++) {
      shell("exit 0", Map.of("LONG", word));
    }
    containers.close();
    spawner.onExit().get();
    // What was asked for last may still make its directory.
    for (var thread : launchers()) {
      assertTrue(others.contains(thread) || thread.join(Duration.ofSeconds(30)), thread::toString);
    }
    containers = containerizer();
  }

  private static Set<Thread> launchers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("launch-"))
        .collect(Collectors.toSet());
  }

  @Test
  void aCommandLongerThanAPipeHoldsArrivesWhole() throws IOException, InterruptedException {
    var word = "x".repeat(100_000);
    var container =
        launch(
            Optional.empty(),
            "/bin/sh",
            List.of("sh", "-c", "echo ${#1} ${#LONG}", "sh", word),
            Map.of("LONG", word));
    expectStarted();
    expectExit(0);
    assertEquals("100000 100000\n", file(container, "stdout"));
  }

  @Test
  void anArgumentThatNoProgramCanGetBreaksTheLaunch() throws InterruptedException {
    launch(Optional.empty(), "true", List.of("true", "a\0b"));
    var broken = assertInstanceOf(ContainerCommand.Broken.class, next());
    assertEquals("invalid null character in command", broken.why());
  }
}
