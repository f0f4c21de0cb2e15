package io.proffer.master.core.state;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.kernel.Undo;
import io.proffer.kernel.table.Snapshot;
import io.proffer.kernel.table.Table;
import io.proffer.master.core.fact.Task;
import java.util.List;
import java.util.Optional;

/** Tasks on the books: running, or ended and not yet acknowledged. And the two histories. */
public final class Tasks {
  private final Table<TaskKey, Task> active;
  private final Index<FrameworkId, TaskId> byFramework;
  private final Index<AgentId, TaskKey> byAgent;
  private final Index<FrameworkId, TaskId> killAsked;
  private final History completed;
  private final History unreachable;

  Tasks(Undo undo, CoreSettings settings) {
    active = new Table<>(undo);
    byFramework = new Index<>(undo);
    byAgent = new Index<>(undo);
    killAsked = new Index<>(undo);
    completed = new History(undo, settings.maxCompletedTasksPerFramework());
    unreachable = new History(undo, settings.maxUnreachableTasksPerFramework());
  }

  /** A task on the books. */
  public Optional<Task> find(FrameworkId framework, TaskId task) {
    return active.find(new TaskKey(framework, task));
  }

  /** A task whose agent is out of reach. */
  public Optional<Task> findUnreachable(FrameworkId framework, TaskId task) {
    return unreachable.newest(new TaskKey(framework, task));
  }

  /** The unreachable tasks of a framework, the oldest first. */
  public List<Task> unreachable(FrameworkId framework) {
    return unreachable.of(framework);
  }

  /** At most {@code limit} of the unreachable tasks of an agent, the oldest first. */
  public List<Task> unreachable(AgentId agent, int limit) {
    return unreachable.page(agent, limit);
  }

  /** How many unreachable tasks of an agent are remembered. */
  public int countUnreachable(AgentId agent) {
    return unreachable.count(agent);
  }

  /** At most {@code limit} of a framework's tasks after this one. */
  public List<TaskId> page(FrameworkId framework, Optional<TaskId> after, int limit) {
    return byFramework.page(framework, after, limit);
  }

  /** At most {@code limit} tasks of an agent. */
  public List<TaskKey> page(AgentId agent, int limit) {
    return byAgent.page(agent, Optional.empty(), limit);
  }

  /** All tasks of an agent; a copy. */
  public List<TaskKey> on(AgentId agent) {
    return byAgent.of(agent);
  }

  /** How many tasks of a framework are on the books. */
  public int count(FrameworkId framework) {
    return byFramework.size(framework);
  }

  /** How many tasks of an agent are on the books. */
  public int count(AgentId agent) {
    return byAgent.size(agent);
  }

  /** Whether the framework has a task there. */
  public boolean has(AgentId agent, FrameworkId framework) {
    var first = byAgent.view(agent).ceiling(new TaskKey(framework, new TaskId("")));
    return first != null && first.framework().equals(framework);
  }

  /** Whether KILL was asked for. */
  public boolean isKillAsked(FrameworkId framework, TaskId task) {
    return killAsked.view(framework).contains(task);
  }

  void put(Task task) {
    var key = new TaskKey(task.framework(), task.id());
    active.put(key, task);
    byFramework.add(task.framework(), task.id());
    byAgent.add(task.agent(), key);
  }

  void replace(Task task) {
    active.put(new TaskKey(task.framework(), task.id()), task);
  }

  void replaceUnreachable(Task task) {
    unreachable.replace(task);
  }

  void askKill(TaskKey key) {
    killAsked.add(key.framework(), key.task());
  }

  /** A task that was never on the books will not come: nobody has to kill it. */
  void forgetKill(TaskKey key) {
    if (!active.contains(key)) {
      killAsked.remove(key.framework(), key.task());
    }
  }

  /**
   * A framework that was removed: its tasks end, and those that wait to be launched will not be.
   */
  void forgetKills(FrameworkId framework) {
    killAsked.of(framework).forEach(task -> killAsked.remove(framework, task));
  }

  void moveToUnreachable(Task task) {
    remove(task);
    unreachable.add(task);
  }

  void moveToCompleted(Task task) {
    drop(task);
    completed.add(task);
  }

  /** One that ended in the time of an earlier master. */
  void recoverCompleted(Task task) {
    completed.add(task);
  }

  /** Ended, and nobody would ever forget it: its framework is forgotten already. */
  void drop(Task task) {
    remove(task);
    unreachable.remove(new TaskKey(task.framework(), task.id()));
  }

  /** Forgets both histories of a framework. */
  void forget(FrameworkId framework) {
    completed.forget(framework);
    unreachable.forget(framework);
  }

  /** Forgets the unreachable tasks of an agent. */
  void forgetUnreachable(AgentId agent) {
    unreachable.forget(agent);
  }

  private void remove(Task task) {
    var key = new TaskKey(task.framework(), task.id());
    active.remove(key);
    byFramework.remove(task.framework(), task.id());
    byAgent.remove(task.agent(), key);
    killAsked.remove(task.framework(), task.id());
  }

  Snapshot<Task> snapshot() {
    return active.snapshot();
  }

  Snapshot<Task> completedSnapshot() {
    return completed.snapshot();
  }

  Snapshot<Task> unreachableSnapshot() {
    return unreachable.snapshot();
  }
}
