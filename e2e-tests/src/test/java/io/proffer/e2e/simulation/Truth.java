package io.proffer.e2e.simulation;

import io.proffer.agent.core.fact.ContainerId;
import io.proffer.api.resource.Resources;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What really happened to each task and executor, whatever anybody says about it. */
final class Truth {
  /** What became of the container of a task, or of what its executor ran for it. */
  enum Fate {
    RUNS,
    NEVER_STARTED,
    EXITED_WELL,
    EXITED_BADLY,
    TERMINATED
  }

  private record Running(String framework, Resources resources) {}

  private final World world;
  private final Map<String, Resources> ordered = new HashMap<>();
  private final Map<String, Fate> fates = new HashMap<>();
  private final Map<String, Map<String, Running>> running = new HashMap<>();
  private final Set<String> settled = new HashSet<>();
  private final Set<String> doomed = new HashSet<>();
  private final Set<String> left = new HashSet<>();
  private final Set<String> drained = new HashSet<>();
  private final Set<String> stopped = new HashSet<>();

  Truth(World world) {
    this.world = world;
  }

  /** A framework means to run it, a task or an executor, with so much. */
  void ordered(String what, Resources resources) {
    ordered.put(what, resources);
  }

  /** The framework is gone: its tasks may linger a little. */
  void left(String framework) {
    left.add(framework);
  }

  /** An operator wants an agent's tasks to end. */
  void drained(String agent) {
    drained.add(agent);
  }

  boolean isDrained(String agent) {
    return drained.contains(agent);
  }

  /** Its agent was asked to end, and ends it before. */
  void stopped(String task) {
    stopped.add(task);
  }

  boolean isStopped(String task) {
    return stopped.contains(task);
  }

  /** A task began on a host, in a container of its own or in that of its executor. */
  void started(String host, Resources total, String framework, String task) {
    if (fates.put(task, Fate.RUNS) != null) {
      throw world.broken("task " + task + " was started twice");
    }
    if (left.contains(framework)) {
      doomed.add(task);
    }
    began(host, total, framework, task, task);
  }

  /** A run of an executor began on a host; one executor runs once at a time. */
  void executorStarted(
      String host, Resources total, String framework, String executor, ContainerId container) {
    for (var other : running.getOrDefault(host, Map.of()).keySet()) {
      if (other.startsWith(run(executor, "")) && !doomed.contains(other)) {
        throw world.broken("a second " + executor + " was started beside " + other);
      }
    }
    began(host, total, framework, executor, run(executor, container.value()));
  }

  /** No process of this run is left. */
  void executorEnded(String host, String executor, ContainerId container) {
    running.getOrDefault(host, Map.of()).remove(run(executor, container.value()));
  }

  /** Somebody has begun to end this run. */
  void executorDoomed(String executor, ContainerId container) {
    doomed.add(run(executor, container.value()));
  }

  private static String run(String executor, String container) {
    return executor + " in " + container;
  }

  private void began(String host, Resources total, String framework, String what, String name) {
    if (!ordered.containsKey(what)) {
      throw world.broken(what + " was started, and nobody ordered it");
    }
    var here = running.computeIfAbsent(host, one -> new LinkedHashMap<>());
    here.put(name, new Running(framework, ordered.get(what)));
    var used = Resources.empty();
    for (var entry : here.entrySet()) {
      if (!doomed.contains(entry.getKey()) && !left.contains(entry.getValue().framework())) {
        used = used.plus(entry.getValue().resources());
      }
    }
    if (!total.contains(used)) {
      throw world.broken(
          "%s has %s, and runs %s with %s".formatted(host, total, here.keySet(), used));
    }
  }

  /** An agent has told the executor of a task that it holds the last word of it. */
  void settled(String task) {
    settled.add(task);
  }

  /** Whether nobody may say anything but that last word. */
  boolean isSettled(String task) {
    return settled.contains(task);
  }

  /** Somebody has begun to end it: what it used may be given to others. */
  void doomed(String task) {
    doomed.add(task);
  }

  void ended(String host, String task, Fate fate) {
    fates.put(task, fate);
    var here = running.get(host);
    if (here != null) {
      here.remove(task);
    }
  }

  /** What became of it; null while nothing has. */
  Fate of(String task) {
    return fates.get(task);
  }
}
