package io.proffer.agent.core.state;

import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.event.FrameworkEvent;
import io.proffer.agent.core.event.LinkEvent;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.event.UpdateEvent;
import io.proffer.agent.core.fact.Attempt;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Settled;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.fact.UpdateStream;
import io.proffer.agent.core.state.AgentState.Standing;
import io.proffer.api.id.FrameworkId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Makes events true: the only writer of the tables. Decides nothing. */
final class Applier {
  private final AgentState state;
  private final ExecutorApplier executors;

  Applier(AgentState state) {
    this.state = state;
    this.executors = new ExecutorApplier(state);
  }

  void apply(Event event) {
    switch (event) {
      case LinkEvent e -> link(e);
      case FrameworkEvent e -> framework(e);
      case ExecutorEvent e -> executors.apply(e);
      case TaskEvent e -> task(e);
      case UpdateEvent e -> update(e);
      case AgentEvent.Recovered e -> {
        state.one(state.one().trying(new Attempt(e.run(), 0)));
        state.deadlines.set(new Due.Start(), Long.MIN_VALUE);
      }
      case AgentEvent.DrainBegun(var drain) -> state.one(state.one().draining(Optional.of(drain)));
      case AgentEvent.DrainEnded ignored -> state.one(state.one().draining(Optional.empty()));
      case AgentEvent.DiskFilled ignored -> state.diskFull.put(AgentState.THE_ONE, true);
      case AgentEvent.DiskFreed ignored -> state.diskFull.put(AgentState.THE_ONE, false);
      case AgentEvent.Stopping(String why) -> {
        state.one(state.one().stopping(why));
        // One that is told to stop before it has begun looks for no master.
        state.deadlines.clear(new Due.Start());
        state.deadlines.clear(new Due.Attempt());
      }
      case AgentEvent.Emptied(long until) -> state.deadlines.set(new Due.LastWords(), until);
      case AgentEvent.Stopped ignored -> {
        state.deadlines.clear(new Due.LastWords());
        state.deadlines.clear(new Due.Attempt());
        // Nothing the master says is heard any more: what has stopped does not stop again.
        link(new Link.Detecting(0, 0, 0));
      }
      case AgentEvent.RuleFailed ignored -> {}
    }
  }

  private void link(LinkEvent event) {
    switch (event) {
      case LinkEvent.Awoke(long now, long first) -> {
        state.deadlines.clear(new Due.Start());
        state.deadlines.set(new Due.Attempt(), first);
        link(new Link.Detecting(0, 0, now));
      }
      case LinkEvent.Attempted(String session) -> {
        state.deadlines.clear(new Due.Attempt());
        state.one(state.one().trying(state.attempt().next()));
        if (state.link() instanceof Link.Detecting(int attempts, int slow, long since)) {
          link(new Link.Registering(session, attempts, slow, since));
        }
      }
      case LinkEvent.Sighted(String ignored, long first) -> {
        state.deadlines.set(new Due.Attempt(), first);
        if (state.link() instanceof Link.Detecting(int attempts, int slow, long since)) {
          link(new Link.Detecting(attempts, 0, since));
        }
      }
      case LinkEvent.Registered e ->
          state.one(
              new Standing(
                  Optional.of(e.agent()),
                  e.epoch(),
                  new Link.Registered(e.session(), e.epoch(), e.master()),
                  state.stopping(),
                  state.nextSequence(),
                  state.draining(),
                  state.attempt()));
      case LinkEvent.Outdated ignored -> {}
      case LinkEvent.Lost e -> {
        if (state.stopping().isEmpty()) {
          state.deadlines.set(new Due.Attempt(), e.retryNanos());
        }
        link(
            switch (state.link()) {
              case Link.Registering(String session, int attempts, int slow, long since) ->
                  new Link.Detecting(attempts + 1, slow + (e.slow() ? 1 : 0), since);
              case Link.Registered ignored -> new Link.Detecting(0, 0, e.nowNanos());
              case Link.Detecting detecting -> detecting;
            });
      }
    }
  }

  private void link(Link next) {
    state.one(state.one().with(next));
  }

  private void framework(FrameworkEvent event) {
    switch (event) {
      case FrameworkEvent.Known(var info) -> {
        var id = FrameworkId.of(info.getId());
        var terminating = state.frameworks.find(id).map(Framework::terminating).orElse(false);
        state.frameworks.put(id, new Framework(info, terminating));
        state.history.returned(id);
      }
      case FrameworkEvent.Terminating(FrameworkId id) ->
          state.frameworks.put(id, new Framework(state.frameworks.get(id).info(), true));
      case FrameworkEvent.Removed(FrameworkId id) -> {
        state.history.add(state.frameworks.get(id));
        state.frameworks.remove(id);
      }
    }
  }

