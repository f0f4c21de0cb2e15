package io.proffer.e2e.simulation;

import com.google.protobuf.ByteString;
import io.proffer.agent.checkpoint.Checkpoints;
import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.event.Event;
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
import java.util.Set;

/** Looks at all that agents decide and let out. */
final class AgentWatch {
  private final World world;

  private final Set<Class<?>> lived = new HashSet<>();

  /** Updates that wait for their acknowledgement, by agent and task. */
  private final Map<String, Map<TaskKey, Integer>> waiting = new HashMap<>();

  /** What must be on a disk before somebody hears of it, by what it is. */
  private final Map<Object, List<String>> stored = new HashMap<>();

  /** An update, which may be the agent's own; the simulated frameworks share no task ids. */
  private record Update(TaskId task, ByteString uuid) {}

  AgentWatch(World world) {
    this.world = world;
  }

  /** An agent starts, knowing what is on its disk. */
  void began(String agent, Memory memory) {
    var open = new HashMap<TaskKey, Integer>();
    memory.updates().forEach(update -> open.merge(update.key(), 1, Integer::sum));
    waiting.put(agent, open);
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
    var open = waiting.get(agent);
    for (var event : frame.events()) {
      lived.add(event.getClass());
      switch (event) {
        case AgentEvent.RuleFailed failed ->
            throw world.broken(
                "a rule of %s threw at %s".formatted(agent, command), failed.cause());
        case UpdateEvent.Queued e -> {
          open.merge(e.key(), 1, Integer::sum);
          mustStore(new Update(e.key().task(), e.status().getUuid()), e);
        }
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

  /** An update may not leave before it is on the disk. */
  void leaving(String agent, List<Effect> effects, SimDisk disk) {
    for (var effect : effects) {
      if (effect instanceof ToMaster.Update update) {
        var id = TaskId.of(update.status().getTaskId());
        require(agent, disk, new Update(id, update.status().getUuid()), update);
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
