package io.proffer.agent.metrics;

import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.event.UpdateEvent;
import io.proffer.api.v1.TaskState;
import io.proffer.kernel.Frame;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happened, as frames tell it. Read on any thread. */
public final class FrameCounts {
  private final Map<TaskState, LongAdder> updates = new EnumMap<>(TaskState.class);
  private final LongAdder ended = new LongAdder();

  public FrameCounts() {
    for (var state : TaskState.values()) {
      updates.put(state, new LongAdder());
    }
  }

  /** Counts the events of a frame. */
  public void read(Frame<Event, Effect> frame) {
    for (var event : frame.events()) {
      if (event instanceof UpdateEvent.Queued queued) {
        updates.get(queued.status().getState()).increment();
      }
    }
    for (var effect : frame.effects()) {
      if (effect instanceof ToContainer.Forget) {
        ended.increment();
      }
    }
  }

  /** Status updates of one state. */
  long updates(TaskState state) {
    return updates.get(state).sum();
  }

  /** All status updates. */
  long updates() {
    return updates.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Containers that have ended. */
  long ended() {
    return ended.sum();
  }
}
