package io.proffer.agent.metrics;

import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.Metric;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskState;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the tables hold at one turn. */
final class TableFigures {
  private static final Metric RESOURCES =
      Metric.gauge(
          "proffer_agent_resources",
          "Resources of this agent; memory and disk in MB: total and used by tasks and executors.",
          "resource",
          "use");
  private static final Metric EXECUTORS =
      Metric.gauge(
          "proffer_agent_executors",
          "Containers, those of command tasks included: registering, running and terminating.",
          "state");
  private static final Metric TASKS =
      Metric.gauge(
          "proffer_agent_tasks",
          "Tasks by state; of those that have ended, only what is not acknowledged yet.",
          "state");
  private static final Metric FRAMEWORKS =
      Metric.gauge("proffer_agent_frameworks", "Frameworks that have something here.");
  private static final Metric HELD =
      Metric.gauge(
          "proffer_agent_held_bytes",
          "Memory of what others make this agent hold: tasks, updates that wait, and history.",
          "what");
  private static final Metric LIMIT =
      Metric.gauge("proffer_agent_held_limit_bytes", "How much of it there may be.", "what");
  private static final Metric REGISTERED =
      Metric.gauge("proffer_agent_registered", "1 while this agent is registered with a master.");
  private static final Metric DISK_FULL =
      Metric.gauge(
          "proffer_agent_disk_full", "1 while the work directory's disk is full: no launches.");

  private static final List<String> SCALARS = List.of("cpus", "gpus", "mem", "disk");
  private static final List<TaskState> ALIVE =
      List.of(
          TaskState.TASK_STAGING,
          TaskState.TASK_STARTING,
          TaskState.TASK_RUNNING,
          TaskState.TASK_KILLING);
  private static final double THOUSANDTHS = 1000.0;

  private TableFigures() {}

  static void add(Snapshot snapshot, Figures figures) {
    resources(snapshot, figures);
    executors(snapshot, figures);
    tasks(snapshot, figures);
    held(snapshot.weights(), figures);
    figures.add("slave/frameworks_active", FRAMEWORKS, snapshot.frameworks().size());
    figures.add("slave/registered", REGISTERED, snapshot.link() instanceof Link.Registered ? 1 : 0);
    figures.add(DISK_FULL, snapshot.diskFull() ? 1 : 0);
  }

  private static void held(Snapshot.Weights weights, Figures figures) {
    figures.add(HELD, weights.tasks(), "tasks");
    figures.add(HELD, weights.updates(), "updates");
    figures.add(HELD, weights.history(), "history");
    figures.add(LIMIT, weights.room().tasks(), "tasks");
    figures.add(LIMIT, weights.room().updates(), "updates");
    figures.add(LIMIT, weights.room().history(), "history");
  }

  private static void resources(Snapshot snapshot, Figures figures) {
    var total = Resources.of(snapshot.facts().info().getResourcesList());
    var used = snapshot.used();
    for (var name : SCALARS) {
      var base = "slave/" + name;
      tell(base, name, total.nonRevocable(), used.nonRevocable(), figures);
      var has = total.revocable().thousandths(name);
      var uses = used.revocable().thousandths(name);
      figures.name(base + "_revocable_total", has / THOUSANDTHS);
      figures.name(base + "_revocable_used", uses / THOUSANDTHS);
      figures.name(base + "_revocable_percent", has == 0 ? 0 : (double) uses / has);
    }
  }

  private static void tell(
      String base, String name, Resources total, Resources used, Figures figures) {
    var has = total.thousandths(name);
    var uses = used.thousandths(name);
    figures.add(base + "_total", RESOURCES, has / THOUSANDTHS, name, "total");
    figures.add(base + "_used", RESOURCES, uses / THOUSANDTHS, name, "used");
    figures.name(base + "_percent", has == 0 ? 0 : (double) uses / has);
  }

  private static void executors(Snapshot snapshot, Figures figures) {
    int registering = 0;
    int running = 0;
    int terminating = 0;
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
    figures.add("slave/executors_registering", EXECUTORS, registering, "registering");
    figures.add("slave/executors_running", EXECUTORS, running, "running");
    figures.add("slave/executors_terminating", EXECUTORS, terminating, "terminating");
  }

  private static void tasks(Snapshot snapshot, Figures figures) {
    Map<TaskState, Integer> counts = new EnumMap<>(TaskState.class);
    ALIVE.forEach(state -> counts.put(state, 0));
    snapshot.tasks().forEach(task -> counts.merge(task.state(), 1, Integer::sum));
    counts.forEach(
        (state, count) -> {
          if (ALIVE.contains(state)) {
            figures.add("slave/tasks_" + word(state), TASKS, count, word(state));
          } else {
            figures.add(TASKS, count, word(state));
          }
        });
  }

  /** A state in small letters, without what all states begin with. */
  static String word(TaskState state) {
    return state.name().toLowerCase(Locale.ROOT).substring("task_".length());
  }
}
