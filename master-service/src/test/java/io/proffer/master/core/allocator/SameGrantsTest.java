package io.proffer.master.core.allocator;

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

  static AllocatorSettings settings() {
    return Tuned.settings(List.of(), true, Optional.of(RandomRows.REGION), 1000, 100_000);
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
    var settings = settings().withPolicy(pair.policy(), pair.policy());
    Histories.play(
        SEEDS,
        seed ->
            RandomHistory.deep(
                seed,
                new Both(new DrfAllocator(settings), new NaiveAllocator(settings, pair.model()))),
        RandomHistory::step);
  }

  @Test
  void itIsSoWhereNobodySaysAnythingOfRolesToo() {
    Histories.play(
        SEEDS,
        seed ->
            RandomHistory.flat(
                seed, new Both(new DrfAllocator(settings()), new NaiveAllocator(settings()))),
        RandomHistory::step);
  }

  @Test
  void itIsSoAfterAChangeOfMastersToo() {
    Histories.play(
        SEEDS,
        seed ->
            RandomHistory.recovering(
                seed, new Both(new DrfAllocator(settings()), new NaiveAllocator(settings()))),
        RandomHistory::step);
  }

  @Test
  void whateverHappensBetweenSlicesNothingIsMissed() {
    Histories.play(
        SEEDS,
        seed ->
            RandomHistory.deep(
                seed, new Settled(new DrfAllocator(settings()), new NaiveAllocator(settings()))),
        RandomHistory::stepThatSettles);
  }

  @Test
  void whateverHappensBetweenSlicesNothingIsGivenTwice() {
    Histories.play(
        SEEDS,
        seed -> RandomHistory.deep(seed, new DrfAllocator(settings())),
        RandomHistory::stepWithEventsBetweenSlices);
  }
}
