package io.proffer.agent.core.state;

import io.proffer.agent.core.fact.AgentLimits;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Task;
import io.proffer.api.id.FrameworkId;
import io.proffer.kernel.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is shown of what is over, bounded by number and by memory. The oldest goes first: of each
 * framework by number, and by memory of the one that takes the most.
 */
final class History {
  private final AgentLimits limits;
  private final Rows<FrameworkId, Framework> frameworks;
  private final Rows<FrameworkId, List<Task>> tasks;
  private final Rows<FrameworkId, List<Executor>> executors;

  History(Undo undo, AgentLimits limits) {
    this.limits = limits;
    this.frameworks = new Rows<>(undo, Framework::weight);
    this.tasks = new Rows<>(undo, History::ofTasks);
    this.executors = new Rows<>(undo, History::ofExecutors);
  }

  /** Frameworks that have nothing left here, the oldest first. */
  List<Framework> frameworks() {
    return frameworks.all();
  }

  /** Tasks of a framework that were acknowledged as over, the oldest first. */
  List<Task> tasks(FrameworkId framework) {
    return tasks.find(framework).orElse(List.of());
  }

  /** Those of all frameworks. */
  List<Task> tasks() {
    return tasks.all().stream().flatMap(List::stream).toList();
  }

  /** Custom executors that have ended. */
  List<Executor> executors() {
    return executors.all().stream().flatMap(List::stream).toList();
  }

  void add(Framework framework) {
    frameworks.put(framework.id(), framework);
    if (frameworks.size() > limits.completedFrameworks()) {
      forget(frameworks.keys().getFirst());
    }
    makeRoom();
  }

  /** What it ran before stays. */
  void returned(FrameworkId framework) {
    frameworks.remove(framework);
  }

  void add(Task task) {
    put(tasks, task.key().framework(), task.remembered());
  }

  void add(Executor executor) {
    put(executors, executor.key().framework(), executor.remembered());
  }

  private <T> void put(Rows<FrameworkId, List<T>> table, FrameworkId framework, T row) {
    var all = new ArrayList<>(table.find(framework).orElse(List.of()));
    all.add(row);
    if (all.size() > limits.completedTasks()) {
      all.removeFirst();
    }
    table.put(framework, all);
    makeRoom();
  }

  private void makeRoom() {
    while (weight() > limits.room().history()) {
      var largest = largest();
      if (largest.isEmpty()) {
        forget(frameworks.keys().getFirst());
      } else if (!dropOldest(tasks, largest.get())) {
        dropOldest(executors, largest.get());
      }
    }
  }

  /** How much memory it takes. */
  long weight() {
    return frameworks.weight() + tasks.weight() + executors.weight();
  }

  /** Whose tasks and executors take the most; empty when there are none. */
  private Optional<FrameworkId> largest() {
    var most = 0L;
    Optional<FrameworkId> whose = Optional.empty();
    var all = new ArrayList<>(tasks.keys());
    all.addAll(executors.keys());
    for (var framework : all) {
      var bytes =
          ofTasks(tasks(framework)) + ofExecutors(executors.find(framework).orElse(List.of()));
      if (bytes > most) {
        most = bytes;
        whose = Optional.of(framework);
      }
    }
    return whose;
  }

  private static <T> boolean dropOldest(Rows<FrameworkId, List<T>> table, FrameworkId framework) {
    var all = table.find(framework);
    if (all.isEmpty()) {
      return false;
    }
    if (all.get().size() > 1) {
      table.put(framework, List.copyOf(all.get().subList(1, all.get().size())));
    } else {
      table.remove(framework);
    }
    return true;
  }

  private void forget(FrameworkId framework) {
    frameworks.remove(framework);
    tasks.remove(framework);
    executors.remove(framework);
  }

  private static long ofTasks(List<Task> all) {
    return all.stream().mapToLong(Task::weight).sum();
  }

  private static long ofExecutors(List<Executor> all) {
    return all.stream().mapToLong(Executor::weight).sum();
  }
}
