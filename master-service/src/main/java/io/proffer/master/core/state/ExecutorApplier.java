package io.proffer.master.core.state;

import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.fact.Executor;

/** What executor events change. */
final class ExecutorApplier {
  private ExecutorApplier() {}

  static void apply(ExecutorEvent event, MasterState state) {
    switch (event) {
      case ExecutorEvent.Launched(var executor) -> add(executor, state);
      case ExecutorEvent.Readded(var executor) -> add(executor, state);
      case ExecutorEvent.Ended(var agent, var framework, var id) -> {
        var key = new ExecutorKey(agent, framework, id);
        var executor = state.executors().find(key).orElseThrow();
        state.executors().remove(executor);
        state.agents().free(agent, executor.resources());
        state.frameworks().free(framework, executor.resources());
      }
    }
  }

  private static void add(Executor executor, MasterState state) {
    state.executors().put(executor);
    state.agents().allocate(executor.agent(), executor.resources());
    state.frameworks().allocate(executor.framework(), executor.resources());
  }
}
