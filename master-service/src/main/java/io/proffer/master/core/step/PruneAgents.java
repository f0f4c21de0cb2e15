package io.proffer.master.core.step;

import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Work;
import io.proffer.master.core.state.Due;
import io.proffer.master.core.state.Turn;

/**
 * Agents that were lost long ago are forgotten, and the oldest of too many (lifecycle, section 3):
 * else the registry would grow for ever. As many a turn as it bears, with the tasks they had.
 */
public final class PruneAgents {
  private PruneAgents() {}

  /** Forgets those that need not be remembered now. */
  public static void begin(Turn turn) {
    if (slice(turn)) {
      lookAgain(turn);
    } else {
      turn.emit(new WorkEvent.Begun(turn.state().works().nextId(), new Work.PruneAgents()));
    }
  }

  /** One slice more. */
  public static void resume(long workId, Turn turn) {
    if (slice(turn)) {
      turn.emit(new WorkEvent.Ended(workId));
      lookAgain(turn);
    }
  }

  private static boolean slice(Turn turn) {
    var retention = turn.settings().lostAgents();
    var before = turn.moment().wall().minus(retention.maxAgentAge());
    for (int effort = 0; effort < turn.settings().turnEntities(); effort++) {
      var next = turn.state().agents().superfluous(before, retention.maxAgentCount());
      if (next.isEmpty()) {
        return true;
      }
      effort += turn.state().tasks().countUnreachable(next.get());
      turn.emit(new AgentEvent.Pruned(next.get()));
    }
    return false;
  }

  private static void lookAgain(Turn turn) {
    if (turn.state().agents().anyLost()) {
      turn.putOff(new Due.Prune(), turn.settings().lostAgents().gcInterval());
    }
  }
}
