package io.proffer.master.core.state;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.kernel.Undo;
import io.proffer.kernel.table.Snapshot;
import io.proffer.kernel.table.Table;
import io.proffer.master.core.fact.Executor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Custom executors that run, or are being started, on registered agents. */
public final class Executors {
  private final Table<ExecutorKey, Executor> running;
  private final Index<AgentId, ExecutorKey> byAgent;
  private final Index<FrameworkId, ExecutorKey> byFramework;

  Executors(Undo undo) {
    running = new Table<>(undo);
    byAgent = new Index<>(undo);
    byFramework = new Index<>(undo);
  }

  /** The executor of this name. */
  public Optional<Executor> find(ExecutorKey key) {
    return running.find(key);
  }

  /** All executors of an agent; a copy. */
  public List<ExecutorKey> on(AgentId agent) {
    return byAgent.of(agent);
  }

  /** A framework's executors on an agent. */
  public List<ExecutorId> on(AgentId agent, FrameworkId framework) {
    var found = new ArrayList<ExecutorId>();
    for (var key : byAgent.view(agent).tailSet(first(agent, framework), true)) {
      if (!key.framework().equals(framework)) {
        break;
      }
      found.add(key.executor());
    }
    return found;
  }

  /** At most {@code limit} executors of an agent. */
  public List<ExecutorKey> page(AgentId agent, int limit) {
    return byAgent.page(agent, Optional.empty(), limit);
  }

  /** At most {@code limit} executors of a framework. */
  public List<ExecutorKey> page(FrameworkId framework, int limit) {
    return byFramework.page(framework, Optional.empty(), limit);
  }

  /** How many run on an agent. */
  public int count(AgentId agent) {
    return byAgent.size(agent);
  }

  /** How many a framework runs. */
  public int count(FrameworkId framework) {
    return byFramework.size(framework);
  }

  /** Whether the framework has an executor there. */
  public boolean has(AgentId agent, FrameworkId framework) {
    var next = byAgent.view(agent).ceiling(first(agent, framework));
    return next != null && next.framework().equals(framework);
  }

  /** Comes before all executors of the framework there. */
  private static ExecutorKey first(AgentId agent, FrameworkId framework) {
    return new ExecutorKey(agent, framework, new ExecutorId(""));
  }

  void put(Executor executor) {
    var key = key(executor);
    running.put(key, executor);
    byAgent.add(executor.agent(), key);
    byFramework.add(executor.framework(), key);
  }

  void remove(Executor executor) {
    var key = key(executor);
    running.remove(key);
    byAgent.remove(executor.agent(), key);
    byFramework.remove(executor.framework(), key);
  }

  private static ExecutorKey key(Executor executor) {
    return new ExecutorKey(executor.agent(), executor.framework(), executor.id());
  }

  Snapshot<Executor> snapshot() {
    return running.snapshot();
  }
}
