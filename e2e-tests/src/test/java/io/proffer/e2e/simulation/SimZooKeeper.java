package io.proffer.e2e.simulation;

import com.google.protobuf.ByteString;
import io.proffer.api.zookeeper.Change;
import io.proffer.api.zookeeper.Node;
import io.proffer.api.zookeeper.NodesException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The servers of ZooKeeper, which are of one mind or not there: nodes, and sessions that end when
 * nothing was heard of them for too long.
 */
final class SimZooKeeper {
  private static final Duration TICK = Duration.ofSeconds(2);
  private static final Duration SHORTEST_SESSION = TICK.multipliedBy(2);
  private static final Duration LONGEST_SESSION = TICK.multipliedBy(20);

  /** What is under way when a connection breaks may get here so much later. */
  private static final long LATEST = Duration.ofSeconds(3).toNanos();

  /** A client's standing, whatever connection it has. */
  private static final class Session {
    private final long id;
    private final Duration timeout;
    private final Map<String, LinkedHashSet<Runnable>> watches = new LinkedHashMap<>();
    private final List<Runnable> missed = new ArrayList<>();
    private final List<Runnable> late = new ArrayList<>();
    private SimLink link;
    private long heard;

    Session(long id, Duration timeout) {
      this.id = id;
      this.timeout = timeout;
    }

    /** Sends, or keeps until there is a connection. */
    void tell(Runnable word) {
      if (link != null && !link.isBroken()) {
        link.down(word);
      } else {
        missed.add(word);
      }
    }

    void arriveLate() {
      var all = List.copyOf(late);
      late.clear();
      all.forEach(Runnable::run);
    }
  }

  /** A server without the others: it shows what it knew, and waits with all else. */
  private static final class Alone {
    private final SimTree tree;

    /** What is asked after something that waits waits too. */
    private boolean waits;

    Alone(SimTree tree) {
      this.tree = tree;
    }
  }

  private final World world;
  private final SplittableRandom chance;
  private final SimTree tree = new SimTree(this::changed);
  private final LinkedHashMap<Long, Session> sessions = new LinkedHashMap<>();
  private final LinkedHashSet<SimLink> links = new LinkedHashSet<>();
  private final LinkedHashSet<String> cuts = new LinkedHashSet<>();
  private final List<Consumer<List<Change>>> witnesses = new ArrayList<>();
  private final Map<String, Long> slow = new HashMap<>();
  private final Map<String, Alone> alone = new HashMap<>();
  private boolean down;
  private long slowness = 1;
  private long lastSession;

  SimZooKeeper(World world) {
    this.world = world;
    this.chance = world.chance("zookeeper");
  }

  SplittableRandom chance() {
    return chance;
  }

  /** As it is now, whoever asks. */
  SimTree tree() {
    return tree;
  }

  /** Sees every change that was made, as the servers take it. */
  void onCommit(Consumer<List<Change>> witness) {
    witnesses.add(witness);
  }

  // What may become of it.

  /** No server answers; sessions do not end meanwhile. */
  void down() {
    if (!down) {
      down = true;
      log("all down");
      List.copyOf(links).forEach(this::breakOff);
    }
  }

  void up() {
    if (down) {
      down = false;
      log("up again");
      sessions.values().forEach(session -> session.heard = world.monotonicNanos());
    }
  }

  /** Answers take so many times longer than usual. */
  void slowness(long times) {
    slowness = times;
    slow.clear();
  }

  /** Those to one host do: the server that it is connected with is behind the others. */
  void slowness(String host, long times) {
    slow.put(host, times);
  }

  long slowness(String host) {
    return slow.getOrDefault(host, slowness);
  }

  /** Nothing gets through between this host and the servers, and nobody is told. */
  void cut(String host) {
    cuts.add(host);
  }

  void heal(String host) {
    if (cuts.remove(host)) {
      links.stream().filter(it -> it.client().host().equals(host)).forEach(SimLink::flush);
    }
  }

  boolean isCut(String host) {
    return cuts.contains(host);
  }

  /**
   * The server that this host is connected with is cut off from the others: they hear nothing of
   * the session any more, and the host does not notice.
   */
  void strand(String host) {
    alone.put(host, new Alone(tree.copy()));
    sessions.values().stream().filter(it -> isAlone(it.link)).forEach(this::forget);
  }

  /** That server has waited for the others for long enough, and ends its connections. */
  void rejoin(String host) {
    if (alone.containsKey(host)) {
      sever(host);
      alone.remove(host);
    }
  }

  private boolean isAlone(SimLink link) {
    return link != null && alone.containsKey(link.client().host());
  }

  /** The server that this host is connected with dies; the others go on. */
  void sever(String host) {
    List.copyOf(links).stream()
        .filter(it -> it.client().host().equals(host))
        .forEach(this::breakOff);
  }

  /** Ends a session as if nothing had been heard of it. */
  void expire(long session) {
    var over = sessions.remove(session);
    if (over == null) {
      return;
    }
    log("session " + session + " is over");
    tree.ownedBy(session).forEach(path -> commit(List.of(new Change.Delete(path))));
    if (over.link != null && !isAlone(over.link)) {
      breakOff(over.link);
    }
  }

  /** The sessions that there are. */
  List<Long> sessions() {
    return List.copyOf(sessions.keySet());
  }

  // What clients ask.

