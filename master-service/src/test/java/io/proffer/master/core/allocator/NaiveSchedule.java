package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** When runs happen, and which agents they visit: every interval all, on events those concerned. */
final class NaiveSchedule {
  private static final Due NOTHING = new Due(false, List.of());

  private final long interval;
  private final long leastInterval;
  private final NaivePause pause = new NaivePause();
  private final Set<AgentId> urgent = new LinkedHashSet<>();
  private boolean paused;
  private boolean everywhere;
  private boolean asked;
  private long lastEventRun = Long.MIN_VALUE / 2;
  private long origin = Long.MIN_VALUE;
  private long lastSlot;
  private long now;

  NaiveSchedule(AllocatorSettings settings) {
    interval = settings.allocationInterval().toNanos();
    leastInterval = settings.allocationMinInterval().toNanos();
  }

  /** Which agents a run is to visit now. */
  record Due(boolean everywhere, List<AgentId> agents) {
    Due {
      agents = List.copyOf(agents);
    }

    boolean nothing() {
      return !everywhere && agents.isEmpty();
    }
  }

  long now() {
    return now;
  }

  void hear(long time) {
    now = time;
    origin = origin == Long.MIN_VALUE ? time : origin;
  }

  /** When the next periodic run may begin. */
  long nextPeriodic() {
    return origin + (Math.floorDiv(now - origin, interval) + 1) * interval;
  }

  void pause(int knownAgents) {
    pause.begin(knownAgents, now);
    paused = pause.holds(now, 0);
  }

  /** Whether a run that began then would give nothing, because agents are awaited. */
  boolean pausedAt(long time, int agents) {
    return paused && pause.holds(time, agents);
  }

  /**
   * Ends the pause if so many agents are enough, or it is time. What was not noticed meanwhile is
   * found by looking everywhere.
   */
  void endPause(int agents) {
    if (paused && !pause.holds(now, agents)) {
      paused = false;
      askEverywhere();
    }
  }

  void askEverywhere() {
    if (!paused) {
      everywhere = true;
      asked = true;
    }
  }

  void ask(AgentId agent) {
    if (!paused) {
      urgent.add(agent);
      asked = true;
    }
  }

  void forget(AgentId agent) {
    urgent.remove(agent);
  }

  /** The run that is due now; what it visits waits no longer. */
  Due begin() {
    long slot = Math.floorDiv(now - origin, interval);
    boolean periodic = slot > lastSlot;
    boolean due = asked && now - lastEventRun >= leastInterval;
    if (paused || (!periodic && !due)) {
      return NOTHING;
    }
    var run = new Due(periodic || everywhere, List.copyOf(urgent));
    lastSlot = slot;
    lastEventRun = asked ? now : lastEventRun;
    everywhere = false;
    asked = false;
    urgent.clear();
    return run;
  }

  /** Periodic runs never end: this one does not notice that there is nothing to do. */
  OptionalLong nextNanos(int agents) {
    if (paused) {
      return OptionalLong.of(pause.holds(now, agents) ? pause.deadline() : now);
    }
    if (origin == Long.MIN_VALUE) {
      return OptionalLong.empty();
    }
    long periodic = origin + (lastSlot + 1) * interval;
    long event = Math.max(origin, lastEventRun + leastInterval);
    return OptionalLong.of(asked ? Math.min(event, periodic) : periodic);
  }
}
