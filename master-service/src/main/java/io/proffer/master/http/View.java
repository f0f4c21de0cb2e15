package io.proffer.master.http;

import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.fact.Task;

/**
 * The rows of a snapshot that a reader is shown. What is told of the cluster as a whole, as how
 * many agents are active, is read from the snapshot itself.
 */
record View(
    Snapshot snapshot,
    Iterable<Agent> agents,
    Iterable<AgentInfo> recovered,
    Iterable<Framework> frameworks,
    Iterable<Framework> completedFrameworks,
    Iterable<Offer> offers,
    Iterable<Executor> executors,
    Iterable<Task> tasks,
    Iterable<Task> unreachableTasks,
    Iterable<Task> completedTasks) {
  /** All there are. */
  static View all(Snapshot snapshot) {
    return new View(
        snapshot,
        snapshot.agents(),
        snapshot.recovered(),
        snapshot.frameworks(),
        snapshot.completedFrameworks(),
        snapshot.offers(),
        snapshot.executors(),
        snapshot.tasks(),
        snapshot.unreachableTasks(),
        snapshot.completedTasks());
  }
}
