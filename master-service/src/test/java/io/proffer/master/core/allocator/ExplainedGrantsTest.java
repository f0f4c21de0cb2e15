package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.master.core.fact.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is explained is what runs do, in random histories ({@link Explained}). */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class ExplainedGrantsTest {
  private static final int SEEDS = Integer.getInteger("allocator.seeds", 15);

  @Test
  void whatIsGrantedWasExplainedAndWhatIsExplainedIsGranted() {
    var settings = SameGrantsTest.settings();
    var all = new ArrayList<Explained>();
    Histories.play(
        SEEDS,
        seed -> {
          all.add(
              new Explained(new Both(new DrfAllocator(settings), new NaiveAllocator(settings))));
          return RandomHistory.deep(seed, all.getLast());
        },
        RandomHistory::step);
    var expected =
        EnumSet.of(
            Reason.NOT_CONNECTED,
            Reason.SUPPRESSED,
            Reason.AGENT_INACTIVE,
            Reason.AGENT_NEEDS_MULTI_ROLE,
            Reason.AGENT_NEEDS_HIERARCHICAL_ROLE,
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
    all.forEach(explained -> expected.removeAll(explained.seen().keySet()));
    assertTrue(expected.isEmpty(), () -> expected + " never happened");
  }
}
