package io.proffer.master.roster;

import io.proffer.api.tls.TlsMaterial;
import io.proffer.api.tls.TlsStore;
import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.Nodes;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.zookeeper.ZookeeperClusterManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
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

  /** An attempt that takes longer has come to nothing. */
  private static final Duration JOINING = Duration.ofSeconds(30);

  /** Between two attempts that fail for the same reason, most likely; the first comes sooner. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /**
   * Where masters tell each other of themselves.
   *
   * @param ip to listen on
   * @param host under which the others reach it, which need not be an address of this host
   * @param port 0 for any
   * @param tls what to encrypt with; empty for plain TCP
   */
  public record Place(String ip, String host, int port, Optional<TlsStore> tls) {}

  private final CuratorNodes nodes;
  private final String namespace;
  private final Place place;
  private final Supplier<Card> own;
  private final Roster roster;
  private final Function<VertxBuilder, Future<Vertx>> joiner;

  /** Nodes of this session that Vert.x has made, and leaves there when it is closed. */
  private final Set<String> made = new HashSet<>();

  private Optional<Vertx> cluster = Optional.empty();
  private Optional<TlsMaterial> shown = Optional.empty();
  private Duration pause = Roster.PERIOD;
  private Runnable nextTry = () -> {};
  private boolean started;
  private boolean joining;
  private long attempt;
  private boolean connected;
  private boolean busy;
  private boolean closed;
  private long heardNanos;
  private String complaint = "";

  /**
   * @param path of the cluster in ZooKeeper
   */
  public MastersCluster(
      CuratorNodes nodes, String path, Place place, Supplier<Card> own, Roster roster) {
    this(nodes, path, place, own, roster, VertxBuilder::buildClustered);
  }

  /**
   * @param joiner takes as long as it likes
   */
  MastersCluster(
      CuratorNodes nodes,
      String path,
      Place place,
      Supplier<Card> own,
      Roster roster,
      Function<VertxBuilder, Future<Vertx>> joiner) {
    this.nodes = nodes;
    this.namespace = (path + PATH).substring(1);
    this.place = place;
    this.own = own;
    this.roster = roster;
    this.joiner = joiner;
  }

  /** Joins as soon as ZooKeeper can be reached; does nothing when it was started before. */
  public void start() {
    nodes.run(
        () -> {
          if (started) {
            return;
          }
          started = true;
          place.tls().ifPresent(it -> it.onRenewal(this::renew));
          nodes.onConnection(this::connection);
          connected = nodes.session() != 0;
          build();
        });
  }

  /**
   * With other certificates it joins anew: an event bus takes none while it runs. That takes longer
   * than who had them read wants to wait: what comes to nothing stands in the log.
   */
  private CompletionStage<Void> renew(TlsMaterial material) {
    nodes.run(
        () -> {
          if (cluster.isEmpty()) {
            build(); // The new ones may be what it failed for.
          } else if (!isUpToDate()) {
            leave();
          }
        });
    return CompletableFuture.completedFuture(null);
  }

  /** Whether the certificates it joined with are those that were read last. */
  private boolean isUpToDate() {
    return place.tls().isEmpty() || shown.filter(place.tls().get().material()::sameAs).isPresent();
  }

  /** Tells the others at once. */
  public void tell() {
    nodes.run(
        () -> {
          roster.lookAtClocks();
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
        abandon("the connection to ZooKeeper broke meanwhile");
        leave();
      }
    }
  }

  private void build() {
    if (closed || busy || !connected || cluster.isPresent()) {
      return;
    }
    nextTry.run();
    busy = true;
    sweep();
    // Before Curator does it: it would make nodes that go when they are empty.
    nodes
        .make("/" + namespace)
        .whenComplete(
            (there, failure) -> {
              var refused = failure == null ? refusal() : Optional.of(failure);
              refused.ifPresentOrElse(this::failed, this::join);
            });
  }

  /** Looked at first: Vert.x would make its node before it binds, and say so with a stack trace. */
  private Optional<Throwable> refusal() {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(place.ip(), place.port()));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          new IOException(
              "it cannot listen on %s:%d (%s), give it another --cluster_port, or 0 for any free one"
                  .formatted(place.ip(), place.port(), e.getMessage()),
              e));
    }
  }

  /** What joins now is not waited for: Vert.x forgets to say so when the connection breaks. */
  private void abandon(String why) {
    if (joining) {
      joining = false;
      attempt++;
      failed(new IOException(why));
    }
  }

  private void join() {
    EventBusOptions bus;
    try {
      bus = bus();
    } catch (RuntimeException e) {
      // Else it would look as if nobody answered.
      failed(
          new IllegalStateException(
              "its certificates (--ssl_cert_file, --ssl_key_file, --ssl_ca_file) cannot be used for"
                  + " it: "
                  + e.getMessage(),
              e));
      return;
    }
    joining = true;
    var mine = ++attempt;
    var _ =
        nodes.after(
            JOINING,
            () -> {
              if (mine == attempt) {
                abandon("it did not come about within " + JOINING.toSeconds() + " s");
              }
            });
    var curator = nodes.curator().usingNamespace(namespace);
    var id = UUID.randomUUID().toString();
    made.add(id);
    var options =
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(2)
            .setEventBusOptions(bus);
    joiner
        .apply(
            Vertx.builder()
                .with(options)
                .withClusterManager(new ZookeeperClusterManager(curator, id)))
        .onComplete(
            built ->
                nodes.run(
                    () -> {
                      if (mine == attempt) {
                        joining = false;
                        ended(built);
                      } else {
                        tooLate(id, built);
                      }
                    }));
  }

  private EventBusOptions bus() {
    var bus =
        new EventBusOptions()
            .setHost(place.ip())
            .setPort(place.port())
            .setClusterPublicHost(place.host());
    shown = place.tls().map(TlsStore::material);
    shown.ifPresent(it -> BusEncryption.apply(bus, it));
    return bus;
  }

  /** What was abandoned may have made its node since, when it counted as removed already. */
  private void tooLate(String id, AsyncResult<Vertx> built) {
    var gone = built.succeeded() ? built.result().close() : Future.succeededFuture();
    gone.onComplete(
        closed ->
            nodes.run(
                () -> {
                  made.add(id);
                  remove(id);
                }));
  }

  private void ended(AsyncResult<Vertx> built) {
    if (built.succeeded()) {
      joined(built.result());
    } else {
      failed(built.cause());
    }
  }

  private void failed(Throwable failure) {
    busy = false;
    sweep();
    complain(failure);
    nextTry = nodes.after(pause, this::build);
    pause = pause.multipliedBy(2);
    if (pause.compareTo(LONGEST_PAUSE) > 0) {
      pause = LONGEST_PAUSE;
    }
  }

  /**
   * Removes nodes that stand for nobody any more. The session that holds them lives on, and for
   * each of them the masters would look for somebody; so many could gather that ZooKeeper's answer
   * becomes too large for its client.
   */
  private void sweep() {
    List.copyOf(made).forEach(this::remove);
  }

  private void remove(String id) {
    nodes
        .remove("/" + namespace + "/cluster/nodes/" + id)
        .thenRun(() -> made.remove(id))
        .exceptionally(
            failure -> {
              LOG.debug("It is removed before the next attempt", failure);
              return null;
            });
  }

  private void joined(Vertx vertx) {
    busy = false;
    cluster = Optional.of(vertx);
    // Certificates may have been read anew while it joined.
    if (closed || !isUpToDate()) {
      leave();
      return;
    }
    complaint = "";
    pause = Roster.PERIOD;
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
                        sweep();
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
