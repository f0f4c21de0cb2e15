package io.proffer.master;

import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.guard.Guards;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.Forwarder;
import io.proffer.api.http.HttpService;
import io.proffer.api.tls.TlsStore;
import io.proffer.api.tls.TlsStores;
import io.proffer.api.trace.Tracing;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.ZooKeeperUrl;
import io.proffer.kernel.RandomIds;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.SystemClock;
import io.proffer.master.MasterConfig.RegistryKind;
import io.proffer.master.election.Election;
import io.proffer.master.election.Lease;
import io.proffer.master.election.ZooKeeperElection;
import io.proffer.master.history.History;
import io.proffer.master.log.TaskTrace;
import io.proffer.master.registry.zookeeper.Writer;
import io.proffer.master.roster.MastersCluster;
import io.proffer.master.roster.Presence;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running master, wired by hand. Several may run in one process.
 *
 * <pre>
 *   serves, contends --elected--> a term with the registry, ready --deposed--> a term that is empty
 *                        ^                                                       |
 *                        '-------------------------------------------------------'
 * </pre>
 *
 * <p>Everything of a term is thrown away with it; terms begin and end one at a time, on one thread.
 */
public final class MasterAssembly implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");

  private final MasterConfig config;
  private final Instant started = Instant.now();
  private final SystemClock clock = new SystemClock();
  private final RandomIds ids = new RandomIds();
  private final CompletableFuture<String> stopped = new CompletableFuture<>();
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final Captain captain = new Captain(this::failed);
  private final Tracing tracing;
  private final Optional<TaskTrace> trace;
  private final Vertx vertx;

  /** Set once there is a term; the admission lets nobody through before. */
  private volatile Map<Endpoint, Consumer<Exchange>> handlers = Map.of();

  private Optional<CuratorNodes> nodes = Optional.empty();
  private Optional<Runnable> onHangup = Optional.empty();
  private Shell shell;
  private int port;

  // Both are of the captain's thread, until that has ended.
  private Optional<Term> term = Optional.empty();
  private Optional<History> history = Optional.empty();

  private MasterAssembly(MasterConfig config) {
    this.config = config;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(config.tuning().eventLoops())
                .setWorkerPoolSize(2)
                .setPreferNativeTransport(true));
    this.tracing = config.trace().open("master", clock::monotonicNanos);
    this.trace = tracing.hops().map(TaskTrace::new);
    closing.push(() -> vertx.close().await());
    closing.push(tracing);
    // When its node is gone and another may lead: nobody waits for this file.
    closing.push(() -> history.ifPresent(History::close));
  }

  /**
   * Starts a master. Blocks until it serves: a master that is alone leads then, one of several
   * contends.
   *
   * @throws StartException with a sentence that says what to do, when it cannot start
   */
  public static MasterAssembly start(MasterConfig config) {
    var master = new MasterAssembly(config);
    try {
      master.start();
      return master;
    } catch (RuntimeException | Error e) {
      master.close();
      throw e;
    }
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** What SIGHUP asks for: files read anew, and the audit log; empty where there are none. */
  public Optional<Runnable> onHangup() {
    return onHangup;
  }

  /** Completes when the master was closed; exceptionally when it cannot go on. */
  public CompletionStage<String> stopped() {
    return stopped.copy();
  }

  /** Answers what waits, ends every stream, and lets go of everything, last started first. */
  @Override
  public void close() {
    captain.finish(this::endTerm);
    while (!closing.isEmpty()) {
      try {
        closing.pop().close();
      } catch (Exception e) {
        LOG.warn("A part of the master did not close", e);
      }
    }
    stopped.complete("The master was asked to stop");
  }

  private void start() {
    closing.push(config.logs().open("master"));
    var zk = config.ha().zk();
    config.registry(); // Wrong flags are told before anything is done.
    var keyring = config.locks().keyring();
    var guards =
        new Guards(
            keyring,
            config.locks().door(keyring),
            config.tls().stores(config.ha().zkSsl()),
            config.precautions().open("master", config.rateLimits(), clock::monotonicNanos));
    closing.push(guards);
    tracing.trust(guards.tls());
    onHangup = guards.onHangup();
    config.tls().warnings().forEach(LOG::warn);
    guards.warnings(clock.wall()).forEach(LOG::warn);
    Settings.core(config);
    var late = new LateElection();
    var limits = config.tuning().httpLimits(config.reads().readerNice());
    var forwarder = new Forwarder(vertx, config.ha().standbyConnections(), limits, guards.tls());
    closing.push(forwarder);
    var antechamber = config.ha().antechamber(this::later);
    var admission =
        new Admission(
            late, config.ha().standby(), forwarder::carry, forwarder::reaches, antechamber);
    port = listen(guards, admission);
    var announced = Announcement.of(config, port);
    var held = zk.map(url -> elections(url, announced, guards.encryption()));
    var election = held.<Election>map(it -> it).orElseGet(Election::standalone);
    held.ifPresent(it -> it.onChange(now -> forwarder.follow(now.followed())));
    late.is(election);
    closing.push(election);
    var presence =
        new Presence(
            new Presence.Who(
                announced.authority(),
                announced.hostname(),
                started,
                () -> admission.serves() && election.contends()),
            new Presence.Clocks(clock::monotonicNanos, clock::wall, config.ha().clocksApart()));
    shell =
        new Shell(
            config, vertx, clock, ids, started, guards, tracing, trace, announced, election,
            admission, presence);
    LOG.info(
        "This master serves on {}{}:{}",
        guards.tls().isPresent() ? "https://" : "",
        config.ip(),
        port);
    if (held.isPresent()) {
      captain.now(this::standBy);
      contend(held.get(), zk.orElseThrow(), presence, guards.tls());
    } else {
      captain.now(() -> lead(announced.info(ids.next().toString()), Lease.forever()));
    }
  }

  private void later(Duration delay, Runnable work) {
    vertx.setTimer(delay.toMillis(), timer -> work.run());
  }

  private ZooKeeperElection elections(ZooKeeperUrl url, Announcement announced, TlsStores tls) {
    config.ha().warnings(announced, tls.services().isPresent()).forEach(LOG::warn);
    var client = CuratorNodes.open(url, config.ha().sessionTimeout(), tls.zooKeeper());
    closing.push(client);
    nodes = Optional.of(client);
    return new ZooKeeperElection(client, url.path(), announced.authority());
  }

  private void contend(
      ZooKeeperElection election, ZooKeeperUrl url, Presence presence, Optional<TlsStore> tls) {
    var announced = shell.announced();
    var there = nodes.orElseThrow();
    var masters =
        presence.join(
            there,
            url.path(),
            new MastersCluster.Place(
                config.ip(), announced.ip().getHostAddress(), config.ha().clusterPort(), tls));
    closing.push(masters);
    election.onChange(standing -> masters.tell());
    var check = Store.check(config, there);
    Consumer<RuntimeException> unfit = stopped::completeExceptionally;
    if (config.registry() == RegistryKind.zookeeper) {
      election.onChange(new Foresight(config, there, vertx, election, check, unfit));
    }
    captain.later(this::openHistory);
    var hesitation = new Hesitation(there);
    election.provided(
        // Before, nothing may be made there: the place may be of somebody else.
        () -> hesitation.over().thenCompose(over -> check.get()).thenRun(masters::start), unfit);
    election.contend(
        () -> announced.info(ids.next().toString()), new Fortune(election, hesitation, masters));
  }

  /** What becomes of this master in elections, done by the captain in order. */
  private final class Fortune implements ZooKeeperElection.Candidate {
    private final Election election;
    private final Hesitation hesitation;
    private final MastersCluster masters;

    Fortune(Election election, Hesitation hesitation, MastersCluster masters) {
      this.election = election;
      this.hesitation = hesitation;
      this.masters = masters;
    }

    @Override
    public void elected(MasterInfo info, Lease lease) {
      shell.admission().expect();
      captain.later(() -> tryToLead(info, lease));
    }

    @Override
    public void deposed(String why) {
      shell.admission().close();
      captain.later(MasterAssembly.this::standBy);
    }

    private void tryToLead(MasterInfo info, Lease lease) {
      if (!lease.holds()) {
        return; // Deposed before it began; what to do then waits behind this.
      }
      try {
        lead(info, lease);
        hesitation.led();
        masters.tell(); // Elected, it said that it was not ready.
      } catch (RuntimeException e) {
        if (lease.holds() && !Outage.isIn(e)) {
          LOG.error("Cannot lead: {}", e.getMessage());
          stopped.completeExceptionally(e); // It would fail again: another may be able to.
        } else {
          LOG.warn("Not leading after all: {}{}", e.getMessage(), hesitation.failed(e));
          election.resign(lease, String.valueOf(e.getMessage()));
        }
      }
    }
  }

  /** A term of a leader, in place of the one before. */
  private void lead(MasterInfo info, Lease lease) {
    endTerm();
    var writer = new Writer(info.getId(), lease::holds);
    var store = Store.open(config, nodes.map(it -> it), writer, clock.wall().toEpochMilli());
    if (!lease.holds()) {
      store.journal().close(); // Reading took too long, and another leads; what to do then waits.
      return;
    }
    openHistory();
    begin(
        new Term(
            shell,
            info,
            store,
            history.flatMap(History::begin),
            lease,
            cause -> termFailed(cause, lease)));
    shell.admission().open();
    LOG.info(
        "Master {} leads at {}, epoch {}",
        info.getId(),
        shell.announced().authority(),
        store.epoch());
  }

  /**
   * Once, for all terms: SQLite alone takes a third of a second to load, which those who wait for a
   * leader need not wait for. One that is alone does so after its registry, which refuses the
   * directory of another.
   */
  private void openHistory() {
    if (history.isEmpty()) {
      history = config.history().open(config);
    }
  }

  /** The empty term of a standby: it answers what any master answers itself. */
  private void standBy() {
    endTerm();
    var info = shell.announced().info(ids.next().toString());
    begin(
        new Term(
            shell,
            info,
            Store.idle(config, clock.wall().toEpochMilli()),
            Optional.empty(),
            Lease.forever(),
            this::failed));
    handlers = StandbyHandlers.of(handlers);
    shell.admission().standBy();
  }

  private void begin(Term next) {
    term = Optional.of(next);
    handlers = next.handlers();
  }

  private void endTerm() {
    term.ifPresent(Term::close);
    term = Optional.empty();
  }

  /** The store of one that leads no longer fails too; then it contends again. */
  private void termFailed(Throwable cause, Lease lease) {
    var ofElection =
        cause instanceof DeposedException
            || !lease.holds()
            || (cause instanceof StoreException && config.registry() == RegistryKind.zookeeper);
    if (ofElection) {
      shell.election().resign(lease, String.valueOf(cause.getMessage()));
    } else {
      failed(cause);
    }
  }

  private void failed(Throwable cause) {
    LOG.error("The master cannot go on; start it again with the same flags");
    stopped.completeExceptionally(cause);
  }

  private int listen(Guards guards, Admission admission) {
    if (!Announcement.resolve(config.ip(), "--ip").isLoopbackAddress()) {
      MasterLocks.warning(config.ip(), guards.door()).ifPresent(LOG::warn);
    }
    var http =
        new HttpService(
            vertx,
            MasterEndpoints.table(),
            late(),
            guards.door(),
            admission,
            config.tuning().httpLimits(config.reads().readerNice()),
            guards.precautions());
    closing.push(http);
    try {
      return http.listen(config.ip(), config.port(), config.tuning().eventLoops(), guards.tls())
          .toCompletionStage()
          .toCompletableFuture()
          .get();
    } catch (ExecutionException e) {
      throw new StartException(
          "Cannot listen on %s:%d: %s. Is another master running there? Choose another --port, or 0 for any free one. Is it no address of this host? Give another --ip"
              .formatted(config.ip(), config.port(), e.getCause().getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("Interrupted while starting", e);
    }
  }

  /** Handlers that look up those of the term when they are called. */
  private Map<Endpoint, Consumer<Exchange>> late() {
    return MasterEndpoints.all().stream()
        .collect(
            Collectors.toMap(
                endpoint -> endpoint,
                endpoint -> exchange -> handlers.get(endpoint).accept(exchange)));
  }
}
