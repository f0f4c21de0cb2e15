package io.proffer.master.core.allocator;

import io.proffer.kernel.Moment;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.fact.RoleShare;
import java.util.List;
import java.util.OptionalLong;

/**
 * A policy of who is offered what.
 *
 * <p>It hears of every event, after the rule that emitted it has ended, in order. It keeps no
 * inverse: what it follows is never undone.
 */
public interface Allocator {

  /** Takes in one fact. */
  void follow(Event event, Moment moment);

  /**
   * One slice of a run. Each grant is emitted as {@code OfferEvent.Made}, which this allocator then
   * follows like any other event; it must not count a grant before that.
   *
   * @param budget how many (role, framework, agent) candidates may be examined
   */
  List<Grant> allocate(long budget, Moment moment);

  /** When, in monotonic nanoseconds, it wants its next slice; empty when nothing waits. */
  OptionalLong nextDeadlineNanos();

  /** How the roles stand now, for figures; of one that keeps no such books, nothing. */
  default List<RoleShare> shares() {
    return List.of();
  }
}
