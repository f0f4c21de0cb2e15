package io.proffer.master.election;

import io.proffer.api.v1.MasterInfo;
import io.proffer.api.zookeeper.Leader;
import io.proffer.api.zookeeper.LeaderWatch;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.api.zookeeper.NodesException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The election of masters by ZooKeeper, as the reference holds it: each keeps a node that ends with
 * its session, the smallest number leads (lifecycle, section 2).
 *
 * <pre>
 *            connected                        smallest is mine
 *   absent -----------> enlisting --> listed ----------------> leading (lease)
 *     ^                                 |                         |
 *     '--- session over, node gone -----+--- lease over, resigned-'   (own node is removed first)
 * </pre>
 *
 * <p>A leader looks at its own node ten times in the time of a session. Each answer prolongs its
 * lease to a part of a session after the question was sent, so it ends before the servers can have
 * ended the session, and before another can lead, whatever was lost or stopped on the way. All on
 * the thread of the nodes but {@link #standing}.
 */
public final class ZooKeeperElection implements Election {
  /** Hears what becomes of a candidacy; on the thread of the nodes, which must not be blocked. */
  public interface Candidate {
    /**
     * This master leads from now on.
     *
     * @param info under which it was elected
     * @param lease how long it may act
     */
    void elected(MasterInfo info, Lease lease);

    /** It leads no longer: whatever it has not said yet must not be said. */
    void deposed(String why);
  }

  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");

  /** Of a session: how often a leader asks whether it still has one. */
  private static final double TOUCH = 0.1;

  /**
   * Of a session: how long an answer is good. A server tells the others of a sign of life up to a
   * quarter of the shortest session later, and may die before; a question may be one touch old.
   */
  private static final double LEASE = 0.6;

  private static final Duration RETRY = Duration.ofMillis(500);

  private final Nodes nodes;
  private final String path;
  private final String authority;
  private final LeaderWatch watch;
  private final Worries worries;
  private final List<Consumer<Standing>> listeners = new CopyOnWriteArrayList<>();
  private volatile Standing standing = new Standing.Leaderless();

  private Supplier<CompletionStage<Void>> check = () -> CompletableFuture.completedFuture(null);
  private Consumer<RuntimeException> unfit = why -> {};
  private Optional<Supplier<MasterInfo>> fresh = Optional.empty();
  private Candidate candidate;
  private Optional<Leader> leader = Optional.empty();
  private volatile Optional<Own> own = Optional.empty();
  private Optional<Lease> lease = Optional.empty();
  private boolean enlisting;
  private String complaint = "";
  private volatile boolean connected;
  private boolean closed;

  /**
   * @param authority where this master serves, {@code HOST:PORT}
   */
  public ZooKeeperElection(Nodes nodes, String path, String authority) {
    this.nodes = nodes;
    this.path = path;
    this.authority = authority;
    this.worries = new Worries(nodes, authority, this::standing);
    this.watch = new LeaderWatch(nodes, path, this::leads);
  }

  @Override
  public Standing standing() {
    return standing;
  }

  /** One that leads does so without ZooKeeper too while its lease lasts; another may not begin. */
  @Override
  public boolean contends() {
    return (connected || standing instanceof Standing.Leading)
        && own.filter(mine -> !mine.unwanted()).isPresent();
  }

  /**
   * Contends only while it could lead.
   *
   * @param check fails when not: with {@link NodesException} for what may pass, and is asked again
   * @param unfit hears of any other failure; then it contends no more
   */
  public void provided(Supplier<CompletionStage<Void>> check, Consumer<RuntimeException> unfit) {
    nodes.run(
        () -> {
          this.check = check;
          this.unfit = unfit;
        });
  }

  /**
   * Contends from now on, again after each defeat.
   *
   * @param info how it introduces itself, with a new id for each candidacy: ids of frameworks and
   *     agents are made of it and counted from zero
   */
  public void contend(Supplier<MasterInfo> info, Candidate candidate) {
    nodes.run(
        () -> {
          this.fresh = Optional.of(info);
          this.candidate = candidate;
          nodes.onConnection(this::connection);
          watch.start();
          connected(nodes.session() != 0);
          enlist();
        });
  }

  @Override
  public void resign(Lease of, String why) {
    nodes.run(
        () -> {
          if (lease.isEmpty() || lease.get() != of) {
            return;
          }
          stepDown(why);
          own = own.map(Own::given);
          enlist();
        });
  }

  /** Has somebody told each time the standing has changed. */
  public void onChange(Consumer<Standing> listener) {
    listeners.add(listener);
  }

  /** Its node goes at once, and does not wait for the end of the session. */
  @Override
  public void close() {
    var removed = new CompletableFuture<Void>();
    nodes.run(
        () -> {
          closed = true;
          worries.end();
          stepDown("this master stops");
          watch.close();
          own.map(mine -> nodes.remove(path + "/" + mine.name()))
              .orElse(CompletableFuture.completedFuture(null))
              .whenComplete((done, failure) -> removed.complete(null));
        });
    // Not for ever: without a connection the session ends by itself.
    removed.completeOnTimeout(null, RETRY.toMillis(), TimeUnit.MILLISECONDS);
    removed.join();
  }

  private void connected(boolean now) {
    connected = now;
    worries.connected(now || closed);
  }

  private void connection(Nodes.Connection connection) {
    switch (connection) {
      case CONNECTED -> {
        connected(true);
        if (own.isPresent() && own.get().session() != nodes.session()) {
          stepDown("the session with ZooKeeper ended while it could not be reached");
          own = Optional.empty();
        }
        enlist();
      }
      case SUSPENDED -> {
        connected(false);
        if (lease.isPresent()) {
          LOG.warn("The connection to ZooKeeper broke; this master leads on while its lease lasts");
        }
      }
      case LOST -> {
        connected(false);
        stepDown("the session with ZooKeeper ended");
        own = Optional.empty();
      }
    }
  }

  /** Sees to it that there is a node of this master, and but one. */
  private void enlist() {
    if (closed || !connected || enlisting || fresh.isEmpty()) {
      return;
    }
    if (own.isPresent() && !own.get().unwanted()) {
      return;
    }
    enlisting = true;
    var info = fresh.get().get();
    withdraw()
        .thenCompose(gone -> nodes.make(path))
        .thenCompose(made -> check.get())
        .thenCompose(fit -> Own.make(nodes, path, info))
        .whenComplete(
            (made, failure) -> {
              enlisting = false;
              if (failure == null) {
                complaint = "";
                own = Optional.of(made);
                LOG.info(
                    "This master contends as {} in ZooKeeper, id {}", made.name(), info.getId());
                weigh();
              } else {
                cannotContend(failure);
              }
            });
  }

  private void cannotContend(Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    var why = String.valueOf(cause.getMessage());
    if (cause instanceof RuntimeException bad && !(cause instanceof NodesException)) {
      closed = true;
      worries.end();
      LOG.error("Could not lead, and does not contend: {}", why);
      unfit.accept(bad);
      return;
    }
    // Once for each reason: it is tried again every half second.
    if (!why.equals(complaint)) {
      complaint = why;
      LOG.warn("Cannot contend in ZooKeeper, and goes on trying: {}", why);
    }
    nodes.after(RETRY, this::enlist);
  }

  private CompletionStage<Void> withdraw() {
    return own.map(
            mine -> nodes.remove(path + "/" + mine.name()).thenRun(() -> own = Optional.empty()))
        .orElse(CompletableFuture.completedFuture(null));
  }

  private void leads(Optional<Leader> leader) {
    this.leader = leader;
    weigh();
  }

  /** Who leads, and whether that is us, is looked at in one place. */
  private void weigh() {
    if (closed) {
      return;
    }
    var other = leader.filter(it -> !it.node().equals(own.map(Own::name).orElse("")));
    worries.rival(other.filter(it -> it.authority().equals(authority)));
    var mine = own.filter(it -> !it.unwanted() && leader.isPresent());
    if (mine.isPresent() && mine.get().name().equals(leader.get().node())) {
      if (lease.isEmpty()) {
        ask(mine.get(), true);
      }
      return;
    }
    if (lease.isPresent()) {
      stepDown(
          leader
              .map(it -> "another master leads, at " + it.authority())
              .orElse("its node in ZooKeeper is gone"));
      own = own.map(Own::given);
      enlist();
    }
    stand(
        // One of its own from before, whose session has not ended yet, leads nobody.
        leader
            .filter(it -> !it.authority().equals(authority))
            .<Standing>map(it -> new Standing.Following(it.authority()))
            .orElse(new Standing.Leaderless()));
  }

  /**
   * Asks for the own node: while it is there, this session is alive. The server asks the one that
   * leads the servers first. Alone, one that is cut off from the others would go on showing the
   * node for as long as it waits for them, which may be longer than they wait for the session.
   */
  private void ask(Own mine, boolean first) {
    var sent = nodes.nanos();
    var node = path + "/" + mine.name();
    nodes
        .sync(node)
        .thenCompose(synced -> nodes.read(node))
        .whenComplete(
            (found, failure) -> {
              if (!own.equals(Optional.of(mine)) || closed || lease.isEmpty() != first) {
                return;
              }
              if (failure == null && found.isPresent()) {
                alive(mine, sent);
              } else if (failure == null) {
                stepDown("its node in ZooKeeper is gone");
                own = Optional.empty();
                enlist();
              } else if (first) {
                nodes.after(RETRY, this::weigh);
              } else {
                askAgain(mine);
              }
            });
  }

  private void alive(Own mine, long sent) {
    var until = sent + part(LEASE);
    if (lease.isPresent()) {
      if (!lease.get().holds()) {
        lost(mine);
        return;
      }
      lease.get().prolong(until);
    } else {
      var granted = new Lease(nodes::nanos, until);
      if (!granted.holds()) {
        weigh(); // The answer took so long that it says nothing.
        return;
      }
      lease = Optional.of(granted);
      stand(new Standing.Leading());
      candidate.elected(mine.info(), granted);
    }
    askAgain(mine);
  }

  private void askAgain(Own mine) {
    nodes.after(
        Duration.ofNanos(part(TOUCH)),
        () -> {
          if (!own.equals(Optional.of(mine)) || lease.isEmpty()) {
            return;
          }
          if (lease.get().holds()) {
            ask(mine, false);
          } else {
            lost(mine);
          }
        });
  }

  private void lost(Own mine) {
    stepDown(
        "ZooKeeper did not answer for %d ms, so another may lead soon"
            .formatted(Duration.ofNanos(part(LEASE)).toMillis()));
    own = Optional.of(mine.given());
    enlist();
  }

  private void stepDown(String why) {
    if (lease.isPresent()) {
      lease.get().end();
      lease = Optional.empty();
      LOG.warn("This master leads no longer: {}", why);
      stand(new Standing.Leaderless());
      candidate.deposed(why);
    }
  }

  private void stand(Standing now) {
    if (!standing.equals(now)) {
      standing = now;
      listeners.forEach(listener -> listener.accept(now));
    }
  }

  private long part(double of) {
    return (long) (nodes.sessionTimeout().toNanos() * of);
  }
}
