package io.proffer.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.zookeeper.LastingMasters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real server of ZooKeeper. */
@Timeout(60)
class ElectedMasterTest {
  private static final Duration SESSION = Duration.ofSeconds(4);

  private final LastingMasters lasting = new LastingMasters("/p");
  private final List<String> asked = new ArrayList<>();

  @AfterEach
  void close() {
    lasting.close();
  }

  private String candidate(int port) {
    return lasting.lay(port, port);
  }

  private Masters masters(Duration patience) {
    return new ElectedMaster(lasting.url(), false, Optional.empty(), patience);
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
    lasting.server().down();
    assertEquals("http://127.0.0.1:1", ask(masters));
    lasting.server().up();
  }

  @Test
  void anotherLeaderIsFoundWhenTheOldOneIsGone() throws ClientException {
    var first = candidate(1);
    candidate(2);
    var masters = masters(SESSION);
    ask(masters);
    lasting.remove(first);
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
    lasting.remove(first);
    assertEquals("http://127.0.0.1:2", ask(masters));
  }

  @Test
  void nobodyLeads() {
    var failure = assertThrows(ClientException.class, () -> ask(masters(SESSION)));
    assertEquals(
        "Nobody leads under "
            + lasting.url()
            + ": no master runs with this --zk, or an election is under way.",
        failure.getMessage());
    assertTrue(failure.isLeaderless());
  }

  @Test
  void zooKeeperIsAway() {
    lasting.server().down();
    var failure = assertThrows(ClientException.class, () -> ask(masters(Duration.ofSeconds(1))));
    assertEquals(
        "ZooKeeper at "
            + lasting.url().connectString()
            + " cannot be reached: no session within 1 seconds.",
        failure.getMessage());
    assertTrue(failure.temporary());
    assertFalse(failure.isNobodyThere());
    lasting.server().up();
  }
}
