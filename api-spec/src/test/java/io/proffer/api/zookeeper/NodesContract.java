package io.proffer.api.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.api.zookeeper.Nodes.Connection;
import io.proffer.api.zookeeper.NodesException.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the election and the registry rely on, of any {@link Nodes}. */
@Timeout(60)
public abstract class NodesContract {
  private static final ByteString ONE = ByteString.copyFromUtf8("one");
  private static final ByteString TWO = ByteString.copyFromUtf8("two");

  /** One more client of the same servers. */
  protected abstract Nodes client();

  /**
   * Goes on until the stage is done.
   *
   * @throws CompletionException when it fails
   */
  protected abstract <T> T outcome(CompletionStage<T> stage);

  /** Goes on until it holds. */
  protected abstract void until(BooleanSupplier condition);

  /** The servers end a session. */
  protected abstract void expire(long session);

  /** No server answers any more. */
  protected abstract void down();

  /** They do again, with the nodes and sessions of before. */
  protected abstract void up();

  private Kind failure(CompletionStage<?> stage) {
    return NodesException.kind(assertThrows(CompletionException.class, () -> outcome(stage)));
  }

  private static List<Connection> heardBy(Nodes nodes) {
    var heard = Collections.synchronizedList(new ArrayList<Connection>());
    nodes.onConnection(heard::add);
    return heard;
  }

  private static ByteString data(Optional<Node> node) {
    return node.orElseThrow().data();
  }

  @Test
  void nodesAreMadeWithTheirParentsAndOnce() {
    var nodes = client();
    outcome(nodes.make("/a/b/c"));
    outcome(nodes.make("/a/b/c"));
    assertEquals(List.of("c"), outcome(nodes.children("/a/b")));
    assertEquals(ByteString.EMPTY, data(outcome(nodes.read("/a/b/c"))));
    assertEquals(Optional.empty(), outcome(nodes.read("/a/x")));
    assertEquals(List.of(), outcome(nodes.children("/a/x")));
  }

  @Test
  void numbersOfEnlistedNodesOnlyGrowAndTellTheirOwner() {
    var nodes = client();
    outcome(nodes.make("/m"));
    var first = outcome(nodes.enlist("/m/n_", ONE));
    outcome(nodes.remove(first));
    outcome(nodes.remove(first));
    var second = outcome(nodes.enlist("/m/n_", TWO));
    assertTrue(second.compareTo(first) > 0, second + " after " + first);
    assertEquals(nodes.session(), outcome(nodes.read(second)).orElseThrow().owner());
    assertEquals(Kind.MISSING, failure(nodes.enlist("/none/n_", ONE)));
  }

  @Test
  void ofManyChangesAllAreMadeOrNone() {
    var nodes = client();
    outcome(nodes.commit(List.of(new Change.Create("/k", ONE), new Change.Create("/k/a", ONE))));
    assertEquals(
        Kind.EXISTS,
        failure(
            nodes.commit(
                List.of(
                    new Change.Set("/k", TWO, 0),
                    new Change.Delete("/k/a"),
                    new Change.Create("/k/b", ONE),
                    new Change.Create("/k", ONE)))));
    assertEquals(
        Kind.MISSING,
        failure(nodes.commit(List.of(new Change.Set("/k", TWO, 0), new Change.Delete("/k/c")))));
    assertEquals(List.of("a"), outcome(nodes.children("/k")));
    assertEquals(ONE, data(outcome(nodes.read("/k"))));
    assertEquals(0, outcome(nodes.read("/k")).orElseThrow().version());
  }

  @Test
  void whoSaysAnotherVersionChangesNothing() {
    var nodes = client();
    outcome(nodes.commit(List.of(new Change.Create("/v", ONE))));
    outcome(nodes.commit(List.of(new Change.Set("/v", TWO, 0))));
    assertEquals(Kind.VERSION, failure(nodes.commit(List.of(new Change.Set("/v", ONE, 0)))));
    outcome(nodes.commit(List.of(new Change.Set("/v", ONE, Node.ANY_VERSION))));
    assertEquals(2, outcome(nodes.read("/v")).orElseThrow().version());
  }

