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
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hosts are cut from each other while a framework runs tasks: three with a master and a server of
 * ZooKeeper each, three with an agent. Each task is accounted for, and no master takes a call once
 * another leads.
 */
@Timeout(600)
final class NetworkCutTest {
  private static final Duration HEALING = Duration.ofMinutes(2);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Well below what is left of a lease when the network is cut. */
  private static final Duration SHORT = Duration.ofMillis(500);

  private static final int ATTEMPTS = 3;

  private static final int MASTERS = 3;
  private static final int AGENTS = 3;

  @TempDir Path directory;

  private Network network;
  private HaCluster cluster;
  private SteadyFramework framework;

  @Test
  void eachTaskIsAccountedForAndOneMasterLeadsWhateverIsCut() throws IOException {
    var traces = Files.createDirectory(directory.resolve("traces"));
    try (var net = Network.of(directory, MASTERS + AGENTS);
        var all = new HaCluster(directory, layout(net));
        var steady = new SteadyFramework(all.masterUrls(), traces, new SplittableRandom(1))) {
      network = net;
      cluster = all;
      framework = steady;
      framework.live(Duration.ofSeconds(2));

      aLeaderWithoutTheOtherMastersStopsBeforeAnotherLeads(true);
      aLeaderThatIsAloneForAMomentGoesOn();
      aLeaderWithoutAgentsAndFrameworksGoesOn();
      anAgentThatWasAloneComesBack();
      aLeaderWithoutTheOtherMastersStopsBeforeAnotherLeads(false);

      framework.settle(HEALING);
      framework.check();
      System.out.printf(
          "cuts: %d tasks, %d subscriptions, all accounted for%n",
          framework.launched(), framework.subscriptions());
    }
  }

  private static Layout layout(Network network) {
    var masters = network.hosts(1, 1 + MASTERS);
    var agents = network.hosts(1 + MASTERS, 1 + MASTERS + AGENTS);
    // Bound to its own server, a master that is cut off with it has nobody else to hear of it.
    return Layout.of(masters, masters, agents)
        .local()
        .withMasterFlags(
            "--hostname_lookup=false", "--agent_ping_timeout=1secs", "--max_agent_ping_timeouts=5")
        .withAgentFlags("--hostname_lookup=false");
  }

  /** Agents and frameworks go on reaching the old one, and believe it for as long as it speaks. */
  private void aLeaderWithoutTheOtherMastersStopsBeforeAnotherLeads(boolean isDeaf) {
    var old = leaderBesideFollower();
    try (var caller = new Caller(cluster.masterUrl(old));
        var next = Probe.of("next", () -> others(old).anyMatch(cluster::leads))) {
      until("calls are taken", () -> caller.hasBeenServed());
      caller.callOnly();
      if (isDeaf) {
        network.cut(host(old), hostsBeside(old));
      } else {
        network.silence(host(old), hostsBeside(old));
      }
      until("another leads", () -> next.firstYesAnswered().isPresent());
      var led = next.firstYesAnswered().orElseThrow();
      until("the old one was asked since", () -> caller.hasAskedSince(led));
      var late = Duration.ofNanos(caller.lastServedAsked() - led);
      assertTrue(
          late.isNegative(),
          "a call was taken that was made %d ms after another was seen to lead"
              .formatted(late.toMillis()));
      var leader = others(old).filter(cluster::leads).findFirst().orElseThrow();
      var known = Caller.weight(cluster.masterUrl(leader));
      assertTrue(
          known >= caller.lastStored(),
          "the old one said that weight %f is stored, and the next knows %f"
              .formatted(caller.lastStored(), known));
      System.out.printf(
          "cuts: the last call was taken %d ms before another was seen to lead%n",
          -late.toMillis());
    }
    network.heal();
    cluster.master(old).awaitOk(cluster.masterUrl(old) + "/ready");
    until("all agents are back", () -> activeAgents(old) == AGENTS);
  }

  /** Not each time: what was sent into the cut may be sent again only after the lease is over. */
  private void aLeaderThatIsAloneForAMomentGoesOn() {
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      var leader = cluster.awaitLeader();
      var term = term(leader);
      network.cut(host(leader), hostsBeside(leader));
      framework.live(SHORT);
      network.heal();
      framework.live(HaCluster.SESSION);
      if (term.equals(term(cluster.awaitLeader()))) {
        return;
      }
      until("all agents are back", () -> activeAgents(leader) == AGENTS);
    }
    throw new AssertionError("no leader went on after a cut of " + SHORT);
  }

  private void aLeaderWithoutAgentsAndFrameworksGoesOn() {
    var leader = cluster.awaitLeader();
    var standby = others(leader).findFirst().orElseThrow();
    var term = term(standby);
    var away = new ArrayList<>(network.hosts(1 + MASTERS, 1 + MASTERS + AGENTS));
    away.add(network.host(0));
    network.cut(host(leader), away);
    until("the leader has no agents", () -> activeAgents(standby) == 0);
    assertEquals(term, term(standby), "others may still ask it, through a standby too");
    network.heal();
    until("all agents are back", () -> activeAgents(standby) == AGENTS);
    assertEquals(term, term(standby));
  }

  private void anAgentThatWasAloneComesBack() {
    var leader = cluster.awaitLeader();
    var agents = cluster.agentIds();
    network.cut(network.host(1 + MASTERS), network.hosts(1, 1 + MASTERS));
    until("one is unreachable", () -> activeAgents(leader) == AGENTS - 1);
    framework.live(Duration.ofSeconds(1));
    network.heal();
    until("it is back", () -> activeAgents(leader) == AGENTS);
    assertEquals(agents, cluster.agentIds());
  }

  /** The server of ZooKeeper that is cut off is to be one that others can do without at once. */
  private int leaderBesideFollower() {
    for (var attempt = 0; attempt < MASTERS; attempt++) {
      var leader = cluster.awaitLeader();
      if (!cluster.ensemble().leads(leader)) {
        return leader;
      }
      cluster.master(leader).terminate();
      cluster.startMaster(leader);
      cluster.master(leader).awaitOk(cluster.masterUrl(leader) + "/ready");
    }
    throw new AssertionError("each master that leads is beside the server that leads");
  }

  /** The id that a master takes anew each time it leads, told by any of them. */
  private String term(int master) {
    return Json.get(cluster.masterUrl(master) + "/state").path("id").asText();
  }

  /** Of the leader, told by any master; none while there is no answer. */
  private int activeAgents(int master) {
    try {
      return Json.get(Duration.ofSeconds(2), cluster.masterUrl(master) + "/state")
          .path("activated_slaves")
          .asInt();
    } catch (RuntimeException | AssertionError e) {
      return -1;
    }
  }

  private Host host(int master) {
    return network.host(1 + master);
  }

  private List<Host> hostsBeside(int master) {
    return others(master).mapToObj(this::host).toList();
  }

  private static IntStream others(int master) {
    return IntStream.range(0, MASTERS).filter(i -> i != master);
  }

  /** The framework lives while something is waited for. */
  private void until(String what, BooleanSupplier condition) {
    var end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, "not within " + LIMIT + ": " + what);
      framework.live(Duration.ofMillis(100));
    }
  }
}
