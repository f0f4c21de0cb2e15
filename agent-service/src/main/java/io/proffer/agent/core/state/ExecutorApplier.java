package io.proffer.agent.core.state;

import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.fact.UntoldEnd;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Makes events of executors true. Decides nothing. */
final class ExecutorApplier {
  private final AgentState state;

  ExecutorApplier(AgentState state) {
    this.state = state;
  }

  void apply(ExecutorEvent event) {
    switch (event) {
      case ExecutorEvent.Admitted(var executor, long by, var wall) -> {
        state.executors.put(executor.key(), executor);
        state.hosts.put(executor.container(), executor.key());
        state.deadlines.set(new Due.Register(executor.key()), by);
        // Whoever launches another of its id has heard that it ended.
        state.untoldEnds.remove(executor.key());
      }
      case ExecutorEvent.Started(var key, long pid) -> change(key, row -> row.started(pid));
      case ExecutorEvent.Registered(var key) -> change(key, Executor::subscribed);
      case ExecutorEvent.Connected(var key, String stream) -> {
        change(key, row -> row.on(Optional.of(stream)));
        state.deadlines.clear(new Due.Register(key));
      }
      case ExecutorEvent.Overfull ignored -> {}
      case ExecutorEvent.Disconnected(var key) -> change(key, row -> row.on(Optional.empty()));
      case ExecutorEvent.Awaited(var key, long by) ->
          state.deadlines.set(new Due.Register(key), by);
      case ExecutorEvent.Doomed e -> {
        change(e.key(), row -> row.doomed(e.why()));
        state.deadlines.clear(new Due.Register(e.key()));
        state.deadlines.set(new Due.ForceExecutor(e.key()), e.forceNanos());
      }
      case ExecutorEvent.Forced(var key) -> state.deadlines.clear(new Due.ForceExecutor(key));
      case ExecutorEvent.Ended(var key, int status) -> end(state.executors.get(key), status);
      case ExecutorEvent.EndTold(var key) -> state.untoldEnds.remove(key);
    }
  }

  private void change(ExecutorKey key, UnaryOperator<Executor> change) {
    state.executors.put(key, change.apply(state.executors.get(key)));
  }

  private Optional<String> session() {
    return switch (state.link()) {
      case Link.Registered link -> Optional.of(link.session());
      case Link.Registering link -> Optional.of(link.session());
      case Link.Detecting ignored -> Optional.empty();
    };
  }

  private void end(Executor executor, int status) {
    var key = executor.key();
    state.executors.remove(key);
    state.hosts.remove(executor.container());
    state.deadlines.clear(new Due.Register(key));
    state.deadlines.clear(new Due.ForceExecutor(key));
    state.untoldEnds.put(key, new UntoldEnd(status, session()));
    state.history.add(executor);
  }
}
