package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.master.core.allocator.policy.FairPolicy;
import io.proffer.master.core.allocator.policy.Policy;
import io.proffer.master.core.allocator.policy.PriorityPolicy;
import io.proffer.master.core.allocator.policy.RandomPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fast allocator against the obvious one: same histories, same grants in the same order, in
 * slices or not. More seeds: {@code -Dallocator.seeds=10000}.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class SameGrantsTest {
  private static final int SEEDS = Integer.getInteger("allocator.seeds", 40);
  private static final int STEPS = 120;

  static AllocatorSettings settings() {
    var defaults = AllocatorSettings.defaults();
    return new AllocatorSettings(
        defaults.allocationInterval(),
        defaults.allocationMinInterval(),
        defaults.minAllocatable(),
        defaults.fairSharingExcluded(),
        true,
        Optional.of(RandomRows.REGION),
        1000,
        defaults.filtersPerFrameworkMax(),
        defaults.agentRecoveryFactor(),
        defaults.recoveryTimeout(),
        defaults.rolePolicy(),
        defaults.frameworkPolicy());
  }

  /** A policy and its model. */
  record Pair(Policy policy, NaivePolicy model) {}

  static Stream<Pair> policies() {
    var priorities = List.of("c", "a/c", "a");
    return Stream.of(
        new Pair(new FairPolicy(), new NaivePolicy.Drf()),
        new Pair(new RandomPolicy(), new NaivePolicy.Random()),
        new Pair(new PriorityPolicy(priorities), new NaivePolicy.Priority(priorities)));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void skippingWhatCannotHaveChangedChangesNoGrant(Pair pair) {
    int offers = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      var settings = settings().withPolicy(pair.policy(), pair.policy());
      var both = new Both(new DrfAllocator(settings), new NaiveAllocator(settings, pair.model()));
      var history = RandomHistory.deep(seed, both);
      for (int step = 0; step < STEPS; step++) {
        try {
          history.step();
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("seed " + seed + ", step " + step + ": " + e.getMessage(), e);
        }
      }
      offers += history.offersSeen();
    }
    assertTrue(offers > 20 * SEEDS, "only " + offers + " offers: the histories test nothing");
  }

  @Test
  void whateverHappensBetweenSlicesNothingIsGivenTwice() {
    int offers = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      var history = RandomHistory.deep(seed, new DrfAllocator(settings()));
      for (int step = 0; step < STEPS; step++) {
        try {
          history.stepWithEventsBetweenSlices();
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("seed " + seed + ", step " + step + ": " + e.getMessage(), e);
        }
      }
      offers += history.offersSeen();
    }
    assertTrue(offers > 20 * SEEDS, "only " + offers + " offers: the histories test nothing");
  }
}