  /** Whether a host finds a server now. */
  boolean isReachedBy(String host) {
    return !down && !isCut(host);
  }

  /**
   * Connects with a session, or with a new one.
   *
   * @param session of before; 0 for none
   */
  void connect(SimLink link, long session, Duration wanted) {
    links.add(link);
    link.up(() -> connected(link, session, wanted));
  }

  private void connected(SimLink link, long wantedSession, Duration wanted) {
    if (wantedSession != 0 && !sessions.containsKey(wantedSession)) {
      link.down(() -> link.client().expired(link));
      return;
    }
    var session =
        wantedSession == 0
            ? new Session(++lastSession, clamped(wanted))
            : sessions.get(wantedSession);
    if (session.link != null && session.link != link) {
      breakOff(session.link);
    }
    session.arriveLate();
    session.heard = world.monotonicNanos();
    session.link = link;
    if (wantedSession == 0) {
      sessions.put(session.id, session);
      watchOver(session);
    }
    alone.remove(link.client().host());
    link.down(() -> link.client().connected(link, session.id, session.timeout));
    session.missed.forEach(link::down);
    session.missed.clear();
  }

  /** A sign of life. */
  void ping(SimLink link, long id) {
    link.up(
        () -> {
          if (isAlone(link) || hear(id) != null) {
            link.down(() -> link.client().heard(link));
          }
        });
  }

  /**
   * Asks for something to be done in a session.
   *
   * @param answered on the thread of the client
   * @param failed the same
   */
  <T> void ask(
      SimLink link, long id, Supplier<T> work, Consumer<T> answered, Consumer<Throwable> failed) {
    link.up(
        () -> {
          if (isAlone(link)) {
            alone.get(link.client().host()).waits = true;
          } else if (hear(id) != null) { // Over: the connection ends, and that is the answer.
            answer(link, work, answered, failed);
          }
        });
  }

  /** Asks for something to be shown, of which the server need not ask the others. */
  <T> void look(
      SimLink link,
      long id,
      Function<SimTree, T> work,
      Consumer<T> answered,
      Consumer<Throwable> failed) {
    link.up(
        () -> {
          var server = alone.get(link.client().host());
          if (server == null && hear(id) != null) {
            answer(link, () -> work.apply(tree), answered, failed);
          } else if (server != null && !server.waits) {
            answer(link, () -> work.apply(server.tree), answered, failed);
          }
        });
  }

  private static <T> void answer(
      SimLink link, Supplier<T> work, Consumer<T> answered, Consumer<Throwable> failed) {
    try {
      var value = work.get();
      link.down(
          () -> {
            link.client().heard(link);
            answered.accept(value);
          });
    } catch (NodesException e) {
      link.down(() -> failed.accept(e));
    }
  }

  String enlist(String path, ByteString data, long session) {
    var made = tree.enlist(path, data, session);
    log(made + " of session " + session);
    return made;
  }

  void commit(List<Change> changes) {
    tree.commit(changes);
    witnesses.forEach(witness -> witness.accept(changes));
  }

  Optional<Node> read(String path) {
    return tree.read(path);
  }

  /** A word when a node has other children; none in a session of which only its server believes. */
  void watch(String path, long session, Runnable fired) {
    var its = sessions.get(session);
    if (its != null) {
      its.watches.computeIfAbsent(path, one -> new LinkedHashSet<>()).add(fired);
    }
  }

  /** The client ends its session. */
  void close(SimLink link, long session) {
    link.up(() -> expire(session));
  }

  /** This connection is over; what was under way on it may get here yet. */
  void breakOff(SimLink link) {
    links.remove(link);
    var session = sessions.values().stream().filter(it -> it.link == link).findFirst();
    var late = link.breakOff();
    session.ifPresent(
        it -> {
          it.link = null;
          it.late.addAll(late);
          if (isAlone(link)) { // What it was shown may be old, so it is told to look again.
            it.watches.values().forEach(it.missed::addAll);
            it.watches.clear();
          }
          forget(it);
          world.after(chance.nextLong(LATEST), it::arriveLate);
        });
    link.client().broken(link);
  }

  /** The other servers may not have heard the newest sign of life. */
  private void forget(Session session) {
    session.heard -= chance.nextLong(TICK.toNanos() / 2);
  }

  private Session hear(long id) {
    var session = sessions.get(id);
    if (session != null) {
      session.heard = Math.max(session.heard, world.monotonicNanos());
    }
    return session;
  }

  private void watchOver(Session session) {
    var left = session.heard + session.timeout.toNanos() - world.monotonicNanos();
    if (left <= 0 && !down) {
      expire(session.id);
      return;
    }
    world.after(
        Math.max(left, TICK.toNanos() / 4),
        () -> {
          if (sessions.get(session.id) == session) {
            watchOver(session);
          }
        });
  }

  private void changed(String path) {
    for (var session : sessions.values()) {
      var watches = session.watches.remove(path);
      if (watches != null) {
        watches.forEach(isAlone(session.link) ? session.missed::add : session::tell);
      }
    }
  }

  private static Duration clamped(Duration wanted) {
    if (wanted.compareTo(SHORTEST_SESSION) < 0) {
      return SHORTEST_SESSION;
    }
    return wanted.compareTo(LONGEST_SESSION) > 0 ? LONGEST_SESSION : wanted;
  }

  private void log(String what) {
    world.trace().add(world.monotonicNanos(), "zookeeper", what);
  }
}
