package io.proffer.master.roster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The masters that were heard of lately, this one among them. From any thread. */
public final class Roster {
  /** How often a master tells of itself, and at once when it leads, or no longer. */
  static final Duration PERIOD = Duration.ofSeconds(2);

  /** Three times it was not heard: something is wrong with it. */
  private static final Duration UNHEARD = PERIOD.multipliedBy(3);

  /** After this it is taken to be gone for good. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(5);

  private record Heard(Card card, long nanos) {}

  /**
   * A master.
   *
   * @param card what it said last
   * @param healthy whether it was heard lately
   * @param silence since when it was not heard
   */
  record Member(Card card, boolean healthy, Duration silence) {}

  private final Supplier<Card> own;
  private final LongSupplier nanos;
  private final ConcurrentHashMap<String, Heard> others = new ConcurrentHashMap<>();

  /**
   * @param own what this master says of itself, now
   * @param nanos monotonic nanoseconds
   */
  Roster(Supplier<Card> own, LongSupplier nanos) {
    this.own = own;
    this.nanos = nanos;
  }

  void hear(Card card) {
    if (!card.process().equals(own.get().process())) {
      // A process that was started again at the same address is another: the old one is gone.
      others.values().removeIf(it -> it.card().address().equals(card.address()));
      others.put(card.process(), new Heard(card, nanos.getAsLong()));
    }
  }

  /** All, in the order of their addresses. */
  List<Member> members() {
    var now = nanos.getAsLong();
    others.values().removeIf(it -> now - it.nanos() > FORGOTTEN.toNanos());
    var all = new ArrayList<Member>();
    all.add(new Member(own.get(), true, Duration.ZERO));
    for (var other : others.values()) {
      var silence = Duration.ofNanos(now - other.nanos());
      all.add(new Member(other.card(), silence.compareTo(UNHEARD) < 0, silence));
    }
    all.sort(Comparator.comparing(member -> member.card().address()));
    return all;
  }
}
