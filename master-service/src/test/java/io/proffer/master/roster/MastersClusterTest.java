package io.proffer.master.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.OneServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What masters leave in ZooKeeper when they tell each other of themselves. */
@Timeout(60)
class MastersClusterTest {
  private static final String PATH = "/masters";
  private static final String MEMBERS = PATH + "/proffer/vertx/cluster/nodes";

  /** Of a network for documentation: no host has it, as one behind NAT has not its public one. */
  private static final String ELSEWHERE = "192.0.2.7";

  private static final Presence.Clocks CLOCKS =
      new Presence.Clocks(System::nanoTime, Instant::now, Duration.ofMinutes(1));

  private final OneServer server = OneServer.start();
  private final CuratorNodes nodes = CuratorNodes.open(server.url(PATH), Duration.ofSeconds(4));

  @AfterEach
  void stop() {
    nodes.close();
    server.close();
  }

  private MastersCluster join(MastersCluster.Place place) {
    var who = new Presence.Who("127.0.0.1:1", "localhost", Instant.EPOCH, () -> false, () -> true);
    var cluster = new Presence(who, CLOCKS).join(nodes, PATH, place);
    cluster.start();
    return cluster;
  }

  private List<String> members() {
    return nodes.children(MEMBERS).toCompletableFuture().join();
  }

  private void await(int members) {
    Awaitility.await(members + " members")
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> members().size() == members);
  }

  @Test
  void anAddressThatIsNotOfThisHostIsAnnouncedAndNotListenedOn() {
    try (var _ = join(new MastersCluster.Place("127.0.0.1", ELSEWHERE, 0))) {
      // What stands there before it listens does not name the place.
      Awaitility.await("a member at " + ELSEWHERE)
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> members().stream().anyMatch(it -> text(it).contains(ELSEWHERE)));
    }
  }

  private String text(String member) {
    var node = nodes.read(MEMBERS + "/" + member).toCompletableFuture().join();
    return node.map(it -> it.data().toStringUtf8()).orElse("");
  }

  @Test
  void oneThatLeavesIsGoneAtOnceThoughItsSessionLivesOn() {
    var cluster = join(new MastersCluster.Place("127.0.0.1", "127.0.0.1", 0));
    await(1);
    cluster.close();
    await(0);
    assertEquals(0, members().size());
  }

  @Test
  void aPortThatIsTakenLeavesNothingThereAndIsTriedAgain() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      try (var _ = join(new MastersCluster.Place("127.0.0.1", "127.0.0.1", other.getLocalPort()))) {
        Awaitility.await()
            .during(Roster.PERIOD.plusSeconds(1))
            .atMost(20, TimeUnit.SECONDS)
            .until(() -> members().isEmpty());
        free(other);
        await(1);
      }
    }
  }

  private static void free(ServerSocket other) throws IOException {
    other.close();
  }
}
