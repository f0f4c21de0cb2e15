package io.proffer.api.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** A tally for each value of an enum. */
public final class Tallies<K extends Enum<K>> {
  private final Map<K, Tally> tallies;

  public Tallies(Class<K> kinds) {
    tallies = new EnumMap<>(kinds);
    for (var kind : kinds.getEnumConstants()) {
      tallies.put(kind, new Tally());
    }
  }

  /** One more of this kind. Of the one writer. */
  public void increment(K kind) {
    tallies.get(kind).increment();
  }

  /** So many more of this kind. Of the one writer. */
  public void add(K kind, long more) {
    tallies.get(kind).add(more);
  }

  /** How many of this kind. */
  public long get(K kind) {
    return tallies.get(kind).get();
  }

  /** Each kind with how many there are of it. */
  public void forEach(BiConsumer<K, Long> take) {
    tallies.forEach((kind, tally) -> take.accept(kind, tally.get()));
  }

  /** How many of all kinds. */
  public long sum() {
    return tallies.values().stream().mapToLong(Tally::get).sum();
  }
}