  private void task(TaskEvent event) {
    switch (event) {
      case TaskEvent.Admitted(Task task) -> {
        state.tasks.put(task.key(), task);
        if (!(task.progress() instanceof Progress.Hosted)) {
          state.containers.put(task.container(), task.key());
        }
      }
      case TaskEvent.Delivered(TaskKey key) -> progress(key, new Progress.Delivered());
      case TaskEvent.Unwanted(TaskKey key, var policy) ->
          progress(key, new Progress.Unwanted(policy));
      case TaskEvent.Refused ignored -> {}
      case TaskEvent.Started e -> {
        progress(e.key(), new Progress.Running(e.pid()));
        e.timeUpNanos().ifPresent(at -> state.deadlines.set(new Due.TimeUp(e.key()), at));
      }
      case TaskEvent.Recalled(TaskKey key) -> progress(key, new Progress.Recalled());
      case TaskEvent.KillBegun e -> {
        if (state.tasks.get(e.key()).progress() instanceof Progress.Running(long pid)) {
          progress(e.key(), new Progress.Killing(pid, e.cause(), e.nowNanos(), false));
        }
        state.deadlines.clear(new Due.TimeUp(e.key()));
        state.deadlines.set(new Due.Force(e.key()), e.forceNanos());
      }
      case TaskEvent.KillHastened e -> state.deadlines.set(new Due.Force(e.key()), e.forceNanos());
      case TaskEvent.KillForced(TaskKey key) -> {
        if (state.tasks.get(key).progress() instanceof Progress.Killing kill) {
          progress(key, new Progress.Killing(kill.pid(), kill.cause(), kill.sinceNanos(), true));
        }
        state.deadlines.clear(new Due.Force(key));
      }
      case TaskEvent.Ended e -> {
        progress(e.key(), new Progress.Ended());
        state.containers.remove(state.tasks.get(e.key()).container());
        state.deadlines.clear(new Due.Force(e.key()));
        state.deadlines.clear(new Due.TimeUp(e.key()));
      }
      case TaskEvent.Completed e -> complete(state.tasks.get(e.key()));
      case TaskEvent.Settled(var executor, var task) -> {
        var others = unsettled(executor, List.of(task.key()));
        others.add(task);
        state.settled.put(executor, List.copyOf(others));
      }
      case TaskEvent.Forgotten(var executor, var tasks) -> {
        var rest = unsettled(executor, tasks);
        if (rest.isEmpty()) {
          state.settled.remove(executor);
        } else {
          state.settled.put(executor, List.copyOf(rest));
        }
      }
    }
  }

  /** What is settled of an executor's tasks but these. */
  private List<Settled> unsettled(ContainerId executor, List<TaskKey> tasks) {
    var rest = new ArrayList<>(state.settled(executor));
    var gone = new LinkedHashSet<>(tasks);
    rest.removeIf(one -> gone.contains(one.key()));
    return rest;
  }

  private void progress(TaskKey key, Progress next) {
    state.tasks.put(key, state.tasks.get(key).with(next));
  }

  private void complete(Task task) {
    state.tasks.remove(task.key());
    state.history.add(task);
  }

  private void update(UpdateEvent event) {
    switch (event) {
      case UpdateEvent.Queued e -> {
        var key = e.key();
        var stream = state.streams.find(key).orElseGet(() -> UpdateStream.opened(key));
        state.streams.put(key, stream.with(e.status()));
        state
            .tasks
            .find(key)
            .ifPresent(task -> state.tasks.put(key, task.remembering(e.history(), e.seen())));
        state.one(state.one().after(e.sequence()));
      }
      case UpdateEvent.Sent e -> {
        state.streams.put(e.key(), state.streams.get(e.key()).sent());
        state.deadlines.set(new Due.Resend(e.key()), e.retryNanos());
      }
      case UpdateEvent.Paused(TaskKey key) -> {
        state.streams.put(key, state.streams.get(key).paused());
        state.deadlines.clear(new Due.Resend(key));
      }
      case UpdateEvent.Acknowledged e -> {
        var rest = state.streams.get(e.key()).withoutHead();
        state.deadlines.clear(new Due.Resend(e.key()));
        if (rest.waiting().isEmpty()) {
          state.streams.remove(e.key());
        } else {
          state.streams.put(e.key(), rest);
        }
      }
      case UpdateEvent.Dropped e -> {
        state.streams.remove(e.key());
        state.deadlines.clear(new Due.Resend(e.key()));
      }
    }
  }
}
