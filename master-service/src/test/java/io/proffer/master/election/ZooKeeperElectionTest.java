package io.proffer.master.election;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.proffer.api.v1.Address;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.LeaderNodes;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.api.zookeeper.OneServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Elections over a real server. */
@Timeout(60)
class ZooKeeperElectionTest {
  private static final Duration SESSION = Duration.ofSeconds(4);
  private static final String PATH = "/deep/cluster";

  private final OneServer server = OneServer.start();
  private final List<Contender> contenders = new ArrayList<>();

  @AfterEach
  void stop() {
    contenders.forEach(Contender::close);
    server.close();
  }

  /** A master as an election sees it, and what it was told, in order. */
  private final class Contender implements ZooKeeperElection.Candidate, AutoCloseable {
    final String authority;
    final CuratorNodes nodes = CuratorNodes.open(server.url(PATH), SESSION);
    final ZooKeeperElection election;
    final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    volatile Lease lease;
    volatile String id;

    Contender(int port) {
      this(port, () -> CompletableFuture.completedFuture(null));
    }

    Contender(int port, Supplier<CompletionStage<Void>> check) {
      authority = "127.0.0.1:" + port;
      election = new ZooKeeperElection(nodes, PATH, authority);
      contenders.add(this);
      election.provided(check, unfit -> told.add("unfit: " + unfit));
      election.contend(
          () ->
              MasterInfo.newBuilder()
                  .setId(UUID.randomUUID().toString())
                  .setIp(16777343)
                  .setPort(port)
                  .setAddress(Address.newBuilder().setIp("127.0.0.1").setPort(port))
                  .build(),
          this);
    }

    @Override
    public void elected(MasterInfo info, Lease lease) {
      this.lease = lease;
      this.id = info.getId();
      told.add("elected");
    }

    @Override
    public void deposed(String why) {
      told.add("deposed: " + why);
    }

    String hears() throws InterruptedException {
      return String.valueOf(told.poll(20, TimeUnit.SECONDS));
    }

    void hears(String beginning) throws InterruptedException {
      var word = hears();
      assertTrue(word.startsWith(beginning), word);
    }

    @Override
    public void close() {
      election.close();
      nodes.close();
    }
  }

  private static void await(Standing wanted, Contender contender) throws InterruptedException {
    var changed = new LinkedBlockingQueue<Standing>();
    contender.election.onChange(changed::add);
    for (var now = contender.election.standing(); !wanted.equals(now); ) {
      now = changed.poll(20, TimeUnit.SECONDS);
      assertNotEquals(null, now, "it never stood as " + wanted);
    }
  }

  @Test
  void theFirstLeadsTheOthersKnowItAndFollowInOrder() throws Exception {
    var a = new Contender(5051);
    a.hears("elected");
    assertEquals(new Standing.Leading(), a.election.standing());
    assertTrue(a.lease.holds());
    var b = new Contender(5052);
    await(new Standing.Following("127.0.0.1:5051"), b);
    var c = new Contender(5053);
    await(new Standing.Following("127.0.0.1:5051"), c);

    var began = System.nanoTime();
    a.election.close();
    b.hears("elected");
    var millis = (System.nanoTime() - began) / 1_000_000;
    assertTrue(millis < 1000, "a clean stop was noticed after " + millis + " ms");
    a.hears("deposed: this master stops");
    assertFalse(a.lease.holds());
    await(new Standing.Following("127.0.0.1:5052"), c);
    assertEquals(List.of(), List.copyOf(c.told));
  }

  @Test
  void aLeaderWhoseSessionEndedContendsAnewWithAnotherId() throws Exception {
    var a = new Contender(5051);
    a.hears("elected");
    var before = a.id;
    var lease = a.lease;
    server.expire(a.nodes.session());
    a.hears("deposed: ");
    assertFalse(lease.holds());
    a.hears("elected");
    assertNotEquals(before, a.id);
    assertTrue(a.lease.holds());
  }

  /** As after a registry that could not be opened: it waits for up to half a minute. */
  @Test
  void aSessionThatBeginsBeforeItMayContendIsItsOwn() throws Exception {
    var asked = new CompletableFuture<Void>();
    var fit = new CompletableFuture<Void>();
    var a =
        new Contender(
            5051,
            () -> {
              asked.complete(null);
              return fit;
            });
    asked.get(20, TimeUnit.SECONDS);
    var connected = new LinkedBlockingQueue<Long>();
    a.nodes.onConnection(
        now -> {
          if (now == Nodes.Connection.CONNECTED) {
            connected.add(a.nodes.session());
          }
        });
    var before = a.nodes.session();
    server.expire(before);
    assertNotEquals(before, connected.poll(20, TimeUnit.SECONDS));
    fit.complete(null);
    a.hears("elected");
    // The connection breaks for a moment, and the session lives on.
    var during = a.nodes.session();
    server.down();
    server.up();
    assertEquals(during, connected.poll(20, TimeUnit.SECONDS));
    assertEquals(List.of(), List.copyOf(a.told));
    assertTrue(a.lease.holds());
  }

