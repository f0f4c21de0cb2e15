package io.proffer.master.core;

import io.proffer.master.AllocationBudget;
import io.proffer.master.core.allocator.AllocatorSettings;
import io.proffer.master.core.allocator.Cost;
import io.proffer.master.core.allocator.DrfAllocator;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.state.CoreSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long the turns of a master's core are in which everything is offered: with the budget that
 * masters adapt, and with all that is done for an offer.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TurnsBenchmark {
  private static final int ROLES = 20;
  private static final int IDLE_TICKS = 100;
  private static final double YEAR_SECONDS = Duration.ofDays(365).toSeconds();

  /** Prints the turns, of which the longest is what {@link Cost} has for slices. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Turns {
    public double p99TurnMillis;
  }

  /** Everything was offered once, and each offer is declined for ever. */
  @State(Scope.Thread)
  public static class Cluster {
    @Param({"1000/200", "10000/1000", "50000/200", "50000/6000"})
    public String size;

    private final AllocationBudget budget = new AllocationBudget();
    private final Map<String, Scheduler> schedulers = new HashMap<>();
    private final List<ToFramework.Offers> open = new ArrayList<>();
    private final List<Long> turns = new ArrayList<>();
    private Given given;

    /** Rounds go on where the last one ended. */
    @Setup(Level.Trial)
    public void prepare() {
      var parsed = size.split("/", -1);
      given =
          new Given(
              CoreSettings.defaults(), Optional.of(new DrfAllocator(AllocatorSettings.defaults())));
      for (int i = 0; i < Integer.parseInt(parsed[1]); i++) {
        var scheduler = given.subscribed(Infos.framework("role" + i % ROLES));
        schedulers.put(scheduler.stream(), scheduler);
      }
      for (int i = 0; i < Integer.parseInt(parsed[0]); i++) {
        given.agent("cpus:24;mem:65536;disk:1048576;ports:[31000-32000]");
      }
      var _ = offerEverything();
    }

    /** Declining is not measured. While nothing happens there are ticks, too. */
    @Setup(Level.Invocation)
    public void decline() {
      for (var offers : open) {
        for (var offered : offers.offers()) {
          schedulers.get(offers.streamId()).declines(offered.offer().id(), YEAR_SECONDS);
        }
      }
      open.clear();
      for (int i = 0; i < IDLE_TICKS; i++) {
        turn();
      }
      turns.clear();
    }

    private int offerEverything() {
      given.pass(Duration.ofSeconds(1).toNanos());
      do {
        turn();
      } while (isDue());
      return open.stream().mapToInt(offers -> offers.offers().size()).sum();
    }

    private boolean isDue() {
      var next = given.core.nextDeadlineNanos();
      return next.isPresent() && next.getAsLong() <= given.moment().monotonicNanos();
    }

    private void turn() {
      var tick = budget.tick();
      long start = cpuNanos();
      var frame = given.core.handle(tick, given.moment());
      long nanos = cpuNanos() - start;
      budget.turned(tick, nanos, given.core.allocationSpent());
      turns.add(nanos);
      for (var effect : frame.effects()) {
        if (effect instanceof ToFramework.Offers offers) {
          open.add(offers);
        }
      }
    }

    private static long cpuNanos() {
      return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
  }

  @Benchmark
  @Warmup(iterations = 10)
  @Measurement(iterations = 5)
  public void turnsOfRound(Cluster cluster, Cost cost, Turns turns) {
    int offers = cluster.offerEverything();
    var sorted = cluster.turns.stream().mapToLong(Long::longValue).sorted().toArray();
    cost.processorMillis += Arrays.stream(sorted).sum() / 1e6;
    cost.longestSliceMillis = sorted[sorted.length - 1] / 1e6;
    cost.times++;
    cost.results += offers;
    turns.p99TurnMillis = sorted[sorted.length * 99 / 100] / 1e6;
  }
}
