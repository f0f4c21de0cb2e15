package io.proffer.agent.container.launcher;

import io.proffer.agent.container.Containerizer;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.sandbox.Sandboxes;
import io.proffer.api.flags.WrongFlagException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Containers that are plain processes, each under a supervisor of its own. */
public final class ProcessContainerizer implements Containerizer {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");

  private static final long BETWEEN_LOOKS_MS = 5;

  /** An agent that is killed and started again at once may be quicker than its last supervisors. */
  private static final long STARTING_NANOS = 1_000_000_000;

  private final Path containers;
  private final Supervisor supervisor;
  private final Sandboxes sandboxes;
  private final SupervisorCall call;
  private final Consumer<? super ContainerCommand> outcomes;

  /** Apart, so that a kill never waits behind launches. */
  private final ExecutorService launchers;

  private final ScheduledExecutorService signals;
  private final Orders orders;
  private final Starter starter;
  private final Orphans orphans = new Orphans();
  private final Map<ContainerId, Held> held = new ConcurrentHashMap<>();

  /** A container, from the order to launch it to its end. */
  private static final class Held {
    private final Optional<String> sandbox;
    private volatile Optional<ProcessHandle> process = Optional.empty();
    private volatile boolean destroyed;

    /** Who is looked for when it has ended without a word. */
    private volatile Optional<Remains.Gone> supervisor = Optional.empty();

    /**
     * @param sandbox if it is known
     */
    private Held(Optional<String> sandbox) {
      this.sandbox = sandbox;
    }
  }

  /**
   * Unpacks the supervisor. Blocks.
   *
   * @param runtimeDir what supervisors leave; must not survive a reboot, and belongs to one agent
   * @param limits of what commands write
   * @param threads how many launches are worked on at once
   * @param spawner whether supervisors are forked by a small process that stays, where they can be
   * @param outcomes called on any thread; may block
   */
  public ProcessContainerizer(
      Path runtimeDir,
      Sandboxes sandboxes,
      OutputLimits limits,
      int threads,
      boolean spawner,
      Consumer<? super ContainerCommand> outcomes)
      throws IOException {
    this(runtimeDir, supervisor(runtimeDir, spawner), sandboxes, limits, threads, outcomes);
  }

  private static Supervisor supervisor(Path runtimeDir, boolean spawner) throws IOException {
    var supervisor = Supervisor.unpack(runtimeDir.resolve("bin"));
    return spawner ? supervisor : supervisor.alone();
  }

  ProcessContainerizer(
      Path runtimeDir,
      Supervisor supervisor,
      Sandboxes sandboxes,
      OutputLimits limits,
      int threads,
      Consumer<? super ContainerCommand> outcomes)
      throws IOException {
    this.call = new SupervisorCall(supervisor, limits);
    if (!supervisor.keeps(limits)) {
      throw new WrongFlagException(
          limits.stdout() > 0 ? "--max_stdout_size" : "--max_stderr_size",
          call.cannotLimit("Leave the flag out"));
    }
    this.containers = runtimeDir.resolve("containers").toAbsolutePath();
    this.supervisor = supervisor;
    this.sandboxes = sandboxes;
    this.outcomes = outcomes;
    this.launchers = Executors.newFixedThreadPool(threads, named("launch-"));
    this.signals = Executors.newSingleThreadScheduledExecutor(named("signal-"));
    this.starter = supervisor.forks() ? new Spawner(supervisor, signals) : new DirectStarter();
    this.orders = new Orders(containers, this::supervisor, signals);
    Files.createDirectories(containers);
  }

  /** Which supervisor holds the containers, for the log. */
  public String supervisorName() {
    return supervisor.name();
  }

  @Override
  public void launch(ToContainer.Launch order) {
    held.put(order.container(), new Held(Optional.of(order.directory())));
    launchers.execute(() -> start(order));
  }

  @Override
  public void terminate(ContainerId container) {
    orders.terminate(container);
  }

