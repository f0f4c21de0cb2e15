package io.proffer.e2e.simulation;

import io.proffer.api.auth.Authorizer;
import io.proffer.api.files.FileAccess;
import io.proffer.api.files.FileCalls;
import io.proffer.api.files.LogFile;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Connections;
import io.proffer.api.process.Verbosity;
import io.proffer.api.v1.MasterInfo;
import io.proffer.kernel.Gate;
import io.proffer.kernel.Ids;
import io.proffer.kernel.Journal;
import io.proffer.kernel.Write;
import io.proffer.master.Effects;
import io.proffer.master.Feed;
import io.proffer.master.agentlink.AgentLink;
import io.proffer.master.agentlink.LinkSettings;
import io.proffer.master.core.MasterCore;
import io.proffer.master.core.allocator.AllocatorSettings;
import io.proffer.master.core.allocator.DrfAllocator;
import io.proffer.master.core.command.ClockCommand;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.MasterFacts;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.http.Changes;
import io.proffer.master.http.OperatorEndpoint;
import io.proffer.master.http.Pending;
import io.proffer.master.http.PlainEndpoints;
import io.proffer.master.http.Reads;
import io.proffer.master.http.SchedulerEndpoint;
import io.proffer.master.http.Snapshots;
import io.proffer.master.http.piece.Editions;
import io.proffer.master.http.piece.Fragments;
import io.proffer.master.registry.Recovered;
import io.proffer.master.registry.Registry;
import io.proffer.master.stream.EventWords;
import io.proffer.master.stream.FrameworkStreams;
import io.proffer.master.watch.OperatorStreams;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A core of a master and all that stands on it, of real parts from the endpoints inwards. */
final class SimTerm {
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(30);
  static final Duration STORE_TIMEOUT = Duration.ofSeconds(20);

  /** So few that who is slow, or away, misses some. */
  private static final int EVENT_WINDOW = 50;

  private static final long EVENT_WINDOW_BYTES = 50_000;

  /** After so long no agent is held by a master that leads no longer. */
  private static final Duration UNTIL_LET_GO = Duration.ofSeconds(2);

  private static final int READERS = 64;

  /** So little that it is full at times. */
  private static final long READ_CACHE_BYTES = 4096;

  private static final Duration READ_CACHE_REST = Duration.ofMinutes(1);
  private static final Gate.Limits GATE = new Gate.Limits(64, STORE_TIMEOUT);

  /**
   * What a term is made of.
   *
   * @param pingTimeout how often agents are pinged; five without an answer, and one is out of reach
   * @param budgets how much an allocation may take at once
   */
  record Parts(
      SimProcess process,
      CoreSettings settings,
      Duration pingTimeout,
      MasterWatch watch,
      SplittableRandom budgets) {}

  /**
   * What it found stored.
   *
   * @param held whether there was ever something under a key
   */
  record Store(Journal<Write> journal, Recovered recovered, long epoch, Predicate<String> held) {}

  /** Who leads, and whether it may speak. */
  record Leader(Function<Ids, MasterInfo> info, Runnable mayLeave, Consumer<Throwable> failed) {}

  private final World world;
  private final SimProcess process;
  private final Connections connections = new Connections();
  private final Pending pending;
  private final AgentLink link;
  private final SchedulerEndpoint scheduler;
  private final OperatorEndpoint operator;
  private final SimLoop<Command, Event, Effect> loop;
  private final MasterCore core;
  private final OperatorStreams watched;
  private Runnable sweeping = () -> {};
  private boolean over;

