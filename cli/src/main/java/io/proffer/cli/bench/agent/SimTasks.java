package io.proffer.cli.bench.agent;

import com.google.protobuf.ByteString;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The tasks of one agent. Each is STARTING and RUNNING at once and FINISHED after its time, and
 * each next update leaves when the one before is acknowledged.
 */
final class SimTasks {
  /** As a real agent's first wait for an acknowledgement. */
  private static final long RESEND_NANOS = Duration.ofSeconds(10).toNanos();

  private record Key(String framework, String task) {}

  /** How tasks live and who hears of it. */
  interface Life {
    /** How long a task runs; empty for ever. */
    Optional<Duration> duration();

    /** Does something later, on the same event loop. */
    void later(Duration delay, Runnable work);

    /** Words of an update. */
    Statuses statuses();
  }

  private final Life life;
  private final Consumer<FromAgent.Record.Builder> up;
  private final Map<Key, SimTask> tasks = new LinkedHashMap<>();

  /**
   * @param up takes a record for the master; what it drops is sent again
   */
  SimTasks(Life life, Consumer<FromAgent.Record.Builder> up) {
    this.life = life;
    this.up = up;
  }

  void run(ToAgent.RunTask run) {
    var task = new SimTask(run.getFrameworkInfo(), run.getTask(), life.statuses().container());
    if (tasks.putIfAbsent(key(task), task) == null) {
      report(task, TaskState.TASK_STARTING);
      task.then(TaskState.TASK_RUNNING);
    }
  }

  void acknowledge(ToAgent.AcknowledgeUpdate acknowledgement) {
    var task = tasks.get(key(acknowledgement.getFrameworkId(), acknowledgement.getTaskId()));
    if (task == null || !isFor(task, acknowledgement.getUuid())) {
      return;
    }
    task.acknowledged();
    if (task.state() == TaskState.TASK_FINISHED || task.state() == TaskState.TASK_KILLED) {
      tasks.remove(key(task));
    } else {
      task.next().ifPresent(state -> advance(task, state));
    }
  }

  void kill(ToAgent.KillTask kill) {
    var task = tasks.get(key(kill.getFrameworkId(), kill.getTaskId()));
    if (task == null) {
      lost(kill.getFrameworkId(), kill.getTaskId(), AgentID.getDefaultInstance());
    } else if (task.unacknowledged().isEmpty()) {
      report(task, TaskState.TASK_KILLED);
    } else {
      task.then(TaskState.TASK_KILLED);
    }
  }

  void forget(FrameworkID framework) {
    tasks.keySet().removeIf(key -> key.framework().equals(framework.getValue()));
  }

  void reconcile(ToAgent.ReconcileTasks missing, AgentID agent) {
    for (var entry : missing.getTasksList()) {
      var framework = entry.getFrameworkInfo().getId();
      if (!tasks.containsKey(key(framework, entry.getTaskId()))) {
        lost(framework, entry.getTaskId(), agent);
      }
    }
  }

  /** A session has begun: the master hears again what it has not acknowledged. */
  void sayAgain() {
    tasks.values().forEach(task -> again(task, System.nanoTime()));
  }

  /** What has waited too long for its acknowledgement is sent again. */
  void sweep(long nowNanos) {
    for (var task : tasks.values()) {
      if (task.unacknowledged().isPresent() && nowNanos - task.sentNanos() > RESEND_NANOS) {
        again(task, nowNanos);
      }
    }
  }

  /** Adds all that runs here. */
  void report(Subscribe.Builder subscribe) {
    var frameworks = new HashMap<String, FrameworkInfo>();
    for (var task : tasks.values()) {
      subscribe.addTasks(task.report());
      frameworks.put(task.framework().getId().getValue(), task.framework());
    }
    List<FrameworkInfo> infos = new ArrayList<>(frameworks.values());
    subscribe.addAllFrameworks(infos);
  }

  private void advance(SimTask task, TaskState state) {
    report(task, state);
    if (state == TaskState.TASK_RUNNING) {
      life.duration().ifPresent(duration -> finishAfter(task, duration));
    }
  }

  private void finishAfter(SimTask task, Duration duration) {
    if (duration.isZero()) {
      task.then(TaskState.TASK_FINISHED);
    } else {
      life.later(duration, () -> finish(task));
    }
  }

  private void finish(SimTask task) {
    if (tasks.get(key(task)) != task || task.state() != TaskState.TASK_RUNNING) {
      return;
    }
    if (task.unacknowledged().isEmpty()) {
      report(task, TaskState.TASK_FINISHED);
    } else {
      task.then(TaskState.TASK_FINISHED);
    }
  }

  private void report(SimTask task, TaskState state) {
    var status = life.statuses().of(task, state);
    task.reported(status, System.nanoTime());
    up.accept(Statuses.record(task.framework().getId(), status, state));
  }

  private void again(SimTask task, long nowNanos) {
    task.unacknowledged()
        .ifPresent(
            status -> {
              task.resent(nowNanos);
              up.accept(Statuses.record(task.framework().getId(), status, task.state()));
            });
  }

  private void lost(FrameworkID framework, TaskID task, AgentID agent) {
    var status = life.statuses().lost(task, agent);
    up.accept(Statuses.record(framework, status, status.getState()));
  }

  private static boolean isFor(SimTask task, ByteString uuid) {
    return task.unacknowledged().filter(status -> status.getUuid().equals(uuid)).isPresent();
  }

  private static Key key(SimTask task) {
    return key(task.framework().getId(), task.info().getTaskId());
  }

  private static Key key(FrameworkID framework, TaskID task) {
    return new Key(framework.getValue(), task.getValue());
  }
}
