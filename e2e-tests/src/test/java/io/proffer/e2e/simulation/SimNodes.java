package io.proffer.e2e.simulation;

import com.google.protobuf.ByteString;
import io.proffer.api.zookeeper.Change;
import io.proffer.api.zookeeper.Node;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.api.zookeeper.NodesException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One client of the simulated servers, which learns of its session what Curator would tell it.
 *
 * <pre>
 *   connecting --> CONNECTED --broken, or long nothing heard--> SUSPENDED --> CONNECTED
 *       ^                                                          |
 *       '------ LOST: told that it is over, or away for as long ---'
 * </pre>
 */
final class SimNodes implements Nodes {
  /** Of a session, after which a silent connection is given up. */
  private static final double SILENCE = 2.0 / 3;

  private static final long LONGEST_RETRY = Duration.ofSeconds(1).toNanos();

  private final SimProcess process;
  private final SimZooKeeper servers;
  private final Duration wanted;
  private final SplittableRandom chance;
  private final List<Consumer<Connection>> listeners = new ArrayList<>();
  private final LinkedHashSet<Asked<?>> asked = new LinkedHashSet<>();
  private final LinkedHashSet<Watch> watches = new LinkedHashSet<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private Optional<Duration> granted = Optional.empty();
  private SimLink link;
  private boolean connected;
  private boolean closed;
  private long session;
  private long heardAt;

  /** Counts breaks, so that a timer of an earlier one is no news. */
  private int breaks;

  private record Asked<T>(CompletableFuture<T> answer, String what) {
    void fail(Kind kind) {
      answer.completeExceptionally(SimTree.failure(kind, what));
    }
  }

  private record Watch(String path, Runnable changed) {}

  /** Begins to connect. */
  SimNodes(SimProcess process, SimZooKeeper servers, Duration wanted) {
    this.process = process;
    this.servers = servers;
    this.wanted = wanted;
    var world = process.world();
    this.chance = world.chance("client of " + process.host() + " at " + world.monotonicNanos());
    process.onDeath(this::die);
    run(this::connect);
    process.every(wanted.dividedBy(6), this::beat);
  }

  String host() {
    return process.host();
  }

  @Override
  public CompletionStage<Void> make(String path) {
    return ask(
        path,
        id -> {
          for (var at = path.indexOf('/', 1); at >= 0; at = path.indexOf('/', at + 1)) {
            makeOne(path.substring(0, at));
          }
          makeOne(path);
          return null;
        });
  }

  private void makeOne(String path) {
    if (servers.read(path).isEmpty()) {
      servers.commit(List.of(new Change.Create(path, ByteString.EMPTY)));
    }
  }

  @Override
  public CompletionStage<String> enlist(String path, ByteString data) {
    return ask(path, id -> servers.enlist(path, data, id));
  }

