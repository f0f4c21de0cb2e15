package io.proffer.master.core.allocator;

import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.fact.Quota;

/** The sums of section 4, of top-level roles, as things stand in these books. */
final class NaiveQuota {
  /** Of a name that nothing limits. */
  static final long UNLIMITED = Long.MAX_VALUE;

  private final NaiveState state;
  private final NaiveBooks books;

  NaiveQuota(NaiveState state, NaiveBooks books) {
    this.state = state;
    this.books = books;
  }

  /** What quota and headroom are about: amounts that are neither reserved nor revocable. */
  static Resources counted(Resources resources) {
    return resources.scalars().unreserved().nonRevocable();
  }

  /** What counts against the quota of a role: its reservations, used or not, and what it holds. */
  Quantities charged(String top) {
    var sum = books.sumForQuota(key -> NaivePaths.isAtOrBelow(key.role(), top));
    for (var agent : state.agents.values()) {
      var reserved =
          agent
              .total()
              .reserved()
              .filter(e -> NaivePaths.isAtOrBelow(e.kind().reservationRole().orElseThrow(), top));
      sum = sum.plus(reserved.quantities());
    }
    return sum;
  }

  /** What of its guarantee a role still lacks. */
  Quantities unsatisfied(String top) {
    return quota(top).guarantees().minus(charged(top));
  }

  /** What all guarantees together still lack. */
  Quantities required() {
    return state.quotas.keySet().stream()
        .map(this::unsatisfied)
        .reduce(Quantities.empty(), Quantities::plus);
  }

  /** What may be given to roles without regard to guarantees. */
  Quantities surplus() {
    var headroom =
        state.agents.values().stream()
            .map(agent -> counted(books.left(agent.id(), agent.total())).quantities())
            .reduce(Quantities.empty(), Quantities::plus);
    return headroom.minus(required());
  }

  boolean isLimited(String top) {
    return !quota(top).limits().isEmpty();
  }

  /** How much of a name the role may still be given, once it has been given this too. */
  long limitLeft(String top, String name, Quantities given) {
    var limit = quota(top).limits().get(name);
    return limit == null
        ? UNLIMITED
        : Math.max(0, limit - charged(top).get(name) - given.get(name));
  }

  private Quota quota(String top) {
    return state.quotas.getOrDefault(top, Quota.none(top));
  }
}
