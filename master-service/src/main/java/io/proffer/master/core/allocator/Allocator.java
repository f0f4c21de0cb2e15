package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.kernel.Moment;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.fact.RoleShare;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides who is offered what.
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

  /** Units of its budget that the last slice spent; of one that does not count them, 0. */
  default long spent() {
    return 0;
  }

  /** When, in monotonic nanoseconds, it wants its next slice; empty when nothing waits. */
  OptionalLong nextDeadlineNanos();

  /**
   * A master takes over; once, after all that the registry keeps was told, before anything else.
   *
   * @param knownAgents how many agents the registry knows
   */
  default void recover(int knownAgents, Moment moment) {}

  /** How many runs have begun, however many slices each took; of one that has no runs, 0. */
  default long runs() {
    return 0;
  }

  /** How the roles stand now, for figures; of one that keeps no such books, nothing. */
  default List<RoleShare> shares() {
    return List.of();
  }

  /**
   * What stands between a framework and offers. Nothing changes by asking.
   *
   * @param role one of its roles; empty for all of them
   * @param agent the one it is about; empty for all of them
   * @return empty when this policy cannot say
   */
  default Optional<Explaining> explaining(
      FrameworkId framework, Optional<String> role, Optional<AgentId> agent) {
    return Optional.empty();
  }
}
