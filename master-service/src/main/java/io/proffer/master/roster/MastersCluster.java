package io.proffer.master.roster;

import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.Nodes;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.zookeeper.ZookeeperClusterManager;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Vert.x cluster of the masters, in a Vert.x of its own: it does not come back by itself after
 * its session with ZooKeeper is over, so it is closed then, and built anew. All on the thread of
 * the nodes but what Vert.x calls.
 */
public final class MastersCluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");
  private static final String ADDRESS = "proffer.masters";
  private static final String PATH = "/proffer/vertx";

  /** What is published comes back to who did it; if not, nobody hears it either. */
  private static final Duration DEAF = Roster.PERIOD.multipliedBy(5);

  private final CuratorNodes nodes;
  private final String namespace;
  private final String host;
  private final int port;
  private final Supplier<Card> own;
  private final Roster roster;
  private Optional<Vertx> cluster = Optional.empty();
  private boolean connected;
  private boolean busy;
  private boolean closed;
  private long heardNanos;
  private String complaint = "";

  /**
   * @param path of the cluster in ZooKeeper
   * @param host under which the others reach this master
   * @param port for what masters tell each other; 0 for any
   */
  public MastersCluster(
      CuratorNodes nodes, String path, String host, int port, Supplier<Card> own, Roster roster) {
    this.nodes = nodes;
    this.namespace = (path + PATH).substring(1);
    this.host = host;
    this.port = port;
    this.own = own;
    this.roster = roster;
  }

  /** Joins as soon as ZooKeeper can be reached. */
  public void start() {
    nodes.onConnection(this::connection);
    nodes.run(
        () -> {
          connected = nodes.session() != 0;
          build();
        });
  }

  /** Tells the others at once. */
  public void tell() {
    nodes.run(
        () -> {
          if (cluster.isPresent() && nodes.nanos() - heardNanos > DEAF.toNanos()) {
            LOG.warn(
                "This master does not even hear itself in the cluster of masters: it joins anew");
            leave();
          }
          cluster.ifPresent(it -> it.eventBus().publish(ADDRESS, own.get().text()));
        });
  }

  private void connection(Nodes.Connection connection) {
    switch (connection) {
      case CONNECTED -> {
        connected = true;
        build();
      }
      case SUSPENDED -> {} // It may be back in a moment.
      case LOST -> {
        connected = false;
        leave();
      }
    }
  }

  private void build() {
    if (closed || busy || !connected || cluster.isPresent()) {
      return;
    }
    busy = true;
    // Before Curator does it: it would make nodes that go when they are empty.
    nodes
        .make("/" + namespace)
        .whenComplete(
            (made, failure) -> {
              if (failure == null) {
                join();
              } else {
                joined(null, failure);
              }
            });
  }

  private void join() {
    var curator = nodes.curator().usingNamespace(namespace);
    var options =
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(2)
            .setEventBusOptions(
                new EventBusOptions().setHost(host).setPort(port).setClusterPublicHost(host));
    Vertx.builder()
        .with(options)
        .withClusterManager(new ZookeeperClusterManager(curator))
        .buildClustered()
        .onComplete(
            built ->
                nodes.run(() -> joined(built.succeeded() ? built.result() : null, built.cause())));
  }

  private void joined(Vertx vertx, Throwable failure) {
    busy = false;
    if (failure != null) {
      complain(failure);
      nodes.after(Roster.PERIOD, this::build);
      return;
    }
    if (closed) {
      vertx.close();
      return;
    }
    complaint = "";
    cluster = Optional.of(vertx);
    heardNanos = nodes.nanos();
    vertx.eventBus().consumer(ADDRESS, message -> Card.read(message.body()).ifPresent(this::hear));
    vertx.setPeriodic(Roster.PERIOD.toMillis(), timer -> tell());
    tell();
  }

  /** Once for each reason: it is tried again all the time. */
  private void complain(Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    var why = String.valueOf(cause.getMessage());
    if (!why.equals(complaint)) {
      complaint = why;
      LOG.warn("This master cannot tell the others of itself yet, nor hear of them: {}", why);
    }
  }

  private void hear(Card card) {
    roster.hear(card);
    nodes.run(
        () -> {
          if (card.process().equals(own.get().process())) {
            heardNanos = nodes.nanos();
          }
        });
  }

  /** The next is built when this one is gone: they would disturb each other in ZooKeeper. */
  private void leave() {
    if (cluster.isPresent()) {
      busy = true;
      cluster
          .get()
          .close()
          .onComplete(
              gone ->
                  nodes.run(
                      () -> {
                        busy = false;
                        build();
                      }));
      cluster = Optional.empty();
    }
  }

  @Override
  public void close() {
    nodes.run(
        () -> {
          closed = true;
          leave();
        });
  }
}
