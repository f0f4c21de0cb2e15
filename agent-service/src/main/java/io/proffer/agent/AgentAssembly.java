package io.proffer.agent;

import io.proffer.agent.checkpoint.Checkpoints;
import io.proffer.agent.container.launcher.ProcessContainerizer;
import io.proffer.agent.core.AgentCore;
import io.proffer.agent.core.command.ClockCommand;
import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.command.HostCommand;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.executor.Admission;
import io.proffer.agent.executor.ExecutorStreams;
import io.proffer.agent.host.HostException;
import io.proffer.agent.host.OwnedDirectory;
import io.proffer.agent.http.AgentHandlers;
import io.proffer.agent.log.DecisionLog;
import io.proffer.agent.log.TaskTrace;
import io.proffer.agent.masterlink.MasterLink;
import io.proffer.agent.masterlink.VertxWire;
import io.proffer.agent.monitor.ProcessMonitor;
import io.proffer.agent.sandbox.Sandboxes;
import io.proffer.agent.sandbox.Users;
import io.proffer.api.endpoint.AgentEndpoints;
import io.proffer.api.guard.Guards;
import io.proffer.api.http.HttpService;
import io.proffer.api.metrics.EventLoopDelay;
import io.proffer.api.metrics.PrecautionFigures;
import io.proffer.api.metrics.TraceFigures;
import io.proffer.api.process.Verbosity;
import io.proffer.api.trace.Tracing;
import io.proffer.kernel.Clock;
import io.proffer.kernel.Gate;
import io.proffer.kernel.Journal;
import io.proffer.kernel.Loop;
import io.proffer.kernel.Moments;
import io.proffer.kernel.RandomIds;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.SystemClock;
import io.proffer.kernel.Write;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running agent, wired by hand. Several may run in one process. */
public final class AgentAssembly implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");
  private static final String ASKED = "The agent was asked to stop";
  private static final int BATCH = 256;
  private static final int FRAMES = 1024;

  /** A gate has one write under way at a time. */
  private static final int WAITING_BATCHES = 16;

  private static final Clock CLOCK = new SystemClock();

  /** What a part of the agent may take to let go. */
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final AgentConfig config;
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final Tracing tracing;
  private final Optional<TaskTrace> trace;
  private final CommandPort commands;
  private final CompletableFuture<String> stopped = new CompletableFuture<>();
  private final AtomicBoolean isClosing = new AtomicBoolean();
  private final Metering metering = new Metering(CLOCK);
  private final Sandboxes sandboxes;
  private Optional<MasterLink> link = Optional.empty();
  private Optional<Runnable> onHangup = Optional.empty();
  private int port;

  private AgentAssembly(AgentConfig config) {
    this.config = config;
    this.tracing = config.tuning().trace().open("agent", CLOCK::monotonicNanos);
    this.trace = tracing.hops().map(TaskTrace::new);
    own(tracing);
    this.commands =
        new CommandPort(
            command -> trace.ifPresent(task -> task.asked(command)),
            config.tuning().memory().commandBytes());
    this.sandboxes = new Sandboxes(config.switchUser(), new Users());
  }

  /**
   * Starts an agent; it registers by itself. Blocks until it serves.
   *
   * @throws HostException with a sentence that says what to do, when it cannot start
   */
  public static AgentAssembly start(AgentConfig config) {
    var agent = new AgentAssembly(config);
    try {
      agent.start();
      return agent;
    } catch (RuntimeException e) {
      agent.release();
      throw e;
    }
  }

  /** What SIGHUP asks for: files read anew, and the audit log; empty where there are none. */
  public Optional<Runnable> onHangup() {
    return onHangup;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /**
   * Completes when the agent has stopped of itself, or was stopped, with a sentence, less its full
   * stop, that says why and what became of its tasks.
   */
  public CompletionStage<String> stopped() {
    return stopped.copy();
  }

  /** Ends its tasks with their grace periods, tells the master, and lets go of everything. */
  @Override
  public void close() {
    if (!isClosing.compareAndSet(false, true)) {
      return;
    }
    var tuning = config.tuning();
    var limit = tuning.stopTimeout();
    // One that has stopped, or cannot go on, takes no commands any more.
    if (!stopped.isDone() && commands.deliver(new OperatorCommand.Stop(ASKED, limit), limit)) {
      // SIGKILL comes when the limit is over; then their ends are told.
      var all = limit.plus(tuning.times().lastWords()).plus(CLOSE);
      Waits.await("The end of all tasks", stopped, all);
    }
    awaitLastWord();
    release();
  }

  private void awaitLastWord() {
    var limit = config.tuning().stopTimeout();
    link.ifPresent(master -> Waits.await("The last word to the master", master.drained(), limit));
  }

  /** Lets go of everything but its tasks: the next agent on its directories takes them over. */
  public void detach() {
    if (!isClosing.compareAndSet(false, true)) {
      return;
    }
    if (stopped.isDone()) {
      // It has left its master for good, and says so.
      awaitLastWord();
    }
    release();
  }

  private void start() {
    own(config.logs().open("agent"));
    var startup = Startup.of(config);
    var early = new EarlyVertx(CLOSE);
    own(early);
    startup.warnings().forEach(LOG::warn);
    var masters = startup.masters();
    var locks = config.locks();
    var tokens = locks.tokens();
    tokens.ifPresent(key -> key.warnings().forEach(LOG::warn));
    var keyring = locks.keyring();
    var guards =
        new Guards(
            keyring,
            locks.door(keyring, tokens),
            config.tls().stores(config.zkSsl()),
            config.precautions().open("agent", Optional.empty(), CLOCK::monotonicNanos));
    own(guards);
    tracing.trust(guards.tls());
    masters.encrypt(guards.encryption().zooKeeper());
    guards.warnings(CLOCK.wall()).forEach(LOG::warn);
    var pass = ExecutorPass.of(tokens, guards);
    onHangup = guards.onHangup();
    own(OwnedDirectory.take(config.workDir(), "--work_dir"));
    own(OwnedDirectory.take(config.runtimeDir(), "--runtime_dir"));
    var disk = new WorkDisk(config, sandboxes, commands::offer, CLOCK);
    disk.relief().beforeStart();
    var earlier = EarlierRun.read(config, WAITING_BATCHES, disk.relief()::makeRoom);
    own(earlier.journal());
    earlier.checkRuntimeDir(config);
    var containers = containers();
    var found = earlier.adopt(containers);
    var vertx = early.get();
    var delay = EventLoopDelay.watch(vertx);
    own(delay);
    var streams = new ExecutorStreams(config.tuning().executors().executorHeartbeatInterval());
    var handlers =
        new AgentHandlers(
            commands::offer,
            new AgentHandlers.Executors(
                new ExecutorPort(commands, vertx), streams, new RandomIds(), pass),
            new AgentHandlers.Sources(
                startup.flags(),
                config.log(),
                config.sandboxes(),
                new ProcessMonitor(CLOCK, config.tuning().usageInterval()),
                metering.figures(
                    delay,
                    commands::queued,
                    told -> {
                      disk.addTo(told);
                      PrecautionFigures.addTo(guards.precautions(), told);
                      TraceFigures.addTo(tracing, told);
                    }),
                config.tuning().metrics().timeout(),
                config.tuning().metrics().rows(),
                Verbosity.ofThisProcess(),
                guards.reload(),
                guards.keyring().authorizer()));
    own(handlers);
    var admission = new Admission(commands::isOpen);
    port = listen(vertx, handlers, guards, admission);
    ExecutorSocket.of(config, vertx, handlers.table(), guards, admission).ifPresent(this::own);
    var master =
        new MasterLink(
            new VertxWire(
                vertx,
                config.tuning().registrationTimeout(),
                guards.keyring()::basic,
                guards.tls()),
            masters,
            config.tuning().toMaster(),
            commands::offer);
    link = Optional.of(master);
    closing.push(master::close);
    var facts = startup.facts(port);
    var before = earlier.under(config, facts.info());
    run(
        earlier.journal(),
        new AgentCore(
            facts,
            config.tuning().times(),
            config.tuning().limits(),
            before.memory(),
            CLOCK.monotonicNanos(),
            CLOCK.wall()),
        new HostCommand.Recover(
            earlier.bootId(),
            config.runtimeDir().toString(),
            found,
            config.recover() == RecoverMode.cleanup),
        new Effects(
            master::accept, streams, containers, pass::furnish, handlers::accept, this::ended));
    own(disk.rounds(handlers::snapshot));
    LOG.info(
        "Agent serves on {}{}:{}, work directory {}, {} supervisor",
        guards.tls().isPresent() ? "https://" : "",
        config.ip(),
        port,
        config.workDir(),
        containers.supervisorName());
  }

  private ProcessContainerizer containers() {
    try {
      var containers =
          new ProcessContainerizer(
              config.runtimeDir(),
              sandboxes,
              config.tuning().outputLimits(),
              config.tuning().containerThreads(),
              config.tuning().spawner(),
              commands::deliver);
      closing.push(containers);
      return containers;
    } catch (IOException | UncheckedIOException e) {
      throw new HostException(
          "Cannot write to --runtime_dir=%s: %s. Is the disk full?"
              .formatted(config.runtimeDir(), e.getMessage()),
          e);
    }
  }

  private int listen(Vertx vertx, AgentHandlers handlers, Guards guards, Admission admission) {
    var http =
        new HttpService(
            vertx,
            AgentEndpoints.table(),
            handlers.table(),
            guards.door(),
            admission,
            config.tuning().httpLimits(),
            guards.precautions());
    closing.push(http);
    try {
      return http.listen(config.ip(), config.port(), 1, guards.tls())
          .toCompletionStage()
          .toCompletableFuture()
          .get();
    } catch (ExecutionException e) {
      throw new HostException(
          "Cannot listen on %s:%d: %s. Is another agent running there? Choose another --port, or 0 for any free one. Is it no address of this host? Give another --ip"
              .formatted(config.ip(), config.port(), e.getCause().getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("Interrupted while starting", e);
    }
  }

  private void run(
      Journal<Write> journal, AgentCore core, HostCommand.Recover first, Effects effects) {
    var tuning = config.tuning();
    var log = new DecisionLog();
    var gate =
        new Gate<Event, Effect>(
            Checkpoints::of,
            metering.timed(journal),
            frame -> {
              log.read(frame);
              trace.ifPresent(task -> task.stored(frame));
            },
            batch -> {
              trace.ifPresent(task -> task.leaves(batch));
              effects.accept(batch);
            },
            CLOCK,
            new Gate.Limits(FRAMES, tuning.memory().checkpointBytes(), tuning.storeTimeout()));
    var loop =
        new Loop<Command, Event, Effect>(
            "agent-" + port,
            metering.observed(core, frame -> trace.ifPresent(task -> task.decided(frame))),
            ClockCommand.Tick::new,
            gate,
            new Moments(CLOCK, new RandomIds(), new SecureRandom().nextLong()),
            new Loop.Limits(tuning.commandQueue(), BATCH, CLOSE),
            (command, nanos, waited) -> {
              commands.turned(command);
              metering.turned(command, nanos, waited);
            },
            this::failed);
    metering.watch(gate);
    closing.push(loop);
    // Nothing comes before it: nobody else knows the loop yet.
    if (!loop.offer(first)) {
      throw new IllegalStateException("a loop that nobody knows has no room");
    }
    commands.open(loop);
    loop.start();
  }

  private void ended(String why) {
    stopped.complete(why + "; its tasks are ended");
  }

  private void failed(Throwable cause) {
    var what = "The agent cannot go on; its tasks keep running, and the next start takes them over";
    if (cause instanceof StoreException) {
      LOG.error("{}: {}", what, cause.getMessage());
    } else {
      LOG.error(what, cause);
    }
    stopped.completeExceptionally(cause);
  }

  private void own(AutoCloseable part) {
    closing.push(part);
  }

  /** In the reverse order of the start. */
  private void release() {
    commands.close();
    while (!closing.isEmpty()) {
      try {
        closing.pop().close();
      } catch (Exception e) {
        LOG.warn("A part of the agent did not close", e);
      }
    }
    stopped.complete(
        ASKED
            + "; what runs here goes on, and the next agent on this --work_dir takes it over"
            + " (SIGUSR1 ends tasks too)");
  }
}
