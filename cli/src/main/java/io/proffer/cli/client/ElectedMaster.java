package io.proffer.cli.client;

import io.proffer.api.tls.TlsStore;
import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.Leader;
import io.proffer.api.zookeeper.LeaderWatch;
import io.proffer.api.zookeeper.ZooKeeperUrl;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The master that leads, as ZooKeeper tells. It is asked at first, and again when the master fails:
 * a command that watched all the time would keep a session open for nothing.
 */
final class ElectedMaster implements Masters {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ZooKeeperUrl url;
  private final boolean isEncrypted;
  private final Optional<TlsStore> zooKeeper;
  private final Duration patience;
  private Optional<MasterAddress> known = Optional.empty();

  ElectedMaster(ZooKeeperUrl url, boolean isEncrypted, Optional<TlsStore> zooKeeper) {
    this(url, isEncrypted, zooKeeper, PATIENCE);
  }

  /**
   * @param patience how long ZooKeeper may take to answer
   */
  ElectedMaster(
      ZooKeeperUrl url, boolean isEncrypted, Optional<TlsStore> zooKeeper, Duration patience) {
    this.url = url;
    this.isEncrypted = isEncrypted;
    this.zooKeeper = zooKeeper;
    this.patience = patience;
  }

  @Override
  public <T> T ask(Call<T> call) throws ClientException {
    var before = remembered();
    if (before.isEmpty()) {
      return at(find(), call);
    }
    try {
      return at(before.get(), call);
    } catch (ClientException failed) {
      if (!failed.isUntaken()) {
        throw failed;
      }
      // There may be another one since: who asks would only have to ask again.
      var now = find();
      if (now.equals(before.get())) {
        throw failed;
      }
      return at(now, call);
    }
  }

  private <T> T at(MasterAddress master, Call<T> call) throws ClientException {
    try {
      return call.at(master);
    } catch (ClientException failed) {
      if (failed.temporary()) {
        remember(Optional.empty());
      }
      throw failed;
    }
  }

  private synchronized Optional<MasterAddress> remembered() {
    return known;
  }

  private synchronized void remember(Optional<MasterAddress> master) {
    known = master;
  }

  private MasterAddress find() throws ClientException {
    var leader = look();
    var address =
        MasterAddress.parse(
            leader
                .orElseThrow(
                    () ->
                        ClientException.leaderless(
                            "Nobody leads under %s: no master runs with this --zk, or an election is under way."
                                .formatted(url)))
                .authority());
    var found = address.orElse(isEncrypted);
    remember(Optional.of(found));
    return found;
  }

  private Optional<Leader> look() throws ClientException {
    BlockingQueue<Optional<Leader>> told = new LinkedBlockingQueue<>();
    try (var nodes = open();
        var watch = new LeaderWatch(nodes, url.path(), told::add)) {
      watch.start();
      var first = told.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (first != null) {
        return first;
      }
      throw ClientException.unreached(
          nodes.session() == 0
              ? "ZooKeeper at %s cannot be reached: %s."
                  .formatted(
                      url.connectString(),
                      nodes
                          .refusal()
                          .orElse("no session within %d seconds".formatted(patience.toSeconds())))
              : "ZooKeeper at %s did not tell who leads within %d seconds."
                  .formatted(url.connectString(), patience.toSeconds()),
          null);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw ClientException.unreachable("Interrupted.", interrupted);
    }
  }

  private CuratorNodes open() throws ClientException {
    try {
      return CuratorNodes.open(url, patience, zooKeeper);
    } catch (UncheckedIOException unwritten) {
      throw ClientException.unreached(unwritten.getMessage() + ".", unwritten);
    }
  }
}
