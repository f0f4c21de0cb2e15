package io.proffer.master.core.state;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.kernel.Undo;
import io.proffer.kernel.table.Snapshot;
import io.proffer.kernel.table.Table;
import io.proffer.master.core.fact.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest tasks of each framework, up to a limit. Rows have serials, because a task id may come
 * again once its task has ended.
 */
final class History {
  private final Undo undo;
  private final int limit;
  private final Table<Long, Task> rows;
  private final Index<FrameworkId, Long> byFramework;
  private final Index<AgentId, Long> byAgent;
  private final Table<TaskKey, Long> newest;
  private long nextSerial;

  History(Undo undo, int limit) {
    this.undo = undo;
    this.limit = limit;
    rows = new Table<>(undo);
    byFramework = new Index<>(undo);
    byAgent = new Index<>(undo);
    newest = new Table<>(undo);
  }

  Optional<Task> newest(TaskKey key) {
    return newest.find(key).flatMap(rows::find);
  }

  List<Task> of(FrameworkId framework) {
    var tasks = new ArrayList<Task>();
    for (var serial : byFramework.view(framework)) {
      tasks.add(rows.find(serial).orElseThrow());
    }
    return tasks;
  }

  /** At most {@code limit} of an agent's, the oldest first. */
  List<Task> page(AgentId agent, int limit) {
    return byAgent.page(agent, Optional.empty(), limit).stream()
        .map(serial -> rows.find(serial).orElseThrow())
        .toList();
  }

  int count(AgentId agent) {
    return byAgent.size(agent);
  }

  void add(Task task) {
    long serial = nextSerial++;
    undo.record(() -> nextSerial = serial);
    rows.put(serial, task);
    byFramework.add(task.framework(), serial);
    byAgent.add(task.agent(), serial);
    newest.put(key(task), serial);
    while (byFramework.size(task.framework()) > limit) {
      drop(byFramework.view(task.framework()).first());
    }
  }

  void replace(Task task) {
    newest.find(key(task)).ifPresent(serial -> rows.put(serial, task));
  }

  void remove(TaskKey key) {
    newest.find(key).ifPresent(this::drop);
  }

  void forget(FrameworkId framework) {
    byFramework.of(framework).forEach(this::drop);
  }

  void forget(AgentId agent) {
    byAgent.of(agent).forEach(this::drop);
  }

  private void drop(long serial) {
    var task = rows.find(serial).orElseThrow();
    rows.remove(serial);
    byFramework.remove(task.framework(), serial);
    byAgent.remove(task.agent(), serial);
    if (newest.find(key(task)).filter(s -> s == serial).isPresent()) {
      newest.remove(key(task));
    }
  }

  private static TaskKey key(Task task) {
    return new TaskKey(task.framework(), task.id());
  }

  Snapshot<Task> snapshot() {
    return rows.snapshot();
  }
}