  @Override
  public void destroy(ContainerId container) {
    var target = held.get(container);
    if (target != null) {
      target.destroyed = true;
      orders.kill(container);
    }
  }

  @Override
  public List<ContainerId> adopt(boolean rebooted, Map<ContainerId, String> sandboxes) {
    var left = new ArrayList<Path>();
    List<Adopted> found;
    try (var entries = Files.newDirectoryStream(containers, Files::isDirectory)) {
      entries.forEach(left::add);
      if (!rebooted) {
        awaitStarting(left);
      }
      // Side by side: a thousand of them are ten thousand calls of the system.
      found =
          left.parallelStream()
              .map(entry -> adopted(entry, rebooted, sandboxes))
              .flatMap(Optional::stream)
              .toList();
    } catch (IOException e) {
      throw unreadable(e);
    } catch (DirectoryIteratorException | UncheckedIOException e) {
      throw unreadable((IOException) e.getCause());
    }
    // Told apart from the caller, who has yet to say where to.
    launchers.execute(() -> tell(found));
    return found.stream().map(Adopted::container).toList();
  }

  private UncheckedIOException unreadable(IOException cause) {
    return new UncheckedIOException(
        "Cannot read what earlier containers left in " + containers, cause);
  }

  /** Those that begin just now get their chance, together: what is given up never runs. */
  private static void awaitStarting(List<Path> left) {
    var start = System.nanoTime();
    var starting = left.stream().map(ControlDirectory::new).toList();
    while (System.nanoTime() - start < STARTING_NANOS
        && !starting.stream().allMatch(one -> one.isReady() || one.isOver())) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BETWEEN_LOOKS_MS));
    }
  }

  private record Adopted(
      ContainerId container, Held target, OptionalLong pid, Optional<ProcessHandle> process) {}

  private Optional<Adopted> adopted(
      Path entry, boolean rebooted, Map<ContainerId, String> sandboxes) {
    var container = new ContainerId(entry.getFileName().toString());
    var control = new ControlDirectory(entry);
    try {
      // Only one that has not begun can be claimed, and then it never will.
      if (!control.isOver() && control.claim()) {
        remove(control, ControlDirectory::giveUp);
        return Optional.empty();
      }
      var owner = control.owner();
      var target = new Held(Optional.ofNullable(rebooted ? null : sandboxes.get(container)));
      if (!rebooted) {
        target.process = owner.flatMap(Processes::find);
        var isSeen = target.process.isPresent();
        target.supervisor = owner.map(o -> new Remains.Gone(o.pid(), isSeen));
      }
      held.put(container, target);
      var pid = owner.map(o -> OptionalLong.of(o.pid())).orElse(OptionalLong.empty());
      return Optional.of(new Adopted(container, target, pid, target.process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell(List<Adopted> found) {
    for (var one : found) {
      one.pid()
          .ifPresent(pid -> outcomes.accept(new ContainerCommand.Started(one.container(), pid)));
      if (one.process().isPresent()) {
        var control = ControlDirectory.of(containers, one.container());
        watch(one.container(), one.target(), orphans.await(control, one.process().get()));
      } else {
        ended(one.container(), 0);
      }
    }
    orphans.start();
  }

  @Override
  public void forget(ContainerId container) {
    signals.execute(() -> forget(ControlDirectory.of(containers, container)));
  }

  @Override
  public void close() {
    orphans.close();
    launchers.shutdown();
    // Before those who look after it.
    starter.close();
    signals.shutdown();
  }

  private void start(ToContainer.Launch order) {
    var container = order.container();
    var target = held.get(container);
    if (target.destroyed) {
      over(new ContainerCommand.Broken(container, "it was destroyed before it started"));
      return;
    }
    var control = ControlDirectory.of(containers, container);
    CompletionStage<Starter.Started> started;
    try {
      var account =
          sandboxes.make(Path.of(order.directory()), Path.of(order.latest()), order.user());
      control.create();
      started = starter.start(control, call.builder(order, control, account));
    } catch (Sandboxes.SandboxException e) {
      over(new ContainerCommand.NoSandbox(container, e.getMessage()));
      return;
    } catch (IOException | RuntimeException e) {
      broken(container, e);
      return;
    }
    // Not where the spawner is listened to: whoever hears of it may take its time.
    var _ =
        started.whenCompleteAsync(
            (one, failure) -> {
              if (failure != null) {
                broken(container, failure);
              } else {
                started(container, target, one);
              }
            },
            launchers);
  }

  /**
   * Not only the system refuses, the JDK does too: a variable named "A=B", say, or a directory that
   * the agent's locale has no letters for.
   */
  private void broken(ContainerId container, Throwable why) {
    forget(ControlDirectory.of(containers, container));
    over(new ContainerCommand.Broken(container, why.getMessage()));
  }

  private void started(ContainerId container, Held target, Starter.Started started) {
    // Before anybody hears of it: who does may want to end it at once.
    target.process = ProcessHandle.of(started.pid());
    target.supervisor = Optional.of(new Remains.Gone(started.pid(), true));
    outcomes.accept(new ContainerCommand.Started(container, started.pid()));
    watch(container, target, started.exit());
  }

  private void watch(ContainerId container, Held target, CompletableFuture<Integer> exit) {
    if (target.destroyed) {
      orders.kill(container);
    }
    var _ = exit.thenAccept(status -> ended(container, status));
  }

  /**
   * @param status of the supervisor itself
   */
  private void ended(ContainerId container, int status) {
    var control = ControlDirectory.of(containers, container);
    ContainerCommand outcome;
    try {
      outcome =
          switch (control.outcome()) {
            case ControlDirectory.Outcome.Exited(int waitStatus) ->
                new ContainerCommand.Exited(container, waitStatus);
            case ControlDirectory.Outcome.Broken(String why) ->
                new ContainerCommand.Broken(container, why);
            case ControlDirectory.Outcome.Unknown() ->
                status == Supervisor.NO_ROOM
                    ? new ContainerCommand.Broken(container, noRoom(control))
                    : new ContainerCommand.Vanished(container);
          };
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot read from {} how its container ended", control.path(), e);
      outcome = new ContainerCommand.Vanished(container);
    }
    if (outcome instanceof ContainerCommand.Vanished vanished) {
      // Not where ends are noticed: there may be many processes to look at.
      launchers.execute(
          () -> {
            killRemains(container);
            over(vanished);
          });
    } else {
      over(outcome);
    }
  }

  /** Nobody is there any more who would. */
  private void killRemains(ContainerId container) {
    var target = held.get(container);
    if (target != null && (target.supervisor.isPresent() || target.sandbox.isPresent())) {
      Remains.killOf(target.supervisor, target.sandbox);
    }
  }

  /** What cannot be removed is in nobody's way, and must not hide how the container ended. */
  private static void forget(ControlDirectory control) {
    remove(control, ControlDirectory::delete);
  }

  private static void remove(ControlDirectory control, Removal how) {
    try {
      how.of(control);
    } catch (IOException e) {
      LOG.warn("Cannot remove {}, which nobody needs any more", control.path(), e);
    }
  }

  /** A way to forget a container. */
  private interface Removal {
    void of(ControlDirectory control) throws IOException;
  }

  private static String noRoom(ControlDirectory control) {
    return "Cannot write to '" + control.path() + "' (--runtime_dir). Is the disk full?";
  }

  private void over(ContainerCommand outcome) {
    held.remove(outcome.container());
    outcomes.accept(outcome);
  }

  /** Who holds a container, as long as it lives. */
  private Optional<ProcessHandle> supervisor(ContainerId container) {
    return Optional.ofNullable(held.get(container))
        .flatMap(target -> target.process)
        .filter(ProcessHandle::isAlive);
  }

  private static ThreadFactory named(String prefix) {
    return Thread.ofPlatform().daemon().name(prefix, 0).factory();
  }
}
