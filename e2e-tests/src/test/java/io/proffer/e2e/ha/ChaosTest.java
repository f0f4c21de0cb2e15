package io.proffer.e2e.ha;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Masters, agents and servers of ZooKeeper are killed with -9, stopped in the middle of what they
 * do, and cut from each other where this host lets us, while a framework runs tasks: each task is
 * accounted for, and none is told of untruly.
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
        var framework = new SteadyFramework(cluster.masterUrls(), traces, chance.split())) {
      framework.live(Duration.ofSeconds(3));
      var end = System.nanoTime() + time.toNanos();
      var faults = 0;
      while (System.nanoTime() - end < 0) {
        fault(cluster, network, framework, chance);
        faults++;
        framework.live(Duration.ofMillis(500 + chance.nextInt(3000)));
      }
      framework.settle(HEALING);
      framework.check();
      cluster.awaitAgents(AGENTS);
      assertTrue(framework.launched() > faults, "next to nothing ran");
      System.out.printf(
          "chaos: %d faults, %d tasks, %d subscriptions, all accounted for%n",
          faults, framework.launched(), framework.subscriptions());
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

  /** One thing goes wrong, the framework lives on, and it is made good again. */
  private static void fault(
      HaCluster cluster,
      Optional<Network> network,
      SteadyFramework framework,
      SplittableRandom chance) {
    var away = Duration.ofMillis(chance.nextInt(2000));
    // Longer and shorter than a session: it wakes up as a leader, or as one deposed.
    var stopped = Duration.ofMillis(500 + chance.nextInt(6000));
    var leader = cluster.leader();
    var master =
        leader.isPresent() && chance.nextBoolean()
            ? leader.getAsInt()
            : chance.nextInt(cluster.masters());
    var agent = chance.nextInt(cluster.agents());
    var server = chance.nextInt(cluster.ensemble().size());
    switch (chance.nextInt(network.isPresent() ? 8 : 6)) {
      case 0, 1 -> {
        cluster.master(master).kill();
        framework.live(away);
        cluster.startMaster(master);
      }
      case 2 -> {
        cluster.master(master).signal("STOP");
        framework.live(stopped);
        cluster.master(master).signal("CONT");
      }
      case 3 -> {
        cluster.agent(agent).kill();
        framework.live(away);
        cluster.startAgent(agent);
      }
      case 4 -> {
        cluster.ensemble().server(server).kill();
        framework.live(away);
        cluster.ensemble().start(server);
      }
      case 6, 7 -> {
        cut(network.orElseThrow(), chance);
        framework.live(stopped);
        network.orElseThrow().heal();
      }
      default -> {
        var process =
            chance.nextBoolean() ? cluster.ensemble().server(server) : cluster.agent(agent);
        process.signal("STOP");
        framework.live(stopped);
        process.signal("CONT");
      }
    }
  }

  /**
   * One host from some of the others, this one among them; every third time it hears them still.
   */
  private static void cut(Network network, SplittableRandom chance) {
    var one = network.host(1 + chance.nextInt(MASTERS + AGENTS));
    var others =
        network.hosts(0, 1 + MASTERS + AGENTS).stream()
            .filter(other -> !other.equals(one) && chance.nextInt(4) > 0)
            .toList();
    if (chance.nextInt(3) == 0) {
      network.silence(one, others);
    } else {
      network.cut(one, others);
    }
  }
}
