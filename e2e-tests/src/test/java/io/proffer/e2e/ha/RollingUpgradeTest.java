package io.proffer.e2e.ha;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Json;
import io.proffer.e2e.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chapter "Upgrading" of docs/high-availability.md, done: from the build of an earlier revision
 * to this one, masters first and the leader last of them, then agents, under load all the while.
 */
@Timeout(1200)
final class RollingUpgradeTest {
  private static final Duration HEALING = Duration.ofMinutes(2);

  @TempDir Path directory;

  @Test
  void mastersAndThenAgentsAreUpgradedUnderLoadAndNoTaskEndsByIt() throws IOException {
    var earlier = EarlierBuild.jar(directory);
    var traces = Files.createDirectory(directory.resolve("traces"));
    try (var cluster = new HaCluster(directory, Layout.here(3, 3).begunWith(earlier))) {
      var leader = cluster.masterUrl(cluster.awaitLeader());
      order(
          leader,
          "{'type':'UPDATE_WEIGHTS','update_weights':{'weight_infos':"
              + "[{'role':'steady','weight':2.5}]}}");
      var agents = cluster.agentIds();
      try (var sleepers = Sleepers.launch(leader, traces, cluster.agents());
          var framework =
              new SteadyFramework(cluster.masterUrls(), traces, new SplittableRandom(1));
          var load = Load.of(framework)) {
        var begun = System.nanoTime();
        upgradeMasters(cluster, earlier);
        // Agents of the earlier build follow masters of this one.
        cluster.awaitAgents(cluster.agents());
        upgradeAgents(cluster, earlier);
        var took = Duration.ofNanos(System.nanoTime() - begun);

        load.end();
        framework.settle(HEALING);
        framework.check();
        sleepers.check(cluster.masterUrl(0));
        assertEquals(agents, cluster.agentIds(), "agents come back as who they were");
        assertTrue(
            Json.get(cluster.masterUrl(cluster.awaitLeader()) + "/weights")
                .toString()
                .contains("2.5"),
            "what the earlier build stored is known to this one");
        System.out.printf(
            "upgrade: six processes in %.1f s, %d tasks, %d subscriptions, all accounted for%n",
            took.toMillis() / 1000.0, framework.launched(), framework.subscriptions());
      }
    }
  }

  /** Whoever leads is the last, so that leading changes hands once. */
  private static void upgradeMasters(HaCluster cluster, Path earlier) {
    for (var left = cluster.masters(); left > 0; left--) {
      var leader = cluster.awaitLeader();
      var next =
          IntStream.range(0, cluster.masters())
              .filter(i -> i != leader && isOf(earlier, cluster.master(i)))
              .findFirst()
              .orElse(leader);
      assertTrue(isOf(earlier, cluster.master(next)), "this one is upgraded already");
      cluster.master(next).terminate();
      cluster.startMaster(next);
      cluster.master(next).awaitOk(cluster.masterUrl(next) + "/ready");
      assertTrue(!isOf(earlier, cluster.master(next)));
    }
  }

  private static void upgradeAgents(HaCluster cluster, Path earlier) {
    for (var next = 0; next < cluster.agents(); next++) {
      assertTrue(isOf(earlier, cluster.agent(next)));
      cluster.agent(next).terminate();
      cluster.awaitAgents(cluster.agents() - 1);
      cluster.startAgent(next);
      cluster.awaitAgents(cluster.agents());
      assertTrue(!isOf(earlier, cluster.agent(next)));
    }
  }

  /** Both may call themselves by one version, so the jar tells which build it is. */
  private static boolean isOf(Path build, ServiceProcess process) {
    return process.command().contains(build.toString());
  }

  private static void order(String master, String call) {
    var answer = Json.post(master + "/api/v1", Json.of(call).toString());
    assertEquals(200, answer.statusCode(), answer.body());
  }
}
