package io.proffer.master.core.allocator;

import io.proffer.api.resource.Quantities;
import io.proffer.master.core.fact.Quota;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws what operators say about roles. */
final class RandomRoles {
  /** Trees of one level, whose nodes are the roles themselves. */
  static final List<String> FLAT = List.of("a", "b", "c", "*");

  static final List<String> DEEP = List.of("a", "a/b", "a/c", "a/b/x", "c", "*");

  private static final List<String> WEIGHED = List.of("a", "a/b", "a/c", "a/b/x", "c", "*", "no");
  private static final double[] WEIGHTS = {0.5, 1, 2, 3, 1e-3};
  private static final List<String> QUOTED = List.of("a", "a", "c", "*", "no");

  /** Names, {@code no} none of any agent, with the most that is drawn of each, in thousandths. */
  private static final Map<String, Long> MOST =
      new TreeMap<>(
          Map.of("cpus", 12_000L, "mem", 4_000_000L, "disk", 180_000L, "x", 9_000L, "no", 1_000L));

  private final Random random;

  RandomRoles(Random random) {
    this.random = random;
  }

  /** Weights of one or two nodes. */
  SortedMap<String, Double> weights() {
    var weights = new TreeMap<String, Double>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      weights.put(
          WEIGHED.get(random.nextInt(WEIGHED.size())), WEIGHTS[random.nextInt(WEIGHTS.length)]);
    }
    return weights;
  }

  /** Guarantees, limits, both, or neither; no limit below its guarantee. */
  Quota quota() {
    var guarantees = new TreeMap<String, Long>();
    var limits = new TreeMap<String, Long>();
    boolean guaranteed = random.nextInt(3) > 0;
    boolean limited = random.nextInt(3) > 0;
    MOST.forEach(
        (name, most) -> {
          long guarantee = 0;
          if (guaranteed && random.nextInt(3) == 0) {
            guarantee = amount(most);
            guarantees.put(name, guarantee);
          }
          if (limited && random.nextInt(3) == 0) {
            limits.put(name, guarantee + (random.nextInt(3) == 0 ? 0 : amount(most)));
          }
        });
    var role = QUOTED.get(random.nextInt(QUOTED.size()));
    return new Quota(role, Quantities.of(guarantees), limits);
  }

  /** Round or not. */
  private long amount(long most) {
    long amount = 1 + random.nextLong(most);
    return random.nextBoolean() ? amount : Math.max(1, amount / 1000) * 1000;
  }
}
