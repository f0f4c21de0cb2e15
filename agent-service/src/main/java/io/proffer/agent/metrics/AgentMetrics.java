package io.proffer.agent.metrics;

import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskState;
import io.proffer.kernel.Clock;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Names and numbers of one moment. */
public final class AgentMetrics {
  private static final List<String> SCALARS = List.of("cpus", "gpus", "mem", "disk");

  private final FrameCounts counts;
  private final Clock clock;
  private final Supplier<? extends SortedMap<String, Double>> more;

  /**
   * @param more what other rooms tell
   */
  public AgentMetrics(
      FrameCounts counts, Clock clock, Supplier<? extends SortedMap<String, Double>> more) {
    this.counts = counts;
    this.clock = clock;
    this.more = more;
  }

  /** All metrics, by name. Reads small files of /proc. */
  public SortedMap<String, Double> of(Snapshot snapshot) {
    var all = new TreeMap<String, Double>(more.get());
    resources(snapshot, all);
    executors(snapshot, all);
    tasks(snapshot, all);
    var facts = snapshot.facts();
    all.put("slave/frameworks_active", (double) snapshot.frameworks().size());
    all.put("slave/registered", snapshot.link() instanceof Link.Registered ? 1.0 : 0.0);
    all.put("slave/uptime_secs", clock.wall().toEpochMilli() / 1000.0 - facts.startedSeconds());
    all.put("slave/valid_status_updates", (double) counts.updates());
    SystemMetrics.addTo(all);
    return all;
  }

  private static void resources(Snapshot snapshot, SortedMap<String, Double> all) {
    var total = Resources.of(snapshot.facts().info().getResourcesList());
    var used = snapshot.used();
    for (var name : SCALARS) {
      var has = scalar(total, name);
      var uses = scalar(used, name);
      all.put("slave/" + name + "_total", has);
      all.put("slave/" + name + "_used", uses);
      all.put("slave/" + name + "_percent", has == 0 ? 0 : uses / has);
      for (var what : List.of("total", "used", "percent")) {
        all.put("slave/" + name + "_revocable_" + what, 0.0);
      }
    }
  }

  private static double scalar(Resources resources, String name) {
    var sum = 0.0;
    for (var resource : resources.messages()) {
      if (resource.getName().equals(name)) {
        sum += resource.getScalar().getValue();
      }
    }
    return sum;
  }

  private void executors(Snapshot snapshot, SortedMap<String, Double> all) {
    var registering = 0;
    var running = 0;
    var terminating = 0;
    for (var task : snapshot.tasks()) {
      switch (task.progress()) {
        case Progress.Launching launching -> registering++;
        case Progress.Running now -> running++;
        case Progress.Killing killing -> terminating++;
        case Progress.Recalled recalled -> terminating++;
        case Progress.Hosted hosted -> {}
        case Progress.Ended ended -> {}
      }
    }
    for (var executor : snapshot.executors()) {
      if (executor.doom().isPresent()) {
        terminating++;
      } else if (executor.registered()) {
        running++;
      } else {
        registering++;
      }
    }
    all.put("slave/executors_registering", (double) registering);
    all.put("slave/executors_running", (double) running);
    all.put("slave/executors_terminating", (double) terminating);
    all.put("slave/executors_terminated", (double) counts.ended());
  }

  private void tasks(Snapshot snapshot, SortedMap<String, Double> all) {
    for (var state : List.of("STAGING", "STARTING", "RUNNING", "KILLING")) {
      all.put("slave/tasks_" + state.toLowerCase(java.util.Locale.ROOT), 0.0);
    }
    for (var task : snapshot.tasks()) {
      all.computeIfPresent(name(task.state()), (name, tasks) -> tasks + 1);
    }
    for (var state :
        List.of(
            TaskState.TASK_FINISHED,
            TaskState.TASK_FAILED,
            TaskState.TASK_KILLED,
            TaskState.TASK_LOST,
            TaskState.TASK_GONE)) {
      all.put(name(state), (double) counts.updates(state));
    }
  }

  private static String name(TaskState state) {
    return "slave/"
        + state.name().toLowerCase(java.util.Locale.ROOT).replaceFirst("^task_", "tasks_");
  }
}
