package io.proffer.api.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeaderWatchTest {
  private static final String PATH = "/proffer";
  private static final String NODE = PATH + "/" + LeaderNodes.LABEL;
  private static final Duration LONG = Duration.ofMillis(20L * OneServer.TICK_MS);
  private static final Duration SHORT = Duration.ofMillis(2L * OneServer.TICK_MS);
  private static final int NOBODY = 0;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final BlockingQueue<Optional<Leader>> told = new LinkedBlockingQueue<>();
  private OneServer server;

  @BeforeEach
  void serve() {
    server = own(OneServer.start());
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

  private CuratorNodes client(Duration session) {
    return own(CuratorNodes.open(server.url(PATH), session));
  }

  /** A client that looks, and tells what it sees. */
  private CuratorNodes watch(Duration session) {
    var nodes = client(session);
    own(new LeaderWatch(nodes, PATH, told::add)).start();
    return nodes;
  }

  /** A client that contends, and holds a node. */
  private CuratorNodes master(int port) {
    var nodes = client(LONG);
    enlist(nodes, LeaderNodes.write(Masters.at(port)));
    return nodes;
  }

  private static String enlist(Nodes nodes, ByteString data) {
    return nodes
        .make(PATH)
        .thenCompose(made -> nodes.enlist(NODE, data))
        .toCompletableFuture()
        .join();
  }

  /** The port of whom it was told of next. */
  private int next() throws InterruptedException {
    var next = told.poll(20, TimeUnit.SECONDS);
    assertTrue(next != null, "nothing was told");
    return next.map(leader -> leader.info().getPort()).orElse(NOBODY);
  }

  @Test
  void whoLeadsAlreadyIsToldAtFirst() throws InterruptedException {
    master(1);
    master(2);
    watch(LONG);
    var leader = told.poll(20, TimeUnit.SECONDS).orElseThrow();
    assertEquals("json.info_0000000000", leader.node());
    assertEquals("127.0.0.1:1", leader.authority());
    assertEquals(Masters.at(1), leader.info());
  }

  @Test
  void theNextOneIsToldWhenTheNodeOfTheLeaderGoes() throws InterruptedException {
    var first = master(1);
    var second = master(2);
    watch(LONG);
    assertEquals(1, next());
    first.close();
    assertEquals(2, next());
    server.expire(second.session());
    assertEquals(NOBODY, next());
    master(3);
    assertEquals(3, next());
  }

  @Test
  void thatAFollowerGoesIsNotTold() throws InterruptedException {
    var leader = master(1);
    var follower = master(2);
    watch(LONG);
    assertEquals(1, next());
    follower.close();
    leader.close();
    assertEquals(NOBODY, next());
  }

  @Test
  void aPathThatIsMadeLaterIsWaitedFor() throws InterruptedException {
    watch(LONG);
    assertEquals(NOBODY, next());
    master(1);
    assertEquals(1, next());
  }

  @Test
  void aSessionThatEndsMeansNobodyUntilThereIsAnother() throws InterruptedException {
    master(1);
    var nodes = watch(LONG);
    assertEquals(1, next());
    server.expire(nodes.session());
    assertEquals(NOBODY, next());
    assertEquals(1, next());
  }

  @Test
  void aServerThatIsAwayForLongMeansNobodyAndIsFoundAgain() throws InterruptedException {
    master(1);
    watch(SHORT);
    assertEquals(1, next());
    server.down();
    assertEquals(NOBODY, next());
    server.up();
    assertEquals(1, next());
  }

  /** The session of the leader goes on: nobody was told anything, and the watch still holds. */
  @Test
  void aServerThatIsAwayForAMomentChangesNothing() throws InterruptedException {
    var leader = master(1);
    watch(LONG);
    assertEquals(1, next());
    server.down();
    server.up();
    master(2);
    leader.close();
    assertEquals(2, next());
  }

  /** It comes back before it is taken to be lost, again and again, and no question is answered. */
  @Test
  void aConnectionThatComesAndGoesForLongMeansNobody() throws InterruptedException {
    master(1);
    var nodes = client(SHORT);
    var answers = new AtomicBoolean(true);
    var connection = new AtomicReference<Consumer<Nodes.Connection>>();
    own(new LeaderWatch(flapping(nodes, answers, connection), PATH, told::add)).start();
    assertEquals(1, next());
    answers.set(false);
    nodes.run(() -> connection.get().accept(Nodes.Connection.SUSPENDED));
    nodes.run(() -> connection.get().accept(Nodes.Connection.CONNECTED));
    assertEquals(NOBODY, next());
    answers.set(true);
    assertEquals(1, next());
  }

  private static Nodes flapping(
      Nodes nodes, AtomicBoolean answers, AtomicReference<Consumer<Nodes.Connection>> connection) {
    return (Nodes)
        Proxy.newProxyInstance(
            Nodes.class.getClassLoader(),
            new Class<?>[] {Nodes.class},
            (self, method, arguments) -> {
              if (method.getName().equals("onConnection")) {
                @SuppressWarnings("unchecked")
                var listener = (Consumer<Nodes.Connection>) arguments[0];
                connection.set(listener);
                return null;
              }
              if (method.getName().equals("children") && !answers.get()) {
                return CompletableFuture.failedFuture(
                    new NodesException(NodesException.Kind.CONNECTION, "it broke", null));
              }
              return method.invoke(nodes, arguments);
            });
  }

  @Test
  void aServerThatComesLaterIsWaitedFor() throws InterruptedException {
    server.down();
    watch(LONG);
    server.up();
    assertEquals(NOBODY, next());
    master(1);
    assertEquals(1, next());
  }

  @Test
  void aNodeThatIsNoMasterMeansNobody() throws InterruptedException {
    var stranger = client(LONG);
    var name = enlist(stranger, ByteString.copyFromUtf8("no master"));
    master(2);
    watch(LONG);
    assertEquals(NOBODY, next());
    stranger.remove(name).toCompletableFuture().join();
    assertEquals(2, next());
  }

  @Test
  void namesOfOtherThingsArePassedOver() throws InterruptedException {
    var stranger = client(LONG);
    stranger.make(PATH + "/log_replicas").toCompletableFuture().join();
    stranger.make(PATH + "/x_0").toCompletableFuture().join();
    watch(LONG);
    assertEquals(NOBODY, next());
    master(1);
    assertEquals(1, next());
  }

  @Test
  void oneThatIsClosedTellsNothingMore() throws InterruptedException {
    var leader = master(1);
    var nodes = client(SHORT);
    var watch = new LeaderWatch(nodes, PATH, told::add);
    watch.start();
    assertEquals(1, next());
    watch.close();
    server.expire(nodes.session());
    var lost = new LinkedBlockingQueue<Nodes.Connection>();
    nodes.onConnection(lost::add);
    leader.close();
    assertEquals(Nodes.Connection.LOST, awaitLost(lost));
    // What comes after it was told by the listeners before this one.
    assertEquals(List.of(), List.copyOf(told));
  }

  private static Nodes.Connection awaitLost(BlockingQueue<Nodes.Connection> heard)
      throws InterruptedException {
    var next = heard.poll(20, TimeUnit.SECONDS);
    return next == Nodes.Connection.SUSPENDED ? heard.poll(20, TimeUnit.SECONDS) : next;
  }
}
