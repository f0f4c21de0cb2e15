package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.master.core.fact.Reason;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is explained is what runs do, in random histories ({@link Explained}). */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class ExplainedGrantsTest {
  private static final int SEEDS = Integer.getInteger("allocator.seeds", 15);
  private static final int STEPS = 120;

  @Test
  void whatIsGrantedWasExplainedAndWhatIsExplainedIsGranted() {
    var seen = EnumSet.noneOf(Reason.class);
    for (long seed = 0; seed < SEEDS; seed++) {
      var settings = SameGrantsTest.settings();
      var both = new Both(new DrfAllocator(settings), new NaiveAllocator(settings));
      var explained = new Explained(both);
      var history = RandomHistory.deep(seed, explained);
      for (int step = 0; step < STEPS; step++) {
        try {
          history.step();
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("seed " + seed + ", step " + step + ": " + e.getMessage(), e);
        }
      }
      seen.addAll(explained.seen().keySet());
    }
    var expected =
        EnumSet.of(
            Reason.NOT_CONNECTED,
            Reason.SUPPRESSED,
            Reason.AGENT_INACTIVE,
            Reason.GPU_CAPABILITY,
            Reason.REGION_CAPABILITY,
            Reason.CONSTRAINT,
            Reason.NOTHING_LEFT,
            Reason.RESERVED_FOR_OTHERS,
            Reason.CAPABILITY,
            Reason.QUOTA_LIMIT,
            Reason.HEADROOM,
            Reason.BELOW_MINIMUM,
            Reason.REFUSED,
            Reason.BEHIND,
            Reason.NEXT_RUN,
            Reason.OFFERED);
    expected.removeAll(seen);
    assertTrue(expected.isEmpty(), () -> expected + " never happened");
  }
}
