package io.proffer.master.core.allocator;

import io.proffer.master.core.allocator.policy.FairPolicy;
import io.proffer.master.core.allocator.policy.Policy;
import io.proffer.master.core.allocator.policy.PriorityPolicy;
import io.proffer.master.core.allocator.policy.RandomPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

  private static final List<List<String>> EXCLUDED =
      List.of(List.of(), List.of("cpus"), List.of("disk", "nothing has this name"));

  /** The usual ones: of a seed that excludes nothing. */
  static AllocatorSettings settings() {
    return settings(3);
  }

  /** Of each seed other ones; caps on refusals, of which the model knows nothing, never bite. */
  static AllocatorSettings settings(long seed) {
    var excluded = EXCLUDED.get((int) (seed % EXCLUDED.size()));
    var region = Optional.of(RandomRows.REGION);
    return Tuned.settings(excluded, seed % 4 != 0, region, 1000, 100_000);
  }

  /** A policy and its model. */
  record Pair(Policy policy, NaivePolicy model) {
    DrfAllocator tested(long seed) {
      return new DrfAllocator(settings(seed).withPolicy(policy, policy));
    }

    NaiveAllocator obvious(long seed) {
      return new NaiveAllocator(settings(seed).withPolicy(policy, policy), model);
    }

    Both both(long seed) {
      return new Both(tested(seed), obvious(seed));
    }

    @Override
    public String toString() {
      return model.getClass().getSimpleName();
    }
  }

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
    Histories.play(SEEDS, seed -> RandomHistory.deep(seed, pair.both(seed)), RandomHistory::step);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void itIsSoWhereNobodySaysAnythingOfRolesToo(Pair pair) {
    Histories.play(SEEDS, seed -> RandomHistory.flat(seed, pair.both(seed)), RandomHistory::step);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void itIsSoAfterAChangeOfMastersToo(Pair pair) {
    Histories.play(
        SEEDS, seed -> RandomHistory.recovering(seed, pair.both(seed)), RandomHistory::step);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void whateverHappensBetweenSlicesNothingIsMissed(Pair pair) {
    Histories.play(
        SEEDS,
        seed -> RandomHistory.deep(seed, new Settled(pair.tested(seed), pair.obvious(seed))),
        RandomHistory::stepThatSettles);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void whateverHappensBetweenSlicesNothingIsGivenTwice(Pair pair) {
    Histories.play(
        SEEDS,
        seed -> RandomHistory.deep(seed, pair.tested(seed)),
        RandomHistory::stepWithEventsBetweenSlices);
  }
}
