package io.proffer.master.core;

import io.proffer.master.core.allocator.Allocator;
import io.proffer.master.core.command.ClockCommand;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Work;
import io.proffer.master.core.rule.offer.MakeOffers;
import io.proffer.master.core.state.MasterState;
import io.proffer.master.core.state.Turn;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a tick does: deadlines that are due, a slice of long work, a slice of allocation.
 *
 * <p>Each is a turn of its own, so that one that throws takes nothing else back. A deadline whose
 * rule threw is put off, work that threw is given up: else the next tick would fail on it again,
 * for ever.
 */
final class Ticking {
  /** How many deadlines one tick deals with; the rest is due at once again. */
  private static final int MAX_DEADLINES = 100;

  private static final Duration SECOND_TRY = Duration.ofMinutes(1);

  private final MasterState state;
  private final Allocator allocator;
  private final MasterCore.Frames frame;

  Ticking(MasterState state, Allocator allocator, MasterCore.Frames frame) {
    this.state = state;
    this.allocator = allocator;
    this.frame = frame;
  }

  void run(ClockCommand.Tick tick) {
    for (int i = 0; i < MAX_DEADLINES && isDue(); i++) {
      if (!frame.turn(turn -> turn.takeDue().ifPresent(due -> Rules.decide(due, turn)))) {
        frame.turn(turn -> turn.takeDue().ifPresent(due -> turn.putOff(due, SECOND_TRY)));
      }
    }
    state.works().first().ifPresent(this::resume);
    var grants = allocator.allocate(tick.allocationBudget(), frame.moment());
    if (!grants.isEmpty()) {
      frame.turn(turn -> MakeOffers.decide(grants, turn));
    }
  }

  private boolean isDue() {
    var next = state.nextDeadlineNanos();
    return next.isPresent() && next.getAsLong() <= frame.moment().monotonicNanos();
  }

  private void resume(long workId) {
    var work = state.works().find(workId).orElseThrow();
    if (!frame.turn(turn -> Rules.resume(workId, work, turn))) {
      frame.turn(turn -> giveUp(workId, work, turn));
    }
  }

  private static void giveUp(long workId, Work work, Turn turn) {
    if (work instanceof Work.Accept accept && !accept.left().isEmpty()) {
      turn.emit(
          new OfferEvent.Returned(
              accept.framework(),
              accept.role(),
              accept.agent(),
              accept.left(),
              OfferEvent.Cause.UNUSED,
              OptionalLong.empty()));
    }
    turn.emit(new WorkEvent.Ended(workId));
  }
}
