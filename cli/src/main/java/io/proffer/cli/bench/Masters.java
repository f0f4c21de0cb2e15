package io.proffer.cli.bench;

import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.Leader;
import io.proffer.api.zookeeper.LeaderWatch;
import io.proffer.api.zookeeper.ZooKeeperUrl;
import io.proffer.cli.bench.agent.Fleet;
import io.proffer.cli.bench.process.MasterProcess;
import io.proffer.cli.bench.process.ZooKeeperProcess;
import io.proffer.cli.client.MasterAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Three masters that elect their leader in a ZooKeeper of one server, each a process. Who leads is
 * seen in ZooKeeper, as agents and frameworks see it: one watch for all that are simulated.
 */
final class Masters implements AutoCloseable {
  private static final int COUNT = 3;
  private static final String PATH = "/bench";

  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final List<MasterProcess> processes = new ArrayList<>();
  private final Duration session;

  /** Guarded by this. */
  private Optional<Fleet.Place> leader = Optional.empty();

  private CompletableFuture<Void> elected = new CompletableFuture<>();
  private Consumer<Optional<Fleet.Place>> follower = place -> {};

  private Masters(Duration session) {
    this.session = session;
  }

  /**
   * Starts all, and waits until each serves; one of them is about to lead.
   *
   * @param session how long ZooKeeper waits for a word of a master
   */
  static Masters start(
      Path directory, Duration session, List<String> javaOptions, List<String> flags)
      throws IOException {
    var masters = new Masters(session);
    try {
      masters.startIn(directory, javaOptions, flags);
      return masters;
    } catch (IOException | RuntimeException failed) {
      masters.close();
      throw failed;
    }
  }

  private void startIn(Path directory, List<String> javaOptions, List<String> flags)
      throws IOException {
    var zooKeeper = ZooKeeperProcess.start(Files.createDirectory(directory.resolve("zookeeper")));
    closing.push(zooKeeper);
    var all = new ArrayList<String>();
    all.add("--zk=" + zooKeeper.url(PATH));
    all.add("--zk_session_timeout=" + session.toMillis() + "ms");
    // Those given come last: of a flag that is there twice the last one counts.
    all.addAll(flags);
    for (int i = 0; i < COUNT; i++) {
      var workDir = Files.createDirectory(directory.resolve("master-" + i));
      var master = MasterProcess.of(workDir, javaOptions, all);
      closing.push(master);
      processes.add(master);
      master.launch();
    }
    processes.forEach(MasterProcess::awaitHealth);
    var nodes = CuratorNodes.open(ZooKeeperUrl.parse(zooKeeper.url(PATH)), session);
    closing.push(nodes);
    var watch = new LeaderWatch(nodes, PATH, this::leads);
    closing.push(watch);
    watch.start();
  }

  Duration session() {
    return session;
  }

  /** Done when somebody leads; again after each {@link #expectAnother}. */
  synchronized CompletableFuture<Void> elected() {
    return elected;
  }

  /** Done when, from now on, another one leads. */
  synchronized CompletableFuture<Void> expectAnother() {
    elected = new CompletableFuture<>();
    return elected;
  }

  /** Has somebody told who leads whenever that changes, on a thread that must not be held up. */
  synchronized void follow(Consumer<Optional<Fleet.Place>> follower) {
    this.follower = follower;
  }

  /** Where the leader serves, as ZooKeeper told last. */
  synchronized Fleet.Place place() {
    return leader.orElseThrow(() -> new IllegalStateException("Nobody leads"));
  }

  /** The process that leads. */
  MasterProcess process() {
    int port = place().port();
    return processes.stream()
        .filter(process -> process.port() == port)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("A stranger leads, at port " + port));
  }

  private synchronized void leads(Optional<Leader> now) {
    leader =
        now.map(
            master -> {
              var address = MasterAddress.parse(master.authority());
              return new Fleet.Place(address.host(), address.port());
            });
    // Who was told earlier than others would not be the first to have an offer for that.
    follower.accept(leader);
    if (leader.isPresent()) {
      elected.complete(null);
    }
  }

  /** Ends the watch, the masters, and then ZooKeeper. */
  @Override
  public void close() {
    while (!closing.isEmpty()) {
      try {
        closing.pop().close();
      } catch (Exception left) {
        throw new IllegalStateException("Cannot end all that was started", left);
      }
    }
  }
}
