package io.proffer.agent.masterlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.command.LeaderCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.zookeeper.OneServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent finds its master in ZooKeeper, a real one. */
@Timeout(60)
final class DetectionTest {
  private static final String PATH = "/proffer";
  private static final Duration SESSION = Duration.ofSeconds(4);

  private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private Vertx vertx;
  private OneServer zooKeeper;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    zooKeeper = own(OneServer.start());
  }

  @AfterEach
  void stop() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private <T extends AutoCloseable> T own(T part) {
    open.push(part);
    return part;
  }

  private DoubleMaster master() {
    return own(new DoubleMaster(vertx, 0));
  }

  private Candidate candidate(DoubleMaster master) {
    return own(Candidate.at(zooKeeper.url(PATH), master.port()));
  }

  private MasterLink link(String masters, Duration session) {
    var limits = new MasterLink.Limits(100, 10, 1 << 20, 1 << 20, 1 << 20, Duration.ofSeconds(10));
    var link =
        new MasterLink(
            new VertxWire(vertx, limits.registration(), Optional::empty, Optional.empty()),
            Masters.of(masters, session),
            limits,
            commands::add);
    open.push(link::close);
    return link;
  }

  private MasterLink link() {
    return link(zooKeeper.url(PATH).toString(), SESSION);
  }

  private static void open(MasterLink link, String session) {
    var subscribe =
        Subscribe.newBuilder()
            .setFormatVersion(1)
            .setSession(session)
            .setAgentInfo(AgentInfo.newBuilder().setHostname("h"))
            .setIp("127.0.0.1")
            .setVersion("1.11.0")
            .build();
    link.accept(List.of(new ToMaster.Open(session, 0, subscribe)));
  }

  private Command next() throws InterruptedException {
    var command = commands.poll(20, TimeUnit.SECONDS);
    assertTrue(command != null, "nothing came");
    return command;
  }

  /** The next word of a session; who is sighted is told besides, at any moment. */
  private MasterCommand word() throws InterruptedException {
    var next = next();
    while (next instanceof LeaderCommand) {
      next = next();
    }
    return assertInstanceOf(MasterCommand.class, next);
  }

  private String lost() throws InterruptedException {
    return assertInstanceOf(MasterCommand.Lost.class, word()).why();
  }

  private void registered(String session) throws InterruptedException {
    assertEquals(session, assertInstanceOf(MasterCommand.Registered.class, word()).session());
  }

  private void sighted(DoubleMaster master) throws InterruptedException {
    assertEquals(new LeaderCommand.Sighted("127.0.0.1:" + master.port()), next());
  }

  @Test
  void theLeaderIsAsked() throws InterruptedException {
    var leader = master();
    candidate(leader);
    candidate(master());
    open(link(), "s1");
    registered("s1");
    assertEquals("s1", leader.awaitSubscription().getSession());
  }

  @Test
  void anotherLeaderEndsTheSessionWithTheOldOneWhichStillServes() throws InterruptedException {
    var old = candidate(master());
    var next = master();
    candidate(next);
    var link = link();
    open(link, "s1");
    registered("s1");
    old.close();
    assertEquals("another master leads, at 127.0.0.1:" + next.port(), lost());
    sighted(next);
    open(link, "s2");
    registered("s2");
    assertEquals("s2", next.awaitSubscription().getSession());
  }

  /** It is the same process, perhaps: but what it knew as a leader it has thrown away. */
  @Test
  void aLeaderThatIsElectedAgainIsAnother() throws InterruptedException {
    var master = master();
    var first = candidate(master);
    candidate(master);
    var link = link();
    open(link, "s1");
    registered("s1");
    first.close();
    assertEquals("another master leads, at 127.0.0.1:" + master.port(), lost());
  }

  @Test
  void nobodyIsSaidUntilSomebodyIsSighted() throws InterruptedException {
    var url = zooKeeper.url(PATH);
    var link = link();
    open(link, "s1");
    assertEquals(
        "cannot tell who the master is: nobody leads under "
            + url
            + ": see that masters run with this --zk",
        lost());
    var leader = master();
    candidate(leader);
    sighted(leader);
    open(link, "s2");
    registered("s2");
  }

  @Test
  void aLeaderThatGoesEndsItsSession() throws InterruptedException {
    var leader = candidate(master());
    open(link(), "s1");
    registered("s1");
    leader.close();
    assertEquals("nobody leads under " + zooKeeper.url(PATH) + " any more", lost());
  }

  @Test
  void anAgentThatLosesZooKeeperHasNoMaster() throws InterruptedException {
    var leader = master();
    own(Candidate.lasting(zooKeeper.url(PATH), leader.port()));
    var link = link();
    open(link, "s1");
    registered("s1");
    zooKeeper.down();
    var servers = zooKeeper.url(PATH).connectString();
    assertEquals(
        "the session with ZooKeeper at "
            + servers
            + " is over, and there is no master until it tells of one",
        lost());
    open(link, "s2");
    assertEquals(
        "cannot tell who the master is: ZooKeeper at "
            + servers
            + " cannot be reached: check that it runs there and that --master is right",
        lost());
    zooKeeper.up();
    sighted(leader);
    open(link, "s3");
    registered("s3");
  }

  @Test
  void aMomentWithoutZooKeeperDisturbsNoSession() throws InterruptedException {
    var old = candidate(master());
    var link = link();
    open(link, "s1");
    registered("s1");
    zooKeeper.down();
    zooKeeper.up();
    old.close();
    assertEquals("nobody leads under " + zooKeeper.url(PATH) + " any more", lost());
  }

  @Test
  void aFileMayHoldTheUrlAndChange(@TempDir Path directory)
      throws IOException, InterruptedException {
    var file = directory.resolve("masters");
    var listed = master();
    Files.writeString(file, "127.0.0.1:" + listed.port() + "\n");
    var link = link("file://" + file, SESSION);
    open(link, "s1");
    registered("s1");
    var elected = master();
    candidate(elected);
    Files.writeString(file, zooKeeper.url(PATH) + "\n");
    listed.hangUp();
    assertTrue(lost().endsWith("closed the stream"));
    open(link, "s2");
    registered("s2");
    assertEquals("s2", elected.awaitSubscription().getSession());
    elected.hangUp();
    assertTrue(lost().endsWith("closed the stream"));
    Files.writeString(file, "zk://u:secret@h:x/p\n");
    open(link, "s3");
    var why = lost();
    assertTrue(why.contains("the server 'h:x' has no port") && !why.contains("secret"), why);
    Files.writeString(file, "127.0.0.1:" + listed.port() + "\n");
    open(link, "s4");
    registered("s4");
  }
}
