package io.proffer.e2e.simulation;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What may be in force of one thing, by what an operator was told of his rulings: the last one that
 * was taken, or one of those whose outcome nobody knows.
 *
 * <pre>
 *   idle --ordered--> under way --taken, refused, dropped, lost--> idle
 * </pre>
 */
final class Pledge<V> {
  private final World world;

  /** What may be in force, unless the ruling under way is. */
  private Set<V> before = new LinkedHashSet<>();

  /** What may be in force if the ruling under way is, as far as somebody has seen it. */
  private Set<V> after = new LinkedHashSet<>();

  private Optional<Ruling<V>> underWay = Optional.empty();
  private boolean released;

  Pledge(World world, V first) {
    this.world = world;
    before.add(first);
  }

  /** Nothing is promised any more, because others changed it. */
  void release() {
    released = true;
  }

  /** All that may be in force. */
  Set<V> candidates() {
    var all = new LinkedHashSet<>(before);
    all.addAll(changed());
    return all;
  }

  /** The operator asks for it; one at a time, so that their order is known. */
  void ordered(Ruling<V> ruling) {
    underWay = Optional.of(ruling);
  }

  void taken() {
    settle(changed(), "was taken");
  }

  void refused(String why) {
    var ruling = underWay.orElseThrow();
    settle(where(before, ruling.refusable()), "was refused with '" + why + "'");
  }

  /** Nobody has looked at it. */
  void dropped() {
    settle(before, "was dropped");
  }

  /** It may be in force, and it may come too late. */
  void lost() {
    settle(candidates(), "was lost");
  }

  /** Somebody who has to know says what is in force, and what agrees with that may be from now. */
  void shown(String what, Predicate<V> agrees) {
    if (released) {
      return;
    }
    var late = where(changed(), agrees);
    var early = where(before, agrees);
    if (early.isEmpty() && late.isEmpty()) {
      throw world.broken("%s, and in force is one of %s".formatted(what, candidates()));
    }
    before = early;
    after = late;
  }

  /** What is in force if the ruling under way is. */
  private Set<V> changed() {
    var all = new LinkedHashSet<>(after);
    underWay.ifPresent(
        ruling -> before.stream().map(ruling.change()).flatMap(Optional::stream).forEach(all::add));
    return all;
  }

  private void settle(Set<V> now, String how) {
    if (now.isEmpty() && !released) {
      throw world.broken(
          "%s %s, and in force was one of %s".formatted(underWay.orElseThrow(), how, before));
    }
    before = now;
    after = new LinkedHashSet<>();
    underWay = Optional.empty();
  }

  private static <V> Set<V> where(Set<V> all, Predicate<V> agrees) {
    var some = new LinkedHashSet<V>();
    all.stream().filter(agrees).forEach(some::add);
    return some;
  }
}
