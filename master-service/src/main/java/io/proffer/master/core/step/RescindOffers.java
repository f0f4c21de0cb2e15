package io.proffer.master.core.step;

import io.proffer.api.id.OfferId;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Work;
import io.proffer.master.core.state.Turn;
import java.util.List;

/**
 * Many offers are taken back: as many as one turn bears at once, the rest in later turns. What
 * became of one meanwhile, an ACCEPT as much as its end, came first.
 */
public final class RescindOffers {
  private RescindOffers() {}

  /** These, in this order. */
  public static void begin(List<OfferId> offers, Turn turn) {
    int next = slice(offers, 0, turn);
    if (next < offers.size()) {
      turn.emit(
          new WorkEvent.Begun(turn.state().works().nextId(), new Work.RescindOffers(offers, next)));
    }
  }

  /** One slice more. */
  public static void resume(long workId, Work.RescindOffers work, Turn turn) {
    int next = slice(work.offers(), work.next(), turn);
    turn.emit(
        next < work.offers().size()
            ? new WorkEvent.Advanced(workId, new Work.RescindOffers(work.offers(), next))
            : new WorkEvent.Ended(workId));
  }

  private static int slice(List<OfferId> offers, int from, Turn turn) {
    int end = Math.min(offers.size(), from + turn.settings().turnEntities());
    for (var id : offers.subList(from, end)) {
      if (turn.state().offers().find(id).isPresent()) {
        EndOffers.rescind(id, turn);
      }
    }
    return end;
  }
}
