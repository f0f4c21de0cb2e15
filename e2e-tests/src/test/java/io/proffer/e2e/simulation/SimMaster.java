package io.proffer.e2e.simulation;

import io.proffer.api.auth.Authorizer;
import io.proffer.api.files.FileAccess;
import io.proffer.api.files.FileCalls;
import io.proffer.api.files.LogFile;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Connections;
import io.proffer.api.process.Verbosity;
import io.proffer.api.v1.Address;
import io.proffer.api.v1.MasterInfo;
import io.proffer.kernel.Gate;
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

/** A master of real parts, from the endpoints inwards; it can be killed and started again. */
final class SimMaster {
  static final String HOST = "master";

  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(20);

  /** So few that who is slow, or away, misses some. */
  private static final int EVENT_WINDOW = 50;

  private static final long EVENT_WINDOW_BYTES = 50_000;

  private static final int READERS = 64;

  /** So little that it is full at times. */
  private static final long READ_CACHE_BYTES = 4096;

  private static final Duration READ_CACHE_REST = Duration.ofMinutes(1);
  private static final Gate.Limits GATE = new Gate.Limits(64, STORE_TIMEOUT);

  private final World world;
  private final SimNetwork network;
  private final SimDisk disk;
  private final CoreSettings settings;
  private final Duration pingTimeout;
  private final MasterWatch watch;
  private final SplittableRandom chance;
  private SimProcess process;
  private Life life;

  /**
   * @param pingTimeout how often agents are pinged; five without an answer, and one is out of reach
   */
  SimMaster(
      World world,
      SimNetwork network,
      SimDisk disk,
      CoreSettings settings,
      Duration pingTimeout,
      MasterWatch watch) {
    this.world = world;
    this.network = network;
    this.disk = disk;
    this.settings = settings;
    this.pingTimeout = pingTimeout;
    this.watch = watch;
    this.chance = world.chance("budgets");
  }

  boolean alive() {
    return process != null && process.alive();
  }

  void kill() {
    process.kill();
  }

  /** Opens the registry, writes a new epoch, and serves. */
  void start() {
    process = new SimProcess(world, HOST);
    var journal = disk.open(process, () -> life.loop.wake());
    var recovered = Recovered.from(journal.load());
    var epoch = Math.max(recovered.epoch() + 1, world.wall().toEpochMilli());
    life = new Life(process, journal, recovered, epoch);
    var served = life;
    journal
        .append(List.of(Registry.epoch(epoch)))
        .whenComplete(
            (done, cause) -> {
              if (cause == null) {
                served.serve();
              } else {
                process.kill();
              }
            });
  }

  /** One life: from the start to the kill. */
  private final class Life {
    private final SimProcess process;
    private final Recovered recovered;
    private final Connections connections = new Connections();
    private final Pending pending = new Pending(REPLY_TIMEOUT.toNanos(), world::monotonicNanos);
    private final AgentLink link;
    private final SchedulerEndpoint scheduler;
    private final OperatorEndpoint operator;
    private final SimLoop<Command, Event, Effect> loop;
    private final MasterCore core;

    Life(SimProcess process, Journal<Write> journal, Recovered recovered, long epoch) {
      this.process = process;
      this.recovered = recovered;
      var moments = SimLoop.moments(process);
      var ids = moments.next().ids();
      var info = info(ids.next().toString());
      var facts = new MasterFacts(info, "http", world.wall(), world.wall());
      core =
          new MasterCore(
              facts,
              settings,
              new DrfAllocator(AllocatorSettings.defaults()),
              (incident, command, cause) -> {
                throw world.broken("a rule of the master threw at " + command, cause);
              });
      watch.began(recovered);
      recover();
      link =
          new AgentLink(
              new LinkSettings(epoch, info, pingTimeout, 5),
              this::offer,
              this::insist,
              Authorizer.open());
      var streams =
          new FrameworkStreams(
              connections, new EventWords(facts), this::insist, FrameworkStreams.HEARTBEAT);
      scheduler =
          new SchedulerEndpoint(
              this::offer, this::insist, pending, connections, ids, Authorizer.open());
      var watched =
          new OperatorStreams(
              FrameworkStreams.HEARTBEAT,
              info.getId(),
              new OperatorStreams.Limits(EVENT_WINDOW, EVENT_WINDOW_BYTES, Integer.MAX_VALUE));
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
              journal,
              watched,
              batch -> {
                watch.leaving(batch, disk);
                effects.accept(batch);
              },
              world,
              GATE);
      loop =
          new SimLoop<>(
              process,
              new Watched<>(core, watch),
              () -> new ClockCommand.Tick(1 + chance.nextInt(60)),
              gate,
              moments,
              cause -> {
                watch.failed(cause);
                process.kill();
              });
    }

    private void recover() {
      var moments = SimLoop.moments(process);
      var unreachable = new LinkedHashMap<io.proffer.api.id.AgentId, Instant>();
      recovered.unreachable().forEach(one -> unreachable.put(one.id(), one.since()));
      core.recoverRoles(recovered.roles(), moments.next());
      core.recover(
          recovered.frameworks().stream().map(Framework::info).toList(),
          recovered.agents(),
          unreachable,
          moments.next());
      core.recoverOrders(recovered.orders(), recovered.gone());
      core.recoverMaintenance(recovered.maintenance());
    }

    void serve() {
      network.listen(process, this::serve);
      loop.start();
      process.every(Duration.ofSeconds(1), () -> pending.sweep(world.monotonicNanos()));
    }

    private void serve(SimExchange exchange) {
      switch (exchange.path()) {
        case "/api/v1/scheduler" -> scheduler.accept(exchange);
        case "/api/v1" -> operator.accept(exchange);
        case "/api/internal/agent/subscribe" -> link.subscribe(exchange);
        case "/api/internal/agent/records" -> link.records(exchange);
        default -> exchange.answer(Answer.bare(404));
      }
    }

    private boolean offer(Command command) {
      return loop.offer(command);
    }

    private void insist(Command command) {
      loop.insist(command);
    }
  }

  private static MasterInfo info(String id) {
    return MasterInfo.newBuilder()
        .setId(id)
        .setIp(1)
        .setPort(5050)
        .setHostname(HOST)
        .setAddress(Address.newBuilder().setHostname(HOST).setIp("10.0.0.1").setPort(5050))
        .build();
  }
}
