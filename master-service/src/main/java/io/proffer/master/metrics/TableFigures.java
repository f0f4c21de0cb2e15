package io.proffer.master.metrics;

import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.Metric;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.AgentLink;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.fact.Task;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the tables hold at one turn, but for single frameworks. */
final class TableFigures {
  private static final Metric AGENTS =
      Metric.gauge(
          "proffer_master_agents",
          "Agents: active, deactivated, disconnected, recovering (known, not back yet) and"
              + " unreachable.",
          "state");
  private static final Metric FRAMEWORKS =
      Metric.gauge(
          "proffer_master_frameworks",
          "Frameworks: connected, disconnected, recovered (known, not back yet) and completed.",
          "state");
  private static final Metric TASKS =
      Metric.gauge(
          "proffer_master_tasks",
          "Tasks by state; of those that have ended, only what is not acknowledged yet.",
          "state");
  private static final Metric OFFERS =
      Metric.gauge("proffer_master_offers", "Offers that wait for an answer.");
  private static final Metric EXECUTORS =
      Metric.gauge("proffer_master_executors", "Custom executors.");
  private static final Metric RESOURCES =
      Metric.gauge(
          "proffer_master_resources",
          "Resources of all agents; memory and disk in MB: total, used and offered.",
          "resource",
          "use");
  private static final Metric REVOCABLE =
      Metric.gauge(
          "proffer_master_revocable_resources",
          "Those of them that can be revoked.",
          "resource",
          "use");

  private static final List<String> SCALARS = List.of("cpus", "gpus", "mem", "disk");

  /** What tasks that run are counted by, whether there is one or not. */
  static final List<TaskState> ALIVE =
      List.of(
          TaskState.TASK_STAGING,
          TaskState.TASK_STARTING,
          TaskState.TASK_RUNNING,
          TaskState.TASK_KILLING,
          TaskState.TASK_UNREACHABLE);

  private static final double THOUSANDTHS = 1000.0;

  private TableFigures() {}

  static void add(Snapshot snapshot, Figures figures) {
    agents(snapshot, figures);
    frameworks(snapshot, figures);
    tasks(snapshot, figures);
    figures.add("master/outstanding_offers", OFFERS, snapshot.offers().size());
    figures.add(EXECUTORS, snapshot.executors().size());
    for (var scalar : SCALARS) {
      resource(scalar, snapshot, figures);
    }
  }

  private static void agents(Snapshot snapshot, Figures figures) {
    int active = 0;
    int deactivated = 0;
    int disconnected = 0;
    for (var agent : snapshot.agents()) {
      if (agent.active()) {
        active++;
      } else if (agent.link() instanceof AgentLink.Connected) {
        deactivated++;
      } else {
        disconnected++;
      }
    }
    figures.add("master/slaves_active", AGENTS, active, "active");
    figures.add(AGENTS, deactivated, "deactivated");
    figures.add("master/slaves_disconnected", AGENTS, disconnected, "disconnected");
    figures.add(AGENTS, snapshot.recovered().size(), "recovering");
    figures.add("master/slaves_unreachable", AGENTS, snapshot.unreachableAgents(), "unreachable");
    figures.name("master/slaves_connected", active + deactivated);
    figures.name("master/slaves_inactive", deactivated + disconnected);
  }

  private static void frameworks(Snapshot snapshot, Figures figures) {
    int connected = 0;
    int disconnected = 0;
    int recovered = 0;
    for (var framework : snapshot.frameworks()) {
      switch (framework.link()) {
        case FrameworkLink.Connected link -> connected++;
        case FrameworkLink.Disconnected link -> disconnected++;
        case FrameworkLink.Recovered link -> recovered++;
        case FrameworkLink.Completed link -> {}
      }
    }
    figures.add("master/frameworks_connected", FRAMEWORKS, connected, "connected");
    figures.add(FRAMEWORKS, disconnected, "disconnected");
    figures.add(FRAMEWORKS, recovered, "recovered");
    figures.add(FRAMEWORKS, snapshot.completedFrameworks().size(), "completed");
    figures.name("master/frameworks_disconnected", disconnected + recovered);
    // A framework is active while it is connected.
    figures.name("master/frameworks_active", connected);
    figures.name("master/frameworks_inactive", disconnected + recovered);
  }

  private static void tasks(Snapshot snapshot, Figures figures) {
    var counts = new EnumMap<TaskState, Integer>(TaskState.class);
    ALIVE.forEach(state -> counts.put(state, 0));
    count(snapshot.tasks(), counts);
    count(snapshot.unreachableTasks(), counts);
    for (var count : counts.entrySet()) {
      var state = TaskEnds.word(count.getKey());
      if (ALIVE.contains(count.getKey())) {
        figures.add("master/tasks_" + state, TASKS, count.getValue(), state);
      } else {
        figures.add(TASKS, count.getValue(), state);
      }
    }
  }

  private static void count(Iterable<Task> tasks, Map<TaskState, Integer> counts) {
    for (var task : tasks) {
      counts.merge(task.state(), 1, Integer::sum);
    }
  }

  private static void resource(String name, Snapshot snapshot, Figures figures) {
    var firm = new Use();
    var revocable = new Use();
    for (var agent : snapshot.agents()) {
      firm.add(agent, name, Resources::nonRevocable);
      revocable.add(agent, name, Resources::revocable);
    }
    tell("master/" + name, RESOURCES, name, firm, figures);
    tell("master/" + name + "_revocable", REVOCABLE, name, revocable, figures);
    if (!name.equals("gpus")) {
      var allocator = "allocator/mesos/resources/" + name;
      figures.name(allocator + "/total", (firm.total + revocable.total) / THOUSANDTHS);
      figures.name(
          allocator + "/offered_or_allocated",
          (firm.used + firm.offered + revocable.used + revocable.offered) / THOUSANDTHS);
    }
  }

  private static void tell(String base, Metric metric, String name, Use use, Figures figures) {
    figures.add(base + "_total", metric, use.total / THOUSANDTHS, name, "total");
    figures.add(base + "_used", metric, use.used / THOUSANDTHS, name, "used");
    figures.add(metric, use.offered / THOUSANDTHS, name, "offered");
    figures.name(base + "_percent", use.total == 0 ? 0 : (double) use.used / use.total);
  }

  /** Thousandths of one resource, over all agents. */
  private static final class Use {
    private long total;
    private long used;
    private long offered;

    void add(Agent agent, String name, UnaryOperator<Resources> kind) {
      total += kind.apply(agent.total()).thousandths(name);
      used += kind.apply(agent.allocated()).thousandths(name);
      offered += kind.apply(agent.offered()).thousandths(name);
    }
  }
}
