package io.proffer.e2e.ha;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Masters, agents and servers of ZooKeeper are killed with -9, stopped in the middle of what they
 * do, and cut from each other where this host lets us, while frameworks run tasks: each task is
 * accounted for, none is told of untruly, and nothing is left of any.
 */
@Timeout(1200)
final class ChaosTest {
  private static final Duration HEALING = Duration.ofMinutes(2);
  private static final int MASTERS = 3;
  private static final int AGENTS = 3;

  @TempDir Path directory;

  @Test
  void eachTaskIsAccountedForWhateverIsKilledStoppedOrCut() throws IOException {
    var seed = Long.getLong("seed", System.nanoTime());
    var chance = new SplittableRandom(seed);
    var traces = Files.createDirectory(directory.resolve("traces"));
    var time = Duration.ofSeconds(Long.getLong("chaos.seconds", 60));
    var network = Network.ifPossible(directory, MASTERS + AGENTS);
    try (var cluster = new HaCluster(directory, layout(network));
        var crowd = new Crowd(cluster, traces, chance.split())) {
      var faults = new Faults(cluster, network, chance);
      var begun = System.nanoTime();
      crowd.live(Duration.ofSeconds(3));
      while (System.nanoTime() - begun < time.toNanos() || !faults.wereAll()) {
        faults.next(crowd::live);
        crowd.live(Duration.ofMillis(500 + chance.nextInt(3000)));
      }
      var took = Duration.ofNanos(System.nanoTime() - begun);
      crowd.settle(HEALING);
      cluster.awaitAgents(AGENTS);
      awaitNothingLeft(cluster, traces);
      System.out.printf("chaos: for %d s %s.%n", took.toSeconds(), crowd);
      System.out.printf("chaos: %s; %d failovers.%n", faults, crowd.failovers());
      assertTrue(crowd.fewest() > faults.count(), "next to nothing ran: " + crowd);
      assertTrue(crowd.failovers() > 0, "the leader was killed, and none followed it");
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("Again with -Dseed=%d: %s".formatted(seed, e.getMessage()), e);
    } finally {
      network.ifPresent(Network::close);
    }
  }

  /** Each master beside a server of ZooKeeper, each agent alone; all on this host without hosts. */
  private static Layout layout(Optional<Network> network) {
    if (network.isEmpty()) {
      return Layout.here(MASTERS, AGENTS);
    }
    var masters = network.get().hosts(1, 1 + MASTERS);
    return Layout.of(masters, masters, network.get().hosts(1 + MASTERS, 1 + MASTERS + AGENTS))
        .withMasterFlags("--hostname_lookup=false")
        .withAgentFlags("--hostname_lookup=false");
  }

  private static void awaitNothingLeft(HaCluster cluster, Path traces) {
    Awaitility.await("nothing is left of any task")
        .atMost(HEALING)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertEquals(List.of(), left(cluster, traces)));
  }

  /** Tasks that the leader counts, containers of agents, and processes of this host. */
  private static List<String> left(HaCluster cluster, Path traces) {
    var all = new ArrayList<String>();
    var leader = cluster.masterUrl(cluster.awaitLeader());
    for (var framework : Json.get(leader + "/state").path("frameworks")) {
      framework.path("tasks").forEach(task -> all.add("a task: " + task));
      framework.path("unreachable_tasks").forEach(task -> all.add("unreachable: " + task));
    }
    for (var agent = 0; agent < cluster.agents(); agent++) {
      Json.get(cluster.agentUrl(agent) + "/containers")
          .forEach(it -> all.add("a container: " + it));
    }
    ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(command -> command.contains(traces + "/"))
        .forEach(command -> all.add("a process: " + command));
    return all;
  }
}