  SimTerm(Parts parts, Store store, Leader leader) {
    this.process = parts.process();
    this.world = process.world();
    this.pending = new Pending(REPLY_TIMEOUT.toNanos(), world::monotonicNanos);
    var watch = parts.watch();
    var moments = SimLoop.moments(process);
    var ids = moments.next().ids();
    var info = leader.info().apply(ids);
    var clock = process.clock();
    var facts = new MasterFacts(info, "http", clock.wall(), clock.wall());
    core =
        new MasterCore(
            facts,
            parts.settings(),
            new DrfAllocator(AllocatorSettings.defaults()),
            (incident, command, cause) -> {
              throw world.broken("a rule of the master threw at " + command, cause);
            });
    watch.began(store.recovered());
    recover(store.recovered());
    link =
        new AgentLink(
            new LinkSettings(store.epoch(), info, parts.pingTimeout(), 5, false),
            this::offer,
            this::insist,
            Authorizer.open());
    var streams =
        new FrameworkStreams(
            connections, new EventWords(facts), this::insist, FrameworkStreams.HEARTBEAT);
    scheduler =
        new SchedulerEndpoint(
            this::offer, this::insist, pending, connections, ids, Authorizer.open());
    watched =
        new OperatorStreams(
            FrameworkStreams.HEARTBEAT,
            info.getId(),
            new OperatorStreams.Limits(
                EVENT_WINDOW, EVENT_WINDOW_BYTES, Integer.MAX_VALUE, Integer.MAX_VALUE));
    var snapshots = new Snapshots(this::offer, pending, READERS);
    var fragments = new Fragments(READ_CACHE_BYTES, READ_CACHE_REST, world::monotonicNanos);
    operator =
        new OperatorEndpoint(
            snapshots,
            new Reads(snapshots, fragments, new Editions<>(fragments, world::monotonicNanos)),
            new Changes(this::offer, pending),
            new Feed(watched),
            () -> ids.next().toString(),
            new OperatorEndpoint.Sources(
                new PlainEndpoints.Description(Optional.empty(), Map.of()),
                (limit, take) -> take.accept(TreeMap::new),
                new FileCalls(new LogFile("/master/log", Optional.empty()), FileAccess.OPEN),
                Verbosity.ofThisProcess(),
                Authorizer.open()));
    var effects = new Effects(link, streams, pending::deliver);
    var gate =
        new Gate<Event, Effect>(
            Registry::writes,
            waking(store.journal()),
            frame -> {
              leader.mayLeave().run();
              watched.accept(frame);
            },
            batch -> {
              leader.mayLeave().run();
              watch.leaving(batch, store.held());
              effects.accept(batch);
            },
            clock,
            GATE);
    loop =
        new SimLoop<>(
            process,
            new Watched<>(core, watch),
            () -> new ClockCommand.Tick(1 + parts.budgets().nextInt(60)),
            gate,
            moments,
            cause -> {
              watch.failed(cause);
              over = true;
              leader.failed().accept(cause);
            });
  }

  /** The loop has something to do each time a write has ended. */
  private Journal<Write> waking(Journal<Write> journal) {
    return new Journal<>() {
      @Override
      public List<Write> load() {
        return journal.load();
      }

      @Override
      public CompletionStage<Void> append(List<Write> batch) {
        var done = journal.append(batch);
        done.whenComplete((written, failure) -> loop.wake());
        return done;
      }

      @Override
      public CompletionStage<Void> compact() {
        return journal.compact();
      }

      @Override
      public void close() {
        journal.close();
      }
    };
  }

  private void recover(Recovered recovered) {
    var moments = SimLoop.moments(process);
    var unreachable = new LinkedHashMap<io.proffer.api.id.AgentId, Instant>();
    recovered.unreachable().forEach(one -> unreachable.put(one.id(), one.since()));
    core.recoverRoles(recovered.roles(), moments.next());
    core.recover(
        recovered.frameworks().stream().map(Framework::info).toList(),
        recovered.agents(),
        unreachable,
        moments.next());
    core.recoverOrders(recovered.orders(), recovered.gone(), moments.next());
    core.recoverMaintenance(recovered.maintenance(), moments.next());
  }

  void start() {
    loop.start();
    sweeping = process.every(Duration.ofSeconds(1), () -> pending.sweep(world.monotonicNanos()));
  }

  /** There may be something to do. */
  void wake() {
    loop.wake();
  }

  /** Answers what waits, and ends every stream; nothing of it is said any more. */
  void end() {
    over = true;
    loop.end();
    watched.endAll();
    connections.endAll();
    link.endAll();
    pending.close();
    sweeping.run();
    process.after(UNTIL_LET_GO, this::checkThatAgentsLeft);
  }

  private void checkThatAgentsLeft() {
    if (link.open() > 0) {
      throw world.broken(
          "%d agents hold on to %s, which leads no longer".formatted(link.open(), process.host()));
    }
  }

  void serve(SimExchange exchange) {
    switch (exchange.path()) {
      case "/api/v1/scheduler" -> scheduler.accept(exchange);
      case "/api/v1" -> operator.accept(exchange);
      case "/api/internal/agent/subscribe" -> link.subscribe(exchange);
      case "/api/internal/agent/records" -> link.records(exchange);
      default -> exchange.answer(Answer.bare(404));
    }
  }

  private boolean offer(Command command) {
    return !over && loop.offer(command);
  }

  private void insist(Command command) {
    if (!over) {
      loop.insist(command);
    }
  }
}
