package io.proffer.agent.masterlink;

import io.proffer.api.tls.TlsStore;
import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.Leader;
import io.proffer.api.zookeeper.LeaderWatch;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.api.zookeeper.ZooKeeperUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows in ZooKeeper who leads. An agent whose session there is over has no master until it is
 * told of one again, because another may lead by now (lifecycle, section 2).
 */
final class Detector implements AutoCloseable {
  private final ZooKeeperUrl url;
  private final Duration patience;
  private final Consumer<Sight> changed;
  private final CuratorNodes nodes;
  private final LeaderWatch watch;
  private final CountDownLatch told = new CountDownLatch(1);
  private volatile Optional<Leader> leader = Optional.empty();
  private volatile boolean isLost;

  /**
   * Begins to look.
   *
   * @param session after so long without a word of ZooKeeper nobody leads
   * @param tls what to encrypt with; empty for plain TCP
   * @param changed told on a thread of its own
   */
  Detector(ZooKeeperUrl url, Duration session, Optional<TlsStore> tls, Consumer<Sight> changed) {
    this.url = url;
    this.patience = session;
    this.changed = changed;
    this.nodes = CuratorNodes.open(url, session, tls);
    this.watch = new LeaderWatch(nodes, url.path(), this::see);
    // Before the watch hears of it: what it tells then has this reason. Its patience is longer than
    // a session, and may end before Curator has told that the session is lost.
    nodes.onConnection(connection -> isLost = connection != Nodes.Connection.CONNECTED);
    watch.start();
  }

  ZooKeeperUrl url() {
    return url;
  }

  /** The node of the leader, now. */
  Optional<String> node() {
    return leader.map(Leader::node);
  }

  /**
   * Who leads. Waits for the first word of ZooKeeper, not for an election.
   *
   * @throws IOException with a sentence, when nobody does
   */
  Masters.Choice choose() throws IOException {
    await();
    var now = leader;
    if (now.isEmpty()) {
      throw new IOException(nobody());
    }
    return new Masters.Choice(
        Masters.address(now.get().authority()), Optional.of(now.get().node()));
  }

  private boolean await() throws IOException {
    try {
      return told.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private String nobody() {
    if (nodes.session() == 0) {
      return "ZooKeeper at %s cannot be reached: %s"
          .formatted(
              url.connectString(),
              nodes.refusal().orElse("check that it runs there and that --master is right"));
    }
    return told.getCount() > 0
        ? "ZooKeeper at %s did not tell within %d s"
            .formatted(url.connectString(), patience.toSeconds())
        : "nobody leads under %s: see that masters run with this --zk".formatted(url);
  }

  private void see(Optional<Leader> next) {
    leader = next;
    told.countDown();
    changed.accept(
        new Sight(
            next,
            next.map(other -> "another master leads, at " + other.authority())
                .orElseGet(
                    () ->
                        isLost
                            ? "the session with ZooKeeper at %s is over, and there is no master until it tells of one"
                                .formatted(url.connectString())
                            : "nobody leads under %s any more".formatted(url))));
  }

  @Override
  public void close() {
    watch.close();
    nodes.close();
  }
}
