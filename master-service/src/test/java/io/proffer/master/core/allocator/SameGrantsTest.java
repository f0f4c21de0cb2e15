package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The fast allocator against the obvious one: same histories, same grants in the same order, in
 * slices or not. More seeds: {@code -Dallocator.seeds=10000}.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class SameGrantsTest {
  private static final int SEEDS = Integer.getInteger("allocator.seeds", 200);
  private static final int STEPS = 120;

  private static AllocatorSettings settings() {
    var defaults = AllocatorSettings.defaults();
    return new AllocatorSettings(
        defaults.allocationInterval(),
        defaults.allocationMinInterval(),
        defaults.minAllocatable(),
        defaults.fairSharingExcluded(),
        true,
        defaults.region(),
        1000);
  }

  @Test
  void skippingWhatCannotHaveChangedChangesNoGrant() {
    int offers = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      var both = new Both(new DrfAllocator(settings()), new NaiveAllocator(settings()));
      var history = new RandomHistory(seed, both);
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
      var history = new RandomHistory(seed, new DrfAllocator(AllocatorSettings.defaults()));
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
