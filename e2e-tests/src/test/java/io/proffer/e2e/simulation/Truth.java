package io.proffer.e2e.simulation;

import io.proffer.api.resource.Resources;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What really happened to each task, whatever anybody says about it. */
final class Truth {
  /** What became of the container of a task. */
  enum Fate {
    RUNS,
    NEVER_STARTED,
    EXITED_WELL,
    EXITED_BADLY,
    TERMINATED
  }

  private final World world;
  private final Map<String, Resources> ordered = new HashMap<>();
  private final Map<String, Fate> fates = new HashMap<>();
  private final Map<String, Map<String, Resources>> running = new HashMap<>();
  private final Set<String> doomed = new HashSet<>();
  private final Set<String> left = new HashSet<>();

  Truth(World world) {
    this.world = world;
  }

  /** A framework means to run it with so much. */
  void ordered(String task, Resources resources) {
    ordered.put(task, resources);
  }

  /** The framework is gone: its tasks may linger a little. */
  void left(String framework) {
    left.add(framework);
  }

  /** A container was started on a host. */
  void started(String host, Resources total, String framework, String task) {
    if (fates.put(task, Fate.RUNS) != null) {
      throw world.broken("task " + task + " was started twice");
    }
    if (!ordered.containsKey(task)) {
      throw world.broken("task " + task + " was started, and nobody ordered it");
    }
    if (left.contains(framework)) {
      doomed.add(task);
    }
    var here = running.computeIfAbsent(host, name -> new LinkedHashMap<>());
    here.put(task, ordered.get(task));
    var used = Resources.empty();
    for (var entry : here.entrySet()) {
      if (!doomed.contains(entry.getKey())) {
        used = used.plus(entry.getValue());
      }
    }
    if (!total.contains(used)) {
      throw world.broken(
          "%s has %s, and runs %s with %s".formatted(host, total, here.keySet(), used));
    }
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
