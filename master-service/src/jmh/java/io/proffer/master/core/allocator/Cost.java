package io.proffer.master.core.allocator;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What JMH prints beside the time on the wall, which has what else runs on the machine in it, and
 * what the driver does.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Cost {
  /** Processor time of the thread in the allocator. */
  public double processorMillis;

  /** The longest time between two looks at the budget. */
  public double longestSliceMillis;

  /** How often it was done in the measured time. */
  public double times;

  /** How much came of it: offers, runs or tasks. */
  public double results;

  void note(Driver driver, int results) {
    note(driver, results, 1);
  }

  void note(Driver driver, int results, int times) {
    processorMillis += driver.spentMillis();
    longestSliceMillis = Math.max(longestSliceMillis, driver.longestSliceMillis());
    this.results += results;
    this.times += times;
    driver.resetClock();
  }
}
