package io.proffer.e2e.simulation;

import io.proffer.api.v1.master.Call;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An order that replaces what was in force.
 *
 * @param change what is in force once it was taken; nothing where no master may take it
 * @param refusable where a master may refuse it
 */
record Ruling<V>(Call call, Function<V, Optional<V>> change, Predicate<V> refusable) {

  /** One that is refused just where it cannot be taken. */
  static <V> Ruling<V> of(Call call, Function<V, Optional<V>> change) {
    return new Ruling<>(call, change, now -> change.apply(now).isEmpty());
  }

  @Override
  public String toString() {
    return call.toString().replaceAll("\\s+", " ");
  }
}
