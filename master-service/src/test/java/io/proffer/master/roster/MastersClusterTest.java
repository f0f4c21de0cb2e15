package io.proffer.master.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.api.zookeeper.OneServer;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
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
    var who = new Presence.Who("127.0.0.1:1", "localhost", Instant.EPOCH, () -> true);
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
    try (var _ = join(new MastersCluster.Place("127.0.0.1", ELSEWHERE, 0, Optional.empty()))) {
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
    var cluster = join(new MastersCluster.Place("127.0.0.1", "127.0.0.1", 0, Optional.empty()));
    await(1);
    cluster.close();
    await(0);
    assertEquals(0, members().size());
  }

  /** As Vert.x does when the connection breaks meanwhile: it is not waited for. */
  @Test
  void anAttemptThatJoinsWhenItWasGivenUpLeavesNothingThere() throws Exception {
    var slow = new CompletableFuture<VertxBuilder>();
    var late = Promise.<Vertx>promise();
    Supplier<Card> card = () -> new Card("1", "127.0.0.1:1", "localhost", "1", 0, 0, true);
    var cluster =
        new MastersCluster(
            nodes,
            PATH,
            new MastersCluster.Place("127.0.0.1", "127.0.0.1", 0, Optional.empty()),
            card,
            new Roster(card, CLOCKS),
            builder -> slow.complete(builder) ? late.future() : builder.buildClustered());
    try (cluster) {
      cluster.start();
      var given = slow.get(20, TimeUnit.SECONDS);
      var again = new CompletableFuture<Void>();
      nodes.onConnection(
          now -> {
            if (now == Nodes.Connection.CONNECTED) {
              again.complete(null);
            }
          });
      server.expire(nodes.session());
      again.get(20, TimeUnit.SECONDS);
      await(1);
      var members = members();
      given.buildClustered().onComplete(late);
      late.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
      Awaitility.await("only the one that joined in time")
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> members().equals(members));
    }
  }

  /** Not a period later: there is none here. */
  @Test
  void whatAMasterTellsIsHeardByAnotherAtOnce() {
    var ready = new AtomicBoolean();
    Supplier<Card> a = () -> new Card("a", "127.0.0.1:1", "a", "1", 0, 0, ready.get());
    Supplier<Card> b = () -> new Card("b", "127.0.0.1:2", "b", "1", 0, 0, true);
    var roster = new Roster(b, CLOCKS);
    try (var teller = joinWithoutPeriod(a, new Roster(a, CLOCKS));
        var _ = joinWithoutPeriod(b, roster)) {
      Awaitility.await("the other is there, and hears")
          .atMost(20, TimeUnit.SECONDS)
          .until(
              () -> {
                teller.tell();
                return roster.members().size() == 2;
              });
      assertFalse(roster.members().getFirst().card().ready());
      ready.set(true);
      teller.tell();
      Awaitility.await("it is heard")
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> roster.members().getFirst().card().ready());
    }
  }

  private MastersCluster joinWithoutPeriod(Supplier<Card> own, Roster roster) {
    var cluster =
        new MastersCluster(
            nodes,
            PATH,
            new MastersCluster.Place("127.0.0.1", "127.0.0.1", 0, Optional.empty()),
            own,
            roster,
            builder -> builder.buildClustered().map(MastersClusterTest::withoutPeriod));
    cluster.start();
    return cluster;
  }

  private static Vertx withoutPeriod(Vertx vertx) {
    return (Vertx)
        Proxy.newProxyInstance(
            Vertx.class.getClassLoader(),
            new Class<?>[] {Vertx.class},
            (proxy, method, given) ->
                method.getName().equals("setPeriodic") ? 0L : method.invoke(vertx, given));
  }

  @Test
  void aPortThatIsTakenLeavesNothingThereAndIsTriedAgain() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      try (var _ =
          join(
              new MastersCluster.Place(
                  "127.0.0.1", "127.0.0.1", other.getLocalPort(), Optional.empty()))) {
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