  @Test
  void manyAreReadInTheirOrderWithGapsForWhatIsMissing() {
    var nodes = client();
    outcome(nodes.commit(List.of(new Change.Create("/r", ONE), new Change.Create("/r/b", TWO))));
    var found = outcome(nodes.read(List.of("/r/b", "/r/none", "/r")));
    assertEquals(List.of(true, false, true), found.stream().map(Optional::isPresent).toList());
    assertEquals(TWO, data(found.getFirst()));
    assertEquals(List.of(), outcome(nodes.read(List.of())));
  }

  @Test
  void aWatchTellsOfTheNextChangeOnce() {
    var nodes = client();
    var other = client();
    outcome(nodes.make("/w"));
    var told = new AtomicInteger();
    assertEquals(List.of(), outcome(nodes.children("/w", told::incrementAndGet)));
    outcome(other.make("/w/a"));
    until(() -> told.get() == 1);
    outcome(other.make("/w/b"));
    outcome(nodes.sync("/w"));
    assertEquals(List.of("a", "b"), outcome(nodes.children("/w")).stream().sorted().toList());
    assertEquals(1, told.get());
  }

  @Test
  void aWatchTakesThePlaceOfTheOneBefore() {
    var nodes = client();
    outcome(nodes.make("/w"));
    var first = new AtomicInteger();
    var second = new AtomicInteger();
    outcome(nodes.children("/w", first::incrementAndGet));
    outcome(nodes.children("/w", second::incrementAndGet));
    outcome(nodes.make("/w/a"));
    until(() -> second.get() == 1);
    outcome(nodes.sync("/w"));
    assertEquals(0, first.get());
  }

  @Test
  void aWatchOfWhatIsNotThereTellsWhenItComes() {
    var nodes = client();
    var told = new AtomicInteger();
    assertEquals(List.of(), outcome(nodes.children("/later", told::incrementAndGet)));
    outcome(client().make("/later"));
    until(() -> told.get() == 1);
  }

  @Test
  void anEndedSessionIsToldTakesItsNodesAndIsFollowedByAnother() {
    var nodes = client();
    var other = client();
    outcome(nodes.make("/s"));
    outcome(nodes.enlist("/s/n_", ONE));
    var told = new AtomicInteger();
    assertEquals(1, outcome(other.children("/s", told::incrementAndGet)).size());
    var heard = heardBy(nodes);
    var before = nodes.session();
    expire(before);
    until(() -> heard.contains(Connection.LOST) && heard.getLast() == Connection.CONNECTED);
    until(() -> told.get() == 1);
    assertNotEquals(before, nodes.session());
    outcome(other.sync("/s"));
    assertEquals(List.of(), outcome(other.children("/s")));
  }

  @Test
  void aClosedClientLeavesNothingBehind() {
    var nodes = client();
    var other = client();
    outcome(nodes.make("/c"));
    outcome(nodes.enlist("/c/n_", ONE));
    var told = new AtomicInteger();
    outcome(other.children("/c", told::incrementAndGet));
    nodes.close();
    until(() -> told.get() == 1);
    assertEquals(List.of(), outcome(other.children("/c")));
  }

  @Test
  void withoutServersRequestsFailAndAreDoneOrNot() {
    var nodes = client();
    outcome(nodes.make("/d"));
    var heard = heardBy(nodes);
    var session = nodes.session();
    down();
    assertEquals(Kind.CONNECTION, failure(nodes.make("/d/a")));
    until(() -> heard.contains(Connection.SUSPENDED));
    up();
    until(() -> heard.contains(Connection.CONNECTED));
    assertEquals(session, nodes.session(), "it came back in time");
    outcome(nodes.make("/d/b"));
    outcome(nodes.sync("/d"));
    assertTrue(outcome(nodes.children("/d")).contains("b"));
  }

  @Test
  void requestsAreDoneInTheOrderAsked() {
    var nodes = client();
    var last = nodes.make("/o");
    for (var i = 0; i < 20; i++) {
      nodes.commit(List.of(new Change.Set("/o", ByteString.copyFromUtf8("" + i), i)));
    }
    outcome(last);
    assertEquals(20, outcome(nodes.read("/o")).orElseThrow().version());
    var ran = new ArrayList<Integer>();
    nodes.run(() -> ran.add(1));
    nodes.run(() -> ran.add(2));
    nodes.after(nodes.sessionTimeout().dividedBy(10), () -> ran.add(3));
    nodes.after(nodes.sessionTimeout().dividedBy(20), () -> ran.add(4)).run();
    until(() -> ran.size() == 3);
    assertEquals(List.of(1, 2, 3), ran);
  }
}
