package io.proffer.master;

import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.guard.Guards;
import io.proffer.api.http.Connections;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.HttpService;
import io.proffer.api.metrics.PrecautionFigures;
import io.proffer.api.metrics.TraceFigures;
import io.proffer.api.trace.Tracing;
import io.proffer.kernel.Gate;
import io.proffer.kernel.Loop;
import io.proffer.kernel.Moments;
import io.proffer.kernel.RandomIds;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.SystemClock;
import io.proffer.master.agentlink.AgentLink;
import io.proffer.master.agentlink.LinkSettings;
import io.proffer.master.core.MasterCore;
import io.proffer.master.core.allocator.CompiledConstraints;
import io.proffer.master.core.allocator.DrfAllocator;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.MasterFacts;
import io.proffer.master.election.Election;
import io.proffer.master.election.Standing;
import io.proffer.master.http.AgentFiles;
import io.proffer.master.http.Pending;
import io.proffer.master.http.PlainEndpoints;
import io.proffer.master.http.Snapshots;
import io.proffer.master.log.FrameLog;
import io.proffer.master.log.TaskTrace;
import io.proffer.master.metrics.MasterFigures;
import io.proffer.master.registry.Registry;
import io.proffer.master.stream.EventWords;
import io.proffer.master.stream.FrameworkStreams;
import io.proffer.master.watch.OperatorStreams;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running master, wired by hand. Several may run in one process. */
public final class MasterAssembly implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");
  private static final double NANOS = 1e9;
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final MasterConfig config;
  private final Instant started = Instant.now();
  private final SystemClock clock = new SystemClock();
  private final RandomIds ids = new RandomIds();
  private final AllocationBudget budget = new AllocationBudget();
  private final Election election = Election.standalone();
  private final Admission admission = new Admission(election);
  private final Connections connections = new Connections();
  private final CompletableFuture<String> stopped = new CompletableFuture<>();
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final Tracing tracing;
  private final Optional<TaskTrace> trace;
  private final Pending pending;
  private final Vertx vertx;
  private final CommandPort commands;

  /** Set once the parts behind them are there; the admission lets nobody through before. */
  private volatile Map<Endpoint, Consumer<Exchange>> handlers = Map.of();

  private Optional<Runnable> onHangup = Optional.empty();
  private int port;

  private MasterAssembly(MasterConfig config) {
    this.config = config;
    this.pending = new Pending(config.tuning().replyTimeout().toNanos(), clock::monotonicNanos);
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(config.tuning().eventLoops())
                .setWorkerPoolSize(2)
                .setPreferNativeTransport(true));
    this.tracing = config.trace().open("master", clock::monotonicNanos);
    this.trace = tracing.hops().map(TaskTrace::new);
    this.commands = new CommandPort(vertx, command -> trace.ifPresent(task -> task.asked(command)));
    closing.push(() -> vertx.close().await());
    closing.push(tracing);
  }

  /**
   * Starts a master. Blocks until it serves.
   *
   * @throws StartException with a sentence that says what to do, when it cannot start
   */
  public static MasterAssembly start(MasterConfig config) {
    var master = new MasterAssembly(config);
    try {
      master.start();
      return master;
    } catch (RuntimeException e) {
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
    commands.close();
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
    var keyring = config.locks().keyring();
    var guards =
        new Guards(
            keyring,
            config.locks().door(keyring),
            config.tls().store(),
            config.precautions().open("master", config.rateLimits(), clock::monotonicNanos));
    closing.push(guards);
    onHangup = guards.onHangup();
    config.tls().warnings().forEach(LOG::warn);
    guards.warnings(clock.wall()).forEach(LOG::warn);
    var authorizer = keyring.authorizer();
    var coreSettings = Settings.core(config);
    var allocator = new DrfAllocator(config.tuning().allocation().settings());
    var store = Store.open(config, clock.wall().toEpochMilli());
    closing.push(store.journal());
    var metering =
        new Metering(config.tuning().metrics(), clock, vertx, allocator, store.journal());
    closing.push(metering);
    port = listen(guards);
    var announced = Announcement.of(config, port);
    var facts =
        new MasterFacts(
            announced.info(ids.next().toString()),
            guards.tls().isPresent() ? "https" : "http",
            started,
            clock.wall());
    var link =
        new AgentLink(
            new LinkSettings(
                store.epoch(),
                facts.info(),
                config.tuning().agentPingTimeout(),
                config.tuning().maxAgentPingTimeouts()),
            commands::offer,
            commands::insist,
            authorizer);
    var streams =
        new FrameworkStreams(
            connections, new EventWords(facts), commands::insist, FrameworkStreams.HEARTBEAT);
    var watched =
        new OperatorStreams(
            FrameworkStreams.HEARTBEAT,
            facts.info().getId(),
            new OperatorStreams.Limits(
                config.tuning().operatorEventWindow(),
                config.reads().eventWindowBytes(),
                config.tuning().maxOperatorEventStreamSubscribers()));
    var core =
        new MasterCore(
            facts,
            coreSettings,
            metering.allocator(),
            (id, command, cause) -> {
              metering.incident();
              LOG.error(
                  "incident {}: {} was undone", id, command.getClass().getSimpleName(), cause);
            });
    var moments = new Moments(clock, ids, new SecureRandom().nextLong());
    Recall.into(core, store.recovered(), moments);
    watched.recall(store.recovered().frameworks());
    closing.push(connections::endAll);
    closing.push(watched::endAll);
    var gate = run(metering, core, moments, watched, new Effects(link, streams, pending::deliver));
    config.whitelist().ifPresent(file -> new Whitelist(file, commands::offer).start(vertx));
    var snapshots = new Snapshots(commands::offer, pending, config.tuning().loopQueueCapacity());
    var readCache = ReadCache.of(config.reads(), clock, vertx);
    var figures =
        metering.endpoints(
            snapshots,
            new MasterFigures.Queues(commands::queued, gate::depth, pending::size),
            new MasterFigures.Streams(connections, link::load, watched::watching),
            about(store, snapshots, readCache),
            told -> {
              PrecautionFigures.addTo(guards.precautions(), told);
              TraceFigures.addTo(tracing, told);
            });
    closing.push(figures);
    var files =
        new AgentFiles(
            vertx,
            snapshots,
            config.tuning().agentFiles(),
            keyring::basic,
            authorizer,
            guards.tls());
    closing.push(files);
    var description =
        new PlainEndpoints.Description(
            config.cluster(), Settings.shown(config, announced.hostname(), port));
    var reads = readCache.reads(snapshots);
    var plain = new PlainEndpoints(reads, description, authorizer, MasterAssembly::excludes);
    readCache.readAhead(config.reads(), snapshots, plain, vertx);
    handlers =
        new MasterHandlers(config, commands, pending, connections, ids)
            .table(
                new MasterHandlers.Parts(
                    plain,
                    link,
                    watched,
                    snapshots,
                    reads,
                    figures,
                    files,
                    guards.reload(),
                    authorizer,
                    () -> leader(announced)));
    admission.open();
    LOG.info(
        "Master {} serves on {}{}:{}, epoch {}",
        facts.info().getId(),
        guards.tls().isPresent() ? "https://" : "",
        config.ip(),
        port,
        store.epoch());
  }

  private int listen(Guards guards) {
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
            config.tuning().httpLimits(),
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

  /**
   * Handlers that look up theirs when they are called: the master listens before it can make them,
   * because what it announces has the port in it.
   */
  private Map<Endpoint, Consumer<Exchange>> late() {
    return MasterEndpoints.all().stream()
        .collect(
            Collectors.toMap(
                endpoint -> endpoint,
                endpoint -> exchange -> handlers.get(endpoint).accept(exchange)));
  }

  private MasterFigures.About about(Store store, Snapshots snapshots, ReadCache readCache) {
    return new MasterFigures.About(
        () -> election.standing() instanceof Standing.Leading,
        () -> Duration.between(started, clock.wall()).toNanos() / NANOS,
        admission::refused,
        snapshots::shared,
        readCache.fragments()::heldBytes,
        store.fetchNanos(),
        () -> Store.bytes(config));
  }

  private Optional<String> leader(Announcement announced) {
    return switch (election.standing()) {
      case Standing.Leading() -> Optional.of(announced.authority());
      case Standing.Following(var address) -> Optional.of(address);
      case Standing.Leaderless() -> Optional.empty();
    };
  }

  private Gate<Event, Effect> run(
      Metering metering,
      MasterCore core,
      Moments moments,
      OperatorStreams watched,
      Effects effects) {
    var log = new FrameLog();
    var gate =
        new Gate<Event, Effect>(
            Registry::writes,
            metering.journal(),
            frame -> {
              log.accept(frame);
              watched.accept(frame);
            },
            batch -> {
              trace.ifPresent(task -> task.leaves(batch));
              effects.accept(batch);
            },
            clock,
            Settings.gate(config.tuning()));
    var turns = metering.turns();
    var loop =
        new Loop<Command, Event, Effect>(
            "master-" + port,
            metering.core(core, frame -> trace.ifPresent(task -> task.decided(frame))),
            budget::tick,
            gate,
            moments,
            Settings.loop(config.tuning()),
            (command, nanos, waited) -> {
              budget.turned(command, nanos, waited);
              turns.turned(command, nanos, waited);
            },
            this::failed);
    closing.push(loop);
    commands.open(loop);
    loop.start();
    vertx.setPeriodic(SWEEP.toMillis(), timer -> pending.sweep(clock.monotonicNanos()));
    return gate;
  }

  private void failed(Throwable cause) {
    // A store that fails says all there is to say; of anything else the place matters.
    if (cause instanceof StoreException) {
      LOG.error(
          "The master cannot go on; start it again on the same --work_dir: {}", cause.getMessage());
    } else {
      LOG.error("The master cannot go on; start it again on the same --work_dir", cause);
    }
    // Else the ends of streams would be insisted on until the process is gone.
    commands.close();
    stopped.completeExceptionally(cause);
  }

  /** The allocator's word on which agents a framework excludes. */
  private static Predicate<Agent> excludes(Framework framework, String role) {
    var constraints = CompiledConstraints.checked(framework.constraints());
    return agent -> constraints.excludes(role, agent.info());
  }
}
