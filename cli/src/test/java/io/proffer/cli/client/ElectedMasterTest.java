package io.proffer.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.LastingMaster;
import io.proffer.api.zookeeper.OneServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real server of ZooKeeper. */
@Timeout(60)
class ElectedMasterTest {
  private static final Duration SESSION = Duration.ofSeconds(4);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private OneServer zooKeeper;
  private CuratorNodes nodes;

  @BeforeEach
  void serve() {
    zooKeeper = own(OneServer.start());
    nodes = own(CuratorNodes.open(zooKeeper.url("/p"), SESSION));
  }

  @AfterEach
  void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private <T extends AutoCloseable> T own(T part) {
    open.push(part);
    return part;
  }

  private String candidate(int port) {
    return LastingMaster.lay(nodes, "/p", port, port);
  }

  private void remove(String name) {
    nodes.remove(name).toCompletableFuture().join();
  }

  private Masters masters(Duration patience) {
    return new ElectedMaster(zooKeeper.url("/p"), false, patience);
  }

  /** Asks; those whose ports are given do not listen. */
  private String ask(Masters masters, int... gone) throws ClientException {
    return masters.ask(
        master -> {
          asked.add(master.toString());
          for (int port : gone) {
            if (master.port() == port) {
              throw ClientException.nobody("Nothing listens at " + master + ".", null);
            }
          }
          return master.uri("").toString();
        });
  }

  @Test
  void whoLeadsIsAskedAndKeptWhileItAnswers() throws ClientException {
    candidate(1);
    candidate(2);
    var masters = masters(SESSION);
    assertEquals("http://127.0.0.1:1", ask(masters));
    zooKeeper.down();
    assertEquals("http://127.0.0.1:1", ask(masters));
    zooKeeper.up();
  }

  @Test
  void anotherLeaderIsFoundWhenTheOldOneIsGone() throws ClientException {
    var first = candidate(1);
    candidate(2);
    var masters = masters(SESSION);
    ask(masters);
    remove(first);
    assertEquals("http://127.0.0.1:2", ask(masters, 1));
    assertEquals(List.of("127.0.0.1:1", "127.0.0.1:1", "127.0.0.1:2"), asked);
  }

  @Test
  void aLeaderThatIsGoneButHasItsNodeIsSaid() throws ClientException {
    candidate(1);
    var masters = masters(SESSION);
    ask(masters);
    var failure = assertThrows(ClientException.class, () -> ask(masters, 1));
    assertEquals("Nothing listens at 127.0.0.1:1.", failure.getMessage());
    assertTrue(failure.temporary());
  }

  @Test
  void whatBrokeOffIsNotAskedAgainButWhoLeadsIs() throws ClientException {
    var first = candidate(1);
    candidate(2);
    var masters = masters(SESSION);
    ask(masters);
    assertThrows(
        ClientException.class,
        () ->
            masters.ask(
                master -> {
                  throw ClientException.unreachable("broke off", null);
                }));
    remove(first);
    assertEquals("http://127.0.0.1:2", ask(masters));
  }

  @Test
  void nobodyLeads() {
    var failure = assertThrows(ClientException.class, () -> ask(masters(SESSION)));
    assertEquals(
        "Nobody leads under "
            + zooKeeper.url("/p")
            + ": no master runs with this --zk, or an election is under way.",
        failure.getMessage());
    assertTrue(failure.isLeaderless());
  }

  @Test
  void zooKeeperIsAway() {
    zooKeeper.down();
    var failure = assertThrows(ClientException.class, () -> ask(masters(Duration.ofSeconds(1))));
    assertEquals(
        "ZooKeeper at "
            + zooKeeper.url("/p").connectString()
            + " cannot be reached: no session within 1 seconds.",
        failure.getMessage());
    assertTrue(failure.temporary());
    assertFalse(failure.isNobodyThere());
    zooKeeper.up();
  }
}
