package io.proffer.agent.log;

import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.event.FrameworkEvent;
import io.proffer.agent.core.event.LinkEvent;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.event.UpdateEvent;
import io.proffer.api.log.Foreign;
import io.proffer.kernel.Frame;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what an agent decided. Of the loop's thread. */
public final class DecisionLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");
  private static final long REPEAT_NANOS = Duration.ofMinutes(1).toNanos();

  /** Several reasons may alternate: each master of a list has its own. */
  private static final int REASONS = 16;

  private final LinkedHashMap<String, Long> saidNanos = new LinkedHashMap<>();

  /** Logs the events of a frame. */
  public void read(Frame<Event, Effect> frame) {
    for (var event : frame.events()) {
      switch (event) {
        case LinkEvent e -> link(e);
        case FrameworkEvent e -> framework(e);
        case ExecutorEvent e -> executor(e);
        case TaskEvent e -> task(e);
        case UpdateEvent e -> update(e);
        case AgentEvent.Recovered ignored -> LOG.debug("Recovered");
        case AgentEvent.DrainBegun(var drain) ->
            LOG.info("Draining by order: all tasks end, and none are launched");
        case AgentEvent.DrainEnded ignored -> LOG.info("Drained: no task is left");
        case AgentEvent.DiskFilled ignored ->
            LOG.warn("The disk of --work_dir is full: no task is launched until there is room");
        case AgentEvent.DiskFreed ignored ->
            LOG.info("The disk of --work_dir has room again: tasks are launched");
        case AgentEvent.Stopping(var why) -> LOG.info("Stopping: {}", new Foreign(why));
        case AgentEvent.Emptied ignored -> LOG.info("All containers have ended");
        case AgentEvent.Stopped ignored -> LOG.info("Stopped");
        case AgentEvent.RuleFailed e ->
            LOG.error(
                "Incident {}: {} failed and was undone; this is a bug, please report it",
                e.incident(),
                e.command(),
                e.cause());
      }
    }
  }

  private void link(LinkEvent event) {
    switch (event) {
      case LinkEvent.Awoke ignored -> {}
      case LinkEvent.Sighted e -> {
        saidNanos.clear();
        LOG.info("A master leads at {}", new Foreign(e.address()));
      }
      case LinkEvent.Attempted e -> LOG.debug("Trying to register, session {}", e.session());
      case LinkEvent.Registered e -> {
        saidNanos.clear();
        LOG.info(
            "Registered with master {} as agent {}, epoch {}",
            new Foreign(e.master().getPid()),
            new Foreign(e.agent()),
            e.epoch());
      }
      case LinkEvent.Outdated e ->
          LOG.warn("Refused a master of epoch {}: followed {} already", e.epoch(), e.followed());
      case LinkEvent.Lost e -> lost(e);
    }
  }

  private void lost(LinkEvent.Lost event) {
    var said = saidNanos.get(event.why());
    if (said != null && event.nowNanos() - said < REPEAT_NANOS) {
      return;
    }
    if (saidNanos.size() >= REASONS) {
      saidNanos.pollFirstEntry();
    }
    saidNanos.put(event.why(), event.nowNanos());
    LOG.warn("No master: {}. Trying on; tasks keep running", new Foreign(event.why()));
  }

  private static void framework(FrameworkEvent event) {
    switch (event) {
      case FrameworkEvent.Known(var info) ->
          LOG.debug(
              "Framework {} ({})",
              new Foreign(info.getId().getValue()),
              new Foreign(info.getName()));
      case FrameworkEvent.Terminating(var id) ->
          LOG.info("Shutting down framework {}", new Foreign(id));
      case FrameworkEvent.Removed(var id) ->
          LOG.debug("Framework {} has nothing left here", new Foreign(id));
    }
  }

  private static void executor(ExecutorEvent event) {
    switch (event) {
      case ExecutorEvent.Admitted e ->
          LOG.info(
              "Launching {} in container {}",
              new Foreign(e.executor().key()),
              e.executor().container());
      case ExecutorEvent.Started e -> LOG.info("Started {}, pid {}", new Foreign(e.key()), e.pid());
      case ExecutorEvent.Registered(var key) -> LOG.info("Registered {}", new Foreign(key));
      case ExecutorEvent.Connected(var key, var stream) ->
          LOG.debug("Stream {} of {} is open", stream, new Foreign(key));
      case ExecutorEvent.Overfull(var key, int updates) ->
          LOG.warn(
              "No room for {} updates of {} (--update_bytes): it shall bring them again",
              updates,
              new Foreign(key));
      case ExecutorEvent.Disconnected(var key) ->
          LOG.info("Lost the stream of {}", new Foreign(key));
      case ExecutorEvent.Awaited(var key, var by) -> LOG.debug("Waiting for {}", new Foreign(key));
      case ExecutorEvent.Doomed e -> LOG.info("Ending {}: {}", new Foreign(e.key()), e.why());
      case ExecutorEvent.Forced(var key) -> LOG.info("SIGKILL for {}", new Foreign(key));
      case ExecutorEvent.Ended e ->
          LOG.info("Ended {}, wait status {}", new Foreign(e.key()), e.status());
      case ExecutorEvent.EndTold(var key) ->
          LOG.debug("The master has heard how {} ended", new Foreign(key));
    }
  }

  private static void task(TaskEvent event) {
    switch (event) {
      case TaskEvent.Admitted(var task) ->
          LOG.info("Launching {} in container {}", new Foreign(task.key()), task.container());
      case TaskEvent.Refused(var key, var why) ->
          LOG.warn("Did not launch {}: {}", new Foreign(key), new Foreign(why));
      case TaskEvent.Started e -> LOG.info("Started {}, pid {}", new Foreign(e.key()), e.pid());
      case TaskEvent.Delivered(var key) ->
          LOG.info("Delivered {} to its executor", new Foreign(key));
      case TaskEvent.Unwanted e ->
          LOG.info("Told the executor of {} to kill it", new Foreign(e.key()));
      case TaskEvent.Recalled(var key) -> LOG.info("Killed {} before it started", new Foreign(key));
      case TaskEvent.KillBegun e -> LOG.info("Killing {}: {}", new Foreign(e.key()), e.cause());
      case TaskEvent.KillHastened e -> LOG.info("Killing {} sooner", new Foreign(e.key()));
      case TaskEvent.KillForced(var key) ->
          LOG.info("Grace is over: SIGKILL for {}", new Foreign(key));
      case TaskEvent.Ended e ->
          LOG.info("Ended {}: {}", new Foreign(e.key()), new Foreign(e.how()));
      case TaskEvent.Completed e -> LOG.debug("Completed {}", new Foreign(e.key()));
      case TaskEvent.Settled e ->
          LOG.debug("The executor of {} may come back with it", new Foreign(e.task().key()));
      case TaskEvent.Forgotten(var executor, var tasks) ->
          LOG.debug("{} tasks of {} are no longer remembered", tasks.size(), executor);
    }
  }

  private static void update(UpdateEvent event) {
    switch (event) {
      case UpdateEvent.Queued e ->
          LOG.info("{} is {}", new Foreign(e.key()), e.status().getState());
      case UpdateEvent.Sent e -> LOG.debug("Sent an update of {}", new Foreign(e.key()));
      case UpdateEvent.Paused(var key) ->
          LOG.debug("Updates of {} wait for a master", new Foreign(key));
      case UpdateEvent.Acknowledged e ->
          LOG.debug("An update of {} was acknowledged", new Foreign(e.key()));
      case UpdateEvent.Dropped e ->
          LOG.debug("Dropped {} updates of {}", e.uuids().size(), new Foreign(e.key()));
    }
  }
}
