package io.proffer.api.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.ByteString;
import io.proffer.api.zookeeper.NodesException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class CuratorNodesTest {
  private static final ByteString ONE = ByteString.copyFromUtf8("one");
  private static final ByteString TWO = ByteString.copyFromUtf8("two");
  private static final Duration SESSION = Duration.ofMillis(10L * OneServer.TICK_MS);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private OneServer server;
  private CuratorNodes nodes;

  @BeforeEach
  void serve() {
    server = own(OneServer.start());
    nodes = client(Optional.empty());
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

  private CuratorNodes client(Optional<String> credentials) {
    var servers = server.url("/any").servers();
    return own(CuratorNodes.open(new ZooKeeperUrl(servers, "/any", credentials), SESSION));
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static NodesException failure(CompletionStage<?> stage) {
    var wrapped = assertThrows(CompletionException.class, () -> get(stage));
    return (NodesException) wrapped.getCause();
  }

  @Test
  void aPathIsMadeWithItsParentsAndMadeAgainWithoutHarm() {
    get(nodes.make("/a/b/c"));
    get(nodes.make("/a/b/c"));
    assertEquals(Optional.of(new Node(ByteString.EMPTY, 0, 0)), get(nodes.read("/a/b/c")));
    assertEquals(List.of("b"), get(nodes.children("/a")));
  }

  @Test
  void whatIsEnlistedHasANumberAndEndsWithItsSession() {
    get(nodes.make("/a"));
    var other = client(Optional.empty());
    assertEquals("/a/x_0000000000", get(other.enlist("/a/x_", ONE)));
    assertEquals("/a/x_0000000001", get(nodes.enlist("/a/x_", TWO)));
    var node = get(nodes.read("/a/x_0000000000")).orElseThrow();
    assertEquals(new Node(ONE, 0, other.session()), node);
    other.close();
    assertEquals(List.of("x_0000000001"), get(nodes.children("/a")));
  }

  @Test
  void allChangesAreMadeOrNone() {
    get(nodes.commit(List.of(new Change.Create("/a", ONE), new Change.Create("/a/b", ONE))));
    var refused =
        failure(
            nodes.commit(
                List.of(
                    new Change.Set("/a", TWO, 0),
                    new Change.Delete("/a/b"),
                    new Change.Delete("/missing"))));
    assertEquals(Kind.MISSING, refused.kind());
    assertEquals(Optional.of(new Node(ONE, 0, 0)), get(nodes.read("/a")));
    assertEquals(List.of("b"), get(nodes.children("/a")));
    get(
        nodes.commit(
            List.of(
                new Change.Set("/a", TWO, 0),
                new Change.Delete("/a/b"),
                new Change.Create("/a/c", ONE))));
    assertEquals(Optional.of(new Node(TWO, 1, 0)), get(nodes.read("/a")));
    assertEquals(List.of("c"), get(nodes.children("/a")));
  }

  @Test
  void noChangesAreDoneAtOnce() {
    get(nodes.commit(List.of()));
  }

  @Test
  void anotherVersionIsRefusedAndAnyIsNot() {
    get(nodes.commit(List.of(new Change.Create("/a", ONE))));
    assertEquals(Kind.VERSION, failure(nodes.commit(List.of(new Change.Set("/a", TWO, 7)))).kind());
    get(nodes.commit(List.of(new Change.Set("/a", TWO, Node.ANY_VERSION))));
    assertEquals(1, get(nodes.read("/a")).orElseThrow().version());
    var exists = failure(nodes.commit(List.of(new Change.Create("/a", ONE))));
    assertEquals(Kind.EXISTS, exists.kind());
  }

  @Test
  void manyAreReadAtOnceWithWhatIsMissing() {
    get(nodes.commit(List.of(new Change.Create("/a", ONE), new Change.Create("/b", TWO))));
    assertEquals(
        List.of(
            Optional.of(new Node(ONE, 0, 0)), Optional.empty(), Optional.of(new Node(TWO, 0, 0))),
        get(nodes.read(List.of("/a", "/missing", "/b"))));
    assertEquals(List.of(), get(nodes.read(List.of())));
  }

  @Test
  void whatIsNotThereIsReadAsNothingAndRemovedWithoutHarm() {
    assertEquals(Optional.empty(), get(nodes.read("/missing")));
    assertEquals(List.of(), get(nodes.children("/missing")));
    get(nodes.remove("/missing"));
  }

  @Test
  void aWatchOfChildrenCallsOnce() throws InterruptedException {
    var called = new LinkedBlockingQueue<String>();
    get(nodes.make("/a"));
    get(nodes.children("/a", () -> called.add("children")));
    get(nodes.children("/later", () -> called.add("made")));
    get(nodes.make("/a/b"));
    assertEquals("children", called.poll(20, TimeUnit.SECONDS));
    get(nodes.make("/a/c"));
    get(nodes.make("/later"));
    assertEquals("made", called.poll(20, TimeUnit.SECONDS));
    assertTrue(called.isEmpty());
  }

  @Test
  void anExpiredSessionIsToldAndFollowedByAnother() throws InterruptedException {
    get(nodes.make("/a"));
    get(nodes.enlist("/a/x_", ONE));
    var first = nodes.session();
    var heard = new LinkedBlockingQueue<Nodes.Connection>();
    var called = new LinkedBlockingQueue<String>();
    nodes.onConnection(heard::add);
    get(nodes.children("/a", () -> called.add("changed")));
    server.expire(first);
    await(heard, Nodes.Connection.LOST);
    await(heard, Nodes.Connection.CONNECTED);
    assertEquals("changed", called.poll(20, TimeUnit.SECONDS));
    assertNotEquals(first, nodes.session());
    assertEquals(List.of(), get(nodes.children("/a")));
  }

  private static void await(BlockingQueue<Nodes.Connection> heard, Nodes.Connection wanted)
      throws InterruptedException {
    Nodes.Connection next;
    do {
      next = heard.poll(20, TimeUnit.SECONDS);
      assertTrue(next != null, "never " + wanted);
    } while (next != wanted);
  }

  @Test
  void aServerThatIsAwayIsAFailureOfTheConnection() {
    get(nodes.make("/a"));
    server.down();
    assertEquals(Kind.CONNECTION, failure(nodes.read("/a")).kind());
    server.up();
  }

  @Test
  void theServersSayHowLongASessionLasts() {
    get(nodes.make("/a"));
    assertEquals(SESSION, nodes.sessionTimeout());
    var greedy = own(CuratorNodes.open(server.url("/any"), Duration.ofHours(1)));
    get(greedy.read("/a"));
    assertEquals(OneServer.LONGEST, greedy.sessionTimeout());
  }

  @Test
  void nodesMadeWithCredentialsAreReadByAllAndWrittenByTheirMaker() {
    var maker = client(Optional.of("user:secret"));
    get(maker.make("/a/b"));
    get(maker.enlist("/a/b/x_", ONE));
    assertEquals(List.of("x_0000000000"), get(nodes.children("/a/b")));
    assertEquals(ONE, get(nodes.read("/a/b/x_0000000000")).orElseThrow().data());
    for (var stranger : List.of(nodes, client(Optional.of("user:other")))) {
      var refused = failure(stranger.enlist("/a/b/x_", TWO));
      assertEquals(Kind.DENIED, refused.kind());
      assertTrue(
          refused
              .getMessage()
              .matches(
                  "ZooKeeper at 127.0.0.1:\\d+ refuses access to /a/b/x_: give the user and"
                      + " password its nodes were made with, as zk://user:password@HOST:PORT/PATH"),
          refused::getMessage);
      assertFalse(refused.getMessage().contains("other"));
      assertEquals(
          Kind.DENIED, failure(stranger.commit(List.of(new Change.Set("/a/b", TWO, 0)))).kind());
    }
    var again = client(Optional.of("user:secret"));
    assertEquals("/a/b/x_0000000001", get(again.enlist("/a/b/x_", TWO)));
  }

  @Test
  void whatCuratorMakesIsLockedLikeWhatWeMake() throws Exception {
    var maker = client(Optional.of("user:secret"));
    maker.curator().usingNamespace("a/b").create().creatingParentsIfNeeded().forPath("/c/d");
    for (var path : List.of("/a", "/a/b", "/a/b/c", "/a/b/c/d")) {
      var refused = failure(nodes.commit(List.of(new Change.Create(path + "/x", ONE))));
      assertEquals(Kind.DENIED, refused.kind(), path);
    }
  }

  @Test
  void anOpenPathIsToldOnceToWhoHasCredentials() throws Exception {
    get(nodes.make("/open"));
    var warnings =
        warnings(
            () -> {
              var maker = client(Optional.of("user:secret"));
              get(maker.make("/own"));
              get(maker.make("/own"));
              get(maker.make("/open"));
              get(maker.make("/open"));
              get(nodes.make("/open"));
              // The answers come in the order of the questions.
              get(maker.read("/open"));
            });
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(
        warnings.getFirst().startsWith("/open in ZooKeeper was made without a password"),
        warnings::toString);
  }

  @Test
  void aHostThatNobodyKnowsIsToldOnce() throws Exception {
    var servers = new ArrayList<>(server.url("/any").servers());
    servers.add("nobody.invalid:2181");
    servers.add("nobody.invalid:2182");
    var warnings =
        warnings(() -> Names.look(new ZooKeeperUrl(servers, "/any", Optional.empty())).join());
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.getFirst().startsWith("The host 'nobody.invalid' in the URL"));
  }

  private interface Work {
    void run() throws Exception;
  }

  /** What is said meanwhile in the log of this room. */
  private static List<String> warnings(Work work) throws Exception {
    var heard = new ListAppender<ILoggingEvent>();
    var log = (Logger) LoggerFactory.getLogger("io.proffer.zookeeper");
    heard.start();
    log.addAppender(heard);
    try {
      work.run();
    } finally {
      log.detachAppender(heard);
    }
    return heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** An administrator made the path for us, below one that is not ours. */
  @Test
  void whatIsThereNeedNotBeMadeByWhoMayNot() {
    var administrator = client(Optional.of("admin:secret"));
    get(administrator.make("/site/proffer"));
    get(nodes.make("/site/proffer"));
    assertEquals(Kind.DENIED, failure(nodes.make("/site/other")).kind());
  }

  @Test
  void credentialsHoldInTheNextSessionToo() throws InterruptedException {
    var maker = client(Optional.of("user:secret"));
    get(maker.make("/a"));
    var heard = new LinkedBlockingQueue<Nodes.Connection>();
    maker.onConnection(heard::add);
    server.expire(maker.session());
    await(heard, Nodes.Connection.CONNECTED);
    assertEquals("/a/x_0000000000", get(maker.enlist("/a/x_", ONE)));
  }
}
