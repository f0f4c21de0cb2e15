package io.proffer.e2e.simulation;

import com.google.protobuf.ByteString;
import io.proffer.agent.checkpoint.Checkpoints;
import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.command.HostCommand;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.event.LinkEvent;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.event.UpdateEvent;
import io.proffer.agent.core.fact.Memory;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.api.id.TaskId;
import io.proffer.kernel.Frame;
import io.proffer.kernel.Moment;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at all that agents decide and let out. */
final class AgentWatch {
  private final World world;
  private final Truth truth;

  private final Set<Class<?>> lived = new HashSet<>();

  /** Updates that wait for their acknowledgement, by agent and task. */
  private final Map<String, Map<TaskKey, Integer>> waiting = new HashMap<>();

  /** Updates of tasks that agents hold, waiting or acknowledged. */
  private final Map<String, Map<TaskKey, Set<ByteString>>> known = new HashMap<>();

  /** What must be on a disk before somebody hears of it, by what it is. */
  private final Map<Object, List<String>> stored = new HashMap<>();

  /** Those that were told that their disk is full. */
  private final Set<String> told = new HashSet<>();

  /** Those that launch nothing because of it. */
  private final Set<String> full = new HashSet<>();

  /** An update, which may be the agent's own; the simulated frameworks share no task ids. */
  private record Update(TaskId task, ByteString uuid) {}

  private final Optional<Reigns> reigns;

  /**
   * @param reigns where there are several masters
   */
  AgentWatch(World world, Truth truth, Optional<Reigns> reigns) {
    this.world = world;
    this.truth = truth;
    this.reigns = reigns;
  }

  /** An agent starts, knowing what is on its disk. */
  void began(String agent, Memory memory) {
    reigns.ifPresent(it -> it.agentBegan(agent, memory.epoch()));
    var open = new HashMap<TaskKey, Integer>();
    memory.updates().forEach(update -> open.merge(update.key(), 1, Integer::sum));
    waiting.put(agent, open);
    var said = new HashMap<TaskKey, Set<ByteString>>();
    memory.tasks().forEach(kept -> said.put(kept.task().key(), new HashSet<>(kept.task().seen())));
    known.put(agent, said);
    told.remove(agent);
    full.remove(agent);
  }

  /** Whether it launches nothing, for want of room on its disk. */
  boolean isFull(String agent) {
    return full.contains(agent);
  }

  /** Tasks whose updates nobody has acknowledged. */
  int unacknowledged(String agent) {
    return waiting.get(agent).size();
  }

  /** The kinds of events there were. */
  Set<Class<?>> lived() {
    return lived;
  }

  void decided(String agent, Command command, Moment moment, Frame<Event, Effect> frame) {
    if (!frame.isEmpty()) {
      world.trace().add(world.monotonicNanos(), agent, new MasterWatch.Seen(command, frame));
    }
    if (command instanceof HostCommand.Disk(var isFull)) {
      var _ = isFull ? told.add(agent) : told.remove(agent);
    }
    if (command instanceof OperatorCommand.Stop) {
      known.get(agent).keySet().forEach(key -> truth.stopped(key.task().value()));
    }
    var open = waiting.get(agent);
    for (var event : frame.events()) {
      lived.add(event.getClass());
      switch (event) {
        case AgentEvent.RuleFailed failed ->
            throw world.broken(
                "a rule of %s threw at %s".formatted(agent, command), failed.cause());
        case LinkEvent.Registered e ->
            reigns.ifPresent(it -> it.agentFollows(agent, e.epoch(), e.master().getId()));
        case AgentEvent.DiskFilled e -> full.add(agent);
        case AgentEvent.DiskFreed e -> full.remove(agent);
        case TaskEvent.Admitted(var task) -> {
          if (told.contains(agent)) {
            throw world.broken("%s takes on %s, and its disk is full".formatted(agent, task.key()));
          }
          known.get(agent).put(task.key(), new HashSet<>());
        }
        case TaskEvent.Completed e -> known.get(agent).remove(e.key());
        case UpdateEvent.Queued e -> {
          open.merge(e.key(), 1, Integer::sum);
          var said = known.get(agent).get(e.key());
          if (said != null && !said.add(e.status().getUuid())) {
            throw world.broken(agent + " takes for news what came before: " + e);
          }
          mustStore(new Update(e.key().task(), e.status().getUuid()), e);
        }
        case TaskEvent.Delivered e -> mustStore(e.key().task(), e);
        case UpdateEvent.Acknowledged(var key, var uuid) ->
            open.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        case UpdateEvent.Dropped(var key, var uuids) -> open.remove(key);
        default -> {}
      }
    }
  }

  private void mustStore(Object fact, Event event) {
    var keys = Checkpoints.of(event).stream().filter(write -> write.value().isPresent());
    stored.put(fact, keys.map(Write::key).toList());
  }

  /**
   * No update leaves before it is on the disk, to the master or acknowledged to its executor, and
   * no task that is not known to have been given.
   */
  void leaving(String agent, List<Effect> effects, SimDisk disk) {
    for (var effect : effects) {
      switch (effect) {
        case ToMaster.Update e -> {
          var task = TaskId.of(e.status().getTaskId());
          require(agent, disk, new Update(task, e.status().getUuid()), e);
        }
        case ToExecutor.Acknowledged e -> {
          var said = new Update(e.task(), e.uuid());
          if (stored.containsKey(said)) { // What follows a terminal update is swallowed.
            require(agent, disk, said, e);
          }
        }
        case ToExecutor.Launch e -> require(agent, disk, TaskId.of(e.task().getTaskId()), e);
        default -> {}
      }
    }
  }

  private void require(String agent, SimDisk disk, Object fact, Effect effect) {
    var keys = stored.getOrDefault(fact, List.of());
    if (keys.isEmpty() || !keys.stream().allMatch(disk::held)) {
      throw world.broken(agent + " sent before it was stored: " + effect);
    }
  }

  /** The loop ended: a full disk may do that, nothing else. */
  void failed(String agent, Throwable cause) {
    if (!(cause instanceof StoreException)) {
      throw world.broken("the loop of " + agent + " ended", cause);
    }
    world.trace().add(world.monotonicNanos(), agent, cause);
  }
}
