package io.proffer.agent.container.launcher;

import io.proffer.agent.container.Containerizer;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.sandbox.Sandboxes;
import io.proffer.agent.sandbox.Users;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Containers that are plain processes, each under a supervisor of its own. */
public final class ProcessContainerizer implements Containerizer {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");

  /** A supervisor that has just been started takes signals after a few milliseconds. */
  private static final long UNTIL_READY_MS = 5;

  private final Path containers;
  private final Supervisor supervisor;
  private final Sandboxes sandboxes;
  private final Consumer<? super ContainerCommand> outcomes;

  /** Apart, so that a kill never waits behind launches. */
  private final ExecutorService launchers;

  private final ScheduledExecutorService signals;
  private final Map<ContainerId, Held> held = new ConcurrentHashMap<>();

  /** A container, from the order to launch it to its end. */
  private static final class Held {
    private volatile Optional<ProcessHandle> process = Optional.empty();
    private volatile boolean destroyed;
  }

  /**
   * Unpacks the supervisor. Blocks.
   *
   * @param runtimeDir what supervisors leave; must not survive a reboot, and belongs to one agent
   * @param threads how many launches and signals are worked on at once
   * @param outcomes called on any thread; may block
   */
  public ProcessContainerizer(
      Path runtimeDir,
      Sandboxes sandboxes,
      int threads,
      Consumer<? super ContainerCommand> outcomes)
      throws IOException {
    this(runtimeDir, Supervisor.unpack(runtimeDir.resolve("bin")), sandboxes, threads, outcomes);
  }

  ProcessContainerizer(
      Path runtimeDir,
      Supervisor supervisor,
      Sandboxes sandboxes,
      int threads,
      Consumer<? super ContainerCommand> outcomes)
      throws IOException {
    this.containers = runtimeDir.resolve("containers").toAbsolutePath();
    this.supervisor = supervisor;
    this.sandboxes = sandboxes;
    this.outcomes = outcomes;
    this.launchers = Executors.newFixedThreadPool(threads, named("launch-"));
    this.signals = Executors.newSingleThreadScheduledExecutor(named("signal-"));
    Files.createDirectories(containers);
  }

  /** Which supervisor holds the containers, for the log. */
  public String supervisorName() {
    return supervisor.name();
  }

  @Override
  public void launch(ToContainer.Launch order) {
    held.put(order.container(), new Held());
    launchers.execute(() -> start(order));
  }

  @Override
  public void terminate(ContainerId container) {
    signals.execute(() -> signal(container, Signals.TERM));
  }

  @Override
  public void destroy(ContainerId container) {
    var target = held.get(container);
    if (target != null) {
      target.destroyed = true;
      signals.execute(() -> signal(container, Signals.KILL_ALL));
    }
  }

  @Override
  public List<ContainerId> adopt() {
    var running = new ArrayList<ContainerId>();
    try (var entries = Files.newDirectoryStream(containers)) {
      for (var entry : entries) {
        var container = new ContainerId(entry.getFileName().toString());
        var owner = new ControlDirectory(entry).owner();
        var process = owner.flatMap(Processes::find);
        if (process.isPresent()) {
          var target = new Held();
          target.process = process;
          held.put(container, target);
          running.add(container);
          watch(container, target, process.get().onExit().thenApply(p -> 0));
        } else {
          forget(new ControlDirectory(entry));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read what earlier containers left in " + containers, e);
    }
    return running;
  }

  @Override
  public void close() {
    launchers.shutdown();
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
    Process process;
    try {
      var account =
          sandboxes.make(Path.of(order.directory()), Path.of(order.latest()), order.user());
      control.create();
      process = builder(order, control, account).start();
    } catch (Sandboxes.SandboxException e) {
      over(new ContainerCommand.NoSandbox(container, e.getMessage()));
      return;
    } catch (IOException | RuntimeException e) {
      // Not only the system refuses, the JDK does too: a variable named "A=B", say, or a directory
      // that the agent's locale has no letters for.
      forget(control);
      over(new ContainerCommand.Broken(container, e.getMessage()));
      return;
    }
    // Before anybody hears of it: who does may want to end it at once.
    target.process = Optional.of(process.toHandle());
    outcomes.accept(new ContainerCommand.Started(container, process.pid()));
    watch(container, target, process.onExit().thenApply(Process::exitValue));
  }

  private ProcessBuilder builder(
      ToContainer.Launch order, ControlDirectory control, Optional<Users.Account> account) {
    var command = new ArrayList<>(supervisor.command());
    command.add(control.path().toString());
    command.add(order.directory());
    command.add(account.map(Users.Account::spec).orElse("-"));
    command.add(order.file());
    // A program always has an argv[0], even when the task gives none.
    command.addAll(order.arguments().isEmpty() ? List.of(order.file()) : order.arguments());
    var builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(order.environment());
    return builder;
  }

  /**
   * Of a child the JVM learns at once that it ended, and how; of an adopted process it asks now and
   * then.
   */
  private void watch(ContainerId container, Held target, CompletableFuture<Integer> exit) {
    if (target.destroyed) {
      signals.execute(() -> signal(container, Signals.KILL_ALL));
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
    forget(control);
    over(outcome);
  }

  /** What cannot be removed is in nobody's way, and must not hide how the container ended. */
  private static void forget(ControlDirectory control) {
    try {
      control.delete();
    } catch (IOException e) {
      LOG.warn("Cannot remove {}, which nobody needs any more", control.path(), e);
    }
  }

  private static String noRoom(ControlDirectory control) {
    return "Cannot write to '" + control.path() + "' (--runtime_dir). Is the disk full?";
  }

  private void over(ContainerCommand outcome) {
    held.remove(outcome.container());
    outcomes.accept(outcome);
  }

  /** To the supervisor, as soon as it passes signals on; before that one would only end it. */
  private void signal(ContainerId container, int number) {
    var target = held.get(container);
    if (target == null || target.process.isEmpty() || !target.process.get().isAlive()) {
      return;
    }
    if (ControlDirectory.of(containers, container).isReady()) {
      Signals.send(target.process.get().pid(), number);
    } else {
      var _ =
          signals.schedule(() -> signal(container, number), UNTIL_READY_MS, TimeUnit.MILLISECONDS);
    }
  }

  private static ThreadFactory named(String prefix) {
    return Thread.ofPlatform().daemon().name(prefix, 0).factory();
  }
}