  @Test
  void aLeaderThatCannotReachZooKeeperStopsBeforeItsSessionCanEnd() throws Exception {
    var a = new Contender(5051);
    a.hears("elected");
    var lease = a.lease;
    server.down();
    // Nothing was answered after this; what counts is the lease, whenever the word of its end
    // comes, and whether its own clock or that of the connection says it first.
    Awaitility.await("the end of the lease")
        .pollInterval(Duration.ofMillis(5))
        .atMost(SESSION)
        .until(() -> !lease.holds());
    a.hears("deposed: ");
    assertEquals(new Standing.Leaderless(), a.election.standing());
    server.up();
    a.hears("elected");
  }

  /** Balancers send their requests to one that can be sure, or at least leads. */
  @Test
  void aFollowerCutOffFromZooKeeperContendsNoLongerThoughItFollows() throws Exception {
    var a = new Contender(5051);
    a.hears("elected");
    var b = new Contender(5052);
    var following = new Standing.Following("127.0.0.1:5051");
    await(following, b);
    Awaitility.await("a candidacy").until(b.election::contends);
    server.down();
    Awaitility.await("its end")
        .pollInterval(Duration.ofMillis(5))
        .atMost(SESSION)
        .until(() -> !b.election.contends());
    assertEquals(following, b.election.standing());
    assertTrue(a.election.contends() || !a.lease.holds());
    server.up();
    Awaitility.await("another").atMost(20, TimeUnit.SECONDS).until(b.election::contends);
  }

  @Test
  void aShortOutageDeposesNobody() throws Exception {
    var a = new Contender(5051);
    a.hears("elected");
    var lease = a.lease;
    server.down();
    server.up();
    // It leads on while others come and go.
    var b = new Contender(5052);
    await(new Standing.Following("127.0.0.1:5051"), b);
    assertTrue(lease.holds());
    assertEquals(List.of(), List.copyOf(a.told));
  }

  @Test
  void aLeaderWhoseNodeIsRemovedStepsDown() throws Exception {
    var a = new Contender(5051);
    a.hears("elected");
    var names = a.nodes.children(PATH).toCompletableFuture().get(10, TimeUnit.SECONDS);
    a.nodes.remove(PATH + "/" + LeaderNodes.first(names).orElseThrow());
    a.hears("deposed: ");
    a.hears("elected");
  }

  @Test
  void whoResignsIsFollowedByAnother() throws Exception {
    var a = new Contender(5051);
    a.hears("elected");
    var b = new Contender(5052);
    await(new Standing.Following("127.0.0.1:5051"), b);
    a.election.resign(a.lease, "its registry is damaged");
    a.hears("deposed: its registry is damaged");
    b.hears("elected");
    await(new Standing.Following("127.0.0.1:5052"), a);
    b.election.resign(b.lease, "so does its own");
    a.hears("elected");
  }

  @Test
  void aLateWordOfAnEarlierTermEndsNoOther() throws Exception {
    var a = new Contender(5051);
    a.hears("elected");
    var earlier = a.lease;
    a.election.resign(earlier, "its registry is damaged");
    a.hears("deposed: its registry is damaged");
    a.hears("elected");
    a.election.resign(earlier, "its registry is damaged");
    var done = new CompletableFuture<Void>();
    a.nodes.run(() -> done.complete(null));
    done.get(20, TimeUnit.SECONDS);
    assertTrue(a.lease.holds());
    assertEquals(List.of(), List.copyOf(a.told));
  }

  @Test
  void whoAnnouncesTheAddressOfTheLeaderIsTold() throws Exception {
    var heard = new LinkedBlockingQueue<String>();
    var log = (Logger) LoggerFactory.getLogger("io.proffer.master");
    var appender =
        new AppenderBase<ILoggingEvent>() {
          @Override
          protected void append(ILoggingEvent event) {
            if (event.getFormattedMessage().startsWith("Another master leads under the address")) {
              heard.add(event.getFormattedMessage());
            }
          }
        };
    appender.start();
    log.addAppender(appender);
    try {
      var a = new Contender(5051);
      a.hears("elected");
      var b = new Contender(5051);
      var said = String.valueOf(heard.poll(30, TimeUnit.SECONDS));
      assertTrue(said.contains("127.0.0.1:5051, which this one announces too"), said);
      assertEquals(new Standing.Leaderless(), b.election.standing());
      assertEquals(List.of(), List.copyOf(a.told));
    } finally {
      log.detachAppender(appender);
    }
  }

  @Test
  void thereIsOneLeaderAtAnyTime() throws Exception {
    var all = List.of(new Contender(5051), new Contender(5052), new Contender(5053));
    for (var round = 0; round < 5; round++) {
      Contender leader = null;
      while (leader == null) {
        for (var one : all) {
          if (one.election.standing() instanceof Standing.Leading) {
            leader = one;
          }
        }
        Thread.onSpinWait();
      }
      assertEquals(1, all.stream().filter(it -> it.lease != null && it.lease.holds()).count());
      var deposed = leader.lease;
      server.expire(leader.nodes.session());
      while (deposed.holds()) {
        Thread.onSpinWait();
      }
    }
  }
}
