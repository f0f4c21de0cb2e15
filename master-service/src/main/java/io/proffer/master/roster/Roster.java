package io.proffer.master.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The masters that were heard of lately, this one among them. From any thread. */
public final class Roster {
  /** How often a master tells of itself, and at once when elections or its term change it. */
  static final Duration PERIOD = Duration.ofSeconds(2);

  /** Three times it was not heard: something is wrong with it. */
  private static final Duration UNHEARD = PERIOD.multipliedBy(3);

  /** After this it is taken to be gone for good. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(5);

  private static final double NANOS = 1e9;

  /**
   * What was said and when.
   *
   * @param ahead of this master's clock
   */
  private record Heard(Card card, long nanos, Duration ahead) {}

  /**
   * A master.
   *
   * @param card what it said last
   * @param healthy whether it was heard lately
   * @param silence since when it was not heard
   * @param ahead how far its clock goes ahead of this master's; negative when behind
   * @param warning what is wrong with its clock
   */
  record Member(
      Card card, boolean healthy, Duration silence, Duration ahead, Optional<String> warning) {}

  private final Supplier<Card> own;
  private final Presence.Clocks clocks;
  private final ClockWatch watch = new ClockWatch();
  private final ConcurrentHashMap<String, Heard> others = new ConcurrentHashMap<>();

  /**
   * @param own what this master says of itself, now
   * @param clocks of this master
   */
  Roster(Supplier<Card> own, Presence.Clocks clocks) {
    this.own = own;
    this.clocks = clocks;
  }

  void hear(Card card) {
    if (!card.process().equals(own.get().process())) {
      // A process that was started again at the same address is another: the old one is gone.
      others.values().removeIf(it -> it.card().address().equals(card.address()));
      others.put(card.process(), new Heard(card, clocks.nanos().getAsLong(), ahead(card)));
    }
  }

  private Duration ahead(Card card) {
    if (card.now() == 0) {
      return Duration.ZERO; // A version that does not say.
    }
    return Duration.between(
        clocks.wall().get(), Instant.EPOCH.plusNanos((long) (card.now() * NANOS)));
  }

  /** Tells of clocks that differ. On one thread, again and again. */
  void lookAtClocks() {
    watch.look(members());
  }

  /** All, in the order of their addresses. */
  List<Member> members() {
    var now = clocks.nanos().getAsLong();
    others.values().removeIf(it -> now - it.nanos() > FORGOTTEN.toNanos());
    var all = new ArrayList<Member>();
    all.add(new Member(own.get(), true, Duration.ZERO, Duration.ZERO, Optional.empty()));
    for (var other : others.values()) {
      var silence = Duration.ofNanos(now - other.nanos());
      all.add(
          new Member(
              other.card(),
              silence.compareTo(UNHEARD) < 0,
              silence,
              other.ahead(),
              warning(other)));
    }
    all.sort(Comparator.comparing(member -> member.card().address()));
    return all;
  }

  private Optional<String> warning(Heard other) {
    return other.ahead().abs().compareTo(clocks.apart()) < 0
        ? Optional.empty()
        : Optional.of(ClockWatch.sentence(other.card().address(), other.ahead()));
  }
}
