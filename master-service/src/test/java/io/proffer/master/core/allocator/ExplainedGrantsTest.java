package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.master.core.fact.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is explained is what runs do, in random histories ({@link Explained}), by each policy. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class ExplainedGrantsTest {
  private static final int SEEDS = Integer.getInteger("allocator.seeds", 10);

  @ParameterizedTest
  @MethodSource("io.proffer.master.core.allocator.SameGrantsTest#policies")
  void whatIsGrantedWasExplainedAndWhatIsExplainedIsGranted(SameGrantsTest.Pair pair) {
    var all = new ArrayList<Explained>();
    play(SEEDS, pair, RandomHistory::deep, all);
    play(SEEDS, pair, RandomHistory::recovering, all);

    var never = EnumSet.allOf(Reason.class);
    all.forEach(explained -> never.removeAll(explained.seen().keySet()));
    assertTrue(never.isEmpty(), () -> never + " never happened");
  }

  private static void play(
      int seeds,
      SameGrantsTest.Pair pair,
      BiFunction<Long, Allocator, RandomHistory> begin,
      List<Explained> all) {
    var settings = SameGrantsTest.settings().withPolicy(pair.policy(), pair.policy());
    Histories.play(
        seeds,
        seed -> {
          var both =
              new Both(new DrfAllocator(settings), new NaiveAllocator(settings, pair.model()));
          all.add(new Explained(both));
          return begin.apply(seed, all.getLast());
        },
        RandomHistory::step);
  }
}
