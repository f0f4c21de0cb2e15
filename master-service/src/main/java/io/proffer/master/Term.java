package io.proffer.master;

import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.http.Connections;
import io.proffer.api.http.Exchange;
import io.proffer.api.metrics.PrecautionFigures;
import io.proffer.api.metrics.TraceFigures;
import io.proffer.api.v1.MasterInfo;
import io.proffer.kernel.Gate;
import io.proffer.kernel.Loop;
import io.proffer.kernel.Moments;
import io.proffer.kernel.StoreException;
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
import io.proffer.master.core.state.MustStopException;
import io.proffer.master.election.Lease;
import io.proffer.master.history.History;
import io.proffer.master.http.AgentFiles;
import io.proffer.master.http.Pending;
import io.proffer.master.http.PlainEndpoints;
import io.proffer.master.http.Snapshots;
import io.proffer.master.log.FrameLog;
import io.proffer.master.metrics.MasterFigures;
import io.proffer.master.registry.Registry;
import io.proffer.master.stream.EventWords;
import io.proffer.master.stream.FrameworkStreams;
import io.proffer.master.watch.OperatorStreams;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A core and all that stands on it: of a leader from its election to its end, or the empty one of a
 * standby, which tells its figures. It is never repaired: another follows it.
 */
final class Term implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");
  private static final double NANOS = 1e9;
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final Shell shell;
  private final MasterConfig config;
  private final Lease lease;
  private final Consumer<Throwable> failed;
  private final AllocationBudget budget = new AllocationBudget();
  private final Connections connections = new Connections();
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final Timers timers;
  private final Pending pending;
  private final CommandPort commands;
  private final Map<Endpoint, Consumer<Exchange>> handlers;

  /** Set once the core runs. */
  private Optional<HistoryKeeper> keeper = Optional.empty();

  /**
   * Starts one. Blocks until it can be asked.
   *
   * @param info under which it leads, or stands by
   * @param store closed with the term
   * @param history of this term
   * @param lease how long it may speak
   * @param failed hears, once, that it cannot go on
   * @throws StartException with a sentence that says what to do
   */
  Term(
      Shell shell,
      MasterInfo info,
      Store store,
      Optional<History.Chapter> history,
      Lease lease,
      Consumer<Throwable> failed) {
    this.shell = shell;
    this.config = shell.config();
    this.lease = lease;
    this.failed = failed;
    this.timers = new Timers(shell.vertx());
    this.pending =
        new Pending(config.tuning().replyTimeout().toNanos(), shell.clock()::monotonicNanos);
    this.commands =
        new CommandPort(
            shell.vertx(), command -> shell.trace().ifPresent(task -> task.asked(command)));
    closing.push(store.journal());
    closing.push(timers);
    closing.push(pending);
    try {
      handlers = start(info, store, history);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Who answers which endpoint. */
  Map<Endpoint, Consumer<Exchange>> handlers() {
    return handlers;
  }

  /** Answers what waits, ends every stream, and lets go of everything, last started first. */
  @Override
  public void close() {
    if (lease.holds()) {
      keeper.ifPresent(HistoryKeeper::keepLast);
    }
    commands.close();
    while (!closing.isEmpty()) {
      try {
        closing.pop().close();
      } catch (Exception e) {
        LOG.warn("A part of the master did not close", e);
      }
    }
  }

  private Map<Endpoint, Consumer<Exchange>> start(
      MasterInfo info, Store store, Optional<History.Chapter> history) {
    var guards = shell.guards();
    var clock = shell.clock();
    var authorizer = guards.keyring().authorizer();
    var allocator = new DrfAllocator(config.tuning().allocation().settings(config.region()));
    var metering =
        new Metering(config.tuning().metrics(), clock, shell.vertx(), allocator, store.journal());
    closing.push(metering);
    var facts = new MasterFacts(info, shell.scheme(), shell.started(), clock.wall());
    var link =
        new AgentLink(
            new LinkSettings(
                store.epoch(),
                facts.info(),
                config.tuning().agentPingTimeout(),
                config.tuning().maxAgentPingTimeouts(),
                config.requireAgentDomain()),
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
                config.tuning().maxOperatorEventStreamSubscribers(),
                config.tuning().maxUnreachableTasksPerFramework()));
    var core =
        new MasterCore(
            facts,
            Settings.core(config),
            metering.allocator(),
            (id, command, cause) -> {
              metering.incident();
              LOG.error(
                  "incident {}: {} was undone", id, command.getClass().getSimpleName(), cause);
            });
    var moments = new Moments(clock, shell.ids(), new SecureRandom().nextLong());
    Recall.into(core, store.recovered(), moments);
    history.ifPresent(kept -> Recall.into(core, kept.past(), moments));
    watched.recall(store.recovered().frameworks());
    closing.push(link::endAll);
    closing.push(connections::endAll);
    closing.push(watched::endAll);
    var gate = run(metering, core, moments, watched, new Effects(link, streams, pending::deliver));
    config.whitelist().ifPresent(file -> new Whitelist(file, commands::offer).start(timers));
    var snapshots = new Snapshots(commands::offer, pending, config.tuning().loopQueueCapacity());
    keeper =
        history.map(
            kept -> new HistoryKeeper(kept, snapshots::next, config.history().interval(), timers));
    var readCache = ReadCache.of(config.reads(), clock, timers);
    var figures =
        metering.endpoints(
            snapshots,
            new MasterFigures.Queues(commands::queued, gate::depth, pending::size),
            new MasterFigures.Streams(connections, link::load, watched::load),
            about(store, snapshots, readCache),
            told -> {
              PrecautionFigures.addTo(guards.precautions(), told);
              TraceFigures.addTo(shell.tracing(), told);
            });
    closing.push(figures);
    var files =
        new AgentFiles(
            shell.vertx(),
            snapshots,
            config.tuning().agentFiles(),
            guards.keyring()::basic,
            authorizer,
            guards.tls());
    closing.push(files);
    var announced = shell.announced();
    var description =
        new PlainEndpoints.Description(
            config.cluster(), Settings.shown(config, announced.hostname(), announced.port()));
    var reads = readCache.reads(snapshots);
    var plain = new PlainEndpoints(reads, description, authorizer, Term::excludes);
    readCache.readAhead(config.reads(), snapshots, plain, timers);
    return new MasterHandlers(config, commands, pending, connections, shell.ids())
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
                shell::leader,
                shell.presence().endpoint(shell::leader),
                shell::ready));
  }

  private MasterFigures.About about(Store store, Snapshots snapshots, ReadCache readCache) {
    return new MasterFigures.About(
        shell::leads,
        () -> Duration.between(shell.started(), shell.clock().wall()).toNanos() / NANOS,
        shell.admission()::refused,
        snapshots::shared,
        readCache.fragments()::heldBytes,
        store.fetchNanos(),
        () -> Store.bytes(config));
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
              mayLeave();
              log.accept(frame);
              watched.accept(frame);
            },
            batch -> {
              mayLeave();
              shell.trace().ifPresent(task -> task.leaves(batch));
              effects.accept(batch);
            },
            shell.clock(),
            Settings.gate(config.tuning()));
    var turns = metering.turns();
    var loop =
        new Loop<Command, Event, Effect>(
            "master-" + shell.announced().port(),
            metering.core(core, frame -> shell.trace().ifPresent(task -> task.decided(frame))),
            budget::tick,
            gate,
            moments,
            Settings.loop(config.tuning()),
            (command, nanos, waited) -> {
              budget.turned(command, nanos, core.allocationSpent());
              turns.turned(command, nanos, waited);
            },
            this::cannotGoOn);
    // One that may not speak any more has nothing to say to what waits either.
    closing.push(() -> loop.close(lease.holds() ? Settings.LAST_WORDS : Duration.ZERO));
    commands.open(loop);
    loop.start();
    timers.every(SWEEP, timer -> pending.sweep(shell.clock().monotonicNanos()));
    return gate;
  }

  /** Another may lead already: nobody must act on a word of this one. */
  private void mayLeave() {
    if (!lease.holds()) {
      throw new DeposedException();
    }
  }

  private void cannotGoOn(Throwable cause) {
    // A store that fails says all there is to say; of anything else the place matters.
    if (cause instanceof StoreException
        || cause instanceof DeposedException
        || cause instanceof MustStopException) {
      LOG.error("This term of the master cannot go on: {}", cause.getMessage());
    } else {
      LOG.error("This term of the master cannot go on", cause);
    }
    // Else the ends of streams would be insisted on until the process is gone.
    commands.close();
    failed.accept(cause);
  }

  /** The allocator's word on which agents a framework excludes. */
  private static Predicate<Agent> excludes(Framework framework, String role) {
    var constraints = CompiledConstraints.checked(framework.constraints());
    return agent -> constraints.excludes(role, agent.info());
  }
}
