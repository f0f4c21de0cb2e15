package io.proffer.agent.container.launcher;

import io.proffer.agent.core.fact.ContainerId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells supervisors by signals to end what they hold, and sees to it that those do who are told to
 * kill: a task that runs as the user of its supervisor may stop it, over and over.
 */
final class Orders {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");

  /** A supervisor that has just been started takes signals after a few milliseconds. */
  private static final long UNTIL_READY_MS = 5;

  /** How often somebody who was told to kill everything, and has not ended, is looked after. */
  private static final long LOOK_MS = 1000;

  /** So often a supervisor is found stopped before it is killed itself. */
  private static final int STOPPED_LOOKS = 10;

  private final Path containers;
  private final Function<ContainerId, Optional<ProcessHandle>> supervisors;
  private final ScheduledExecutorService thread;

  /**
   * @param containers where supervisors say that they are ready
   * @param supervisors who holds a container, as long as it lives
   * @param thread where all of this is done
   */
  Orders(
      Path containers,
      Function<ContainerId, Optional<ProcessHandle>> supervisors,
      ScheduledExecutorService thread) {
    this.containers = containers;
    this.supervisors = supervisors;
    this.thread = thread;
  }

  /** To pass SIGTERM on. */
  void terminate(ContainerId container) {
    thread.execute(() -> signal(container, Signals.TERM));
  }

  /** To kill all processes. */
  void kill(ContainerId container) {
    thread.execute(() -> signal(container, Signals.KILL_ALL));
  }

  /** As soon as it passes signals on; before that one would only end it. */
  private void signal(ContainerId container, int number) {
    var supervisor = supervisors.apply(container);
    if (supervisor.isEmpty()) {
      return;
    }
    if (!ControlDirectory.of(containers, container).isReady()) {
      later(UNTIL_READY_MS, () -> signal(container, number));
      return;
    }
    send(supervisor.get(), number);
    if (number == Signals.KILL_ALL) {
      later(LOOK_MS, () -> lookAfter(container, 1));
    }
  }

  /** Who was stopped hears of no signal before it goes on. */
  private static void send(ProcessHandle supervisor, int number) {
    Signals.send(supervisor.pid(), number);
    Signals.send(supervisor.pid(), Signals.CONTINUE);
  }

  /**
   * One that is at work may take its time. Of one that was stopped once more what it holds is
   * killed from here, so that nobody is left to stop it, and at last it itself.
   */
  private void lookAfter(ContainerId container, int stopped) {
    var supervisor = supervisors.apply(container).orElse(null);
    if (supervisor == null) {
      return;
    }
    if (Processes.stat(supervisor.pid()).filter(Processes.Stat::isStopped).isEmpty()) {
      later(LOOK_MS, () -> lookAfter(container, stopped));
      return;
    }
    LOG.warn(
        "Process {}, which should end container {}, was stopped: what it holds is killed without it",
        supervisor.pid(),
        container);
    Remains.killBelow(supervisor);
    if (stopped < STOPPED_LOOKS) {
      send(supervisor, Signals.KILL_ALL);
    } else {
      supervisor.destroyForcibly();
    }
    later(LOOK_MS, () -> lookAfter(container, stopped + 1));
  }

  private void later(long ms, Runnable what) {
    var _ = thread.schedule(what, ms, TimeUnit.MILLISECONDS);
  }
}