  @Override
  public CompletionStage<Void> commit(List<Change> changes) {
    return ask(
        changes.toString(),
        id -> {
          servers.commit(changes);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> remove(String path) {
    return ask(
        path,
        id -> {
          if (servers.read(path).isPresent()) {
            servers.commit(List.of(new Change.Delete(path)));
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Optional<Node>> read(String path) {
    return look(path, (id, tree) -> tree.read(path));
  }

  @Override
  public CompletionStage<List<Optional<Node>>> read(List<String> paths) {
    return paths.isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : look(paths.getFirst(), (id, tree) -> paths.stream().map(tree::read).toList());
  }

  @Override
  public CompletionStage<List<String>> children(String path) {
    return look(path, (id, tree) -> tree.children(path));
  }

  @Override
  public CompletionStage<List<String>> children(String path, Runnable changed) {
    var watch = new Watch(path, changed);
    var names =
        look(
            path,
            (id, tree) -> {
              servers.watch(path, id, () -> fire(watch));
              return tree.children(path);
            });
    return names.whenComplete(
        (found, failure) -> {
          if (failure == null) {
            watches.removeIf(before -> before.path().equals(path));
            watches.add(watch);
          }
        });
  }

  private void fire(Watch watch) {
    if (watches.remove(watch)) {
      watch.changed().run();
    }
  }

  @Override
  public CompletionStage<Void> sync(String path) {
    return ask(path, id -> null);
  }

  @Override
  public long session() {
    return connected ? session : 0;
  }

  @Override
  public Duration sessionTimeout() {
    return granted.orElse(wanted);
  }

  @Override
  public void onConnection(Consumer<Connection> listener) {
    listeners.add(listener);
  }

  @Override
  public void run(Runnable work) {
    if (!closed) {
      process.run(work);
    }
  }

  @Override
  public Runnable after(Duration delay, Runnable work) {
    return process.after(
        delay,
        () -> {
          if (!closed) {
            work.run();
          }
        });
  }

  @Override
  public long nanos() {
    return process.world().monotonicNanos();
  }

  @Override
  public void close() {
    if (connected) {
      servers.close(link, session);
    }
    closed = true;
  }

  // What the servers say, on the thread of this client but for broken().

  void connected(SimLink by, long id, Duration timeout) {
    if (by != link) {
      return;
    }
    session = id;
    granted = Optional.of(timeout);
    connected = true;
    breaks++;
    heard(by);
    var now = List.copyOf(waiting);
    waiting.clear();
    now.forEach(Runnable::run);
    tell(Connection.CONNECTED);
  }

  void expired(SimLink by) {
    if (by == link) {
      servers.breakOff(by);
      link = null;
      breaks++;
      fail(Kind.SESSION);
      lose();
      connect();
    }
  }

  void heard(SimLink by) {
    if (by == link) {
      heardAt = nanos();
    }
  }

  /** From anywhere: a connection is no more. */
  void broken(SimLink by) {
    run(
        () -> {
          if (by == link) {
            link = null;
            suspend();
          }
        });
  }

  private void suspend() {
    var wasConnected = connected;
    connected = false;
    fail(Kind.CONNECTION);
    if (wasConnected) {
      var mine = ++breaks;
      tell(Connection.SUSPENDED);
      after(
          sessionTimeout(),
          () -> {
            if (mine == breaks) {
              abandon();
            }
          });
    }
    retry();
  }

  /** As Curator does: it must be taken to be over, and another session is begun. */
  private void abandon() {
    if (link != null) {
      var before = link;
      link = null;
      servers.breakOff(before);
    }
    lose();
    connect();
  }

  private void lose() {
    connected = false;
    session = 0;
    tell(Connection.LOST);
    var lost = List.copyOf(watches);
    watches.clear();
    lost.forEach(watch -> run(watch.changed()));
  }

  private void connect() {
    if (closed || link != null) {
      return;
    }
    if (servers.isReachedBy(process.host())) {
      link = new SimLink(process.world(), servers, this);
      heardAt = nanos();
      servers.connect(link, session, wanted);
    } else {
      fail(Kind.CONNECTION);
      retry();
    }
  }

  private void retry() {
    process.after(1 + chance.nextLong(LONGEST_RETRY), this::connect);
  }

  private void beat() {
    if (link == null || closed) {
      return;
    }
    if (nanos() - heardAt > sessionTimeout().toNanos() * SILENCE) {
      var silent = link;
      servers.breakOff(silent);
    } else if (connected) {
      servers.ping(link, session);
    }
  }

  private void die() {
    closed = true;
    if (link != null) {
      servers.breakOff(link);
    }
  }

  private void fail(Kind kind) {
    waiting.clear();
    var all = List.copyOf(asked);
    asked.clear();
    all.forEach(one -> one.fail(kind));
  }

  private void tell(Connection connection) {
    listeners.forEach(listener -> listener.accept(connection));
  }

  private <T> CompletionStage<T> ask(String what, Function<Long, T> work) {
    return send(
        what,
        one -> {
          var id = session;
          servers.ask(link, id, () -> work.apply(id), answer(one), failure(one));
        });
  }

  private <T> CompletionStage<T> look(String what, BiFunction<Long, SimTree, T> work) {
    return send(
        what,
        one -> {
          var id = session;
          servers.look(link, id, tree -> work.apply(id, tree), answer(one), failure(one));
        });
  }

  /** Sends at once, or when there is a connection. */
  private <T> CompletionStage<T> send(String what, Consumer<Asked<T>> way) {
    var one = new Asked<T>(new CompletableFuture<>(), what);
    run(
        () -> {
          asked.add(one);
          if (connected) {
            way.accept(one);
          } else {
            waiting.add(() -> way.accept(one));
          }
        });
    return one.answer();
  }

  private <T> Consumer<T> answer(Asked<T> one) {
    return value -> {
      if (asked.remove(one)) {
        one.answer().complete(value);
      }
    };
  }

  private Consumer<Throwable> failure(Asked<?> one) {
    return why -> {
      if (asked.remove(one)) {
        one.answer().completeExceptionally(why);
      }
    };
  }
}
