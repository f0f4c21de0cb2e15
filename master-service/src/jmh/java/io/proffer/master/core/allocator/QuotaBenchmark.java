package io.proffer.master.core.allocator;

import java.util.concurrent.TimeUnit;
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

/** Small and large quotas that fill a cluster. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 3)
public class QuotaBenchmark {

  /** Small roles, large roles, frameworks of each: 30, 300, 1,000 and 3,000 agents. */
  @State(Scope.Thread)
  public static class Sizes {
    @Param({"25/5/1", "250/50/1", "250/50/5", "850/150/1", "850/150/5", "2500/500/1"})
    public String size;

    QuotaCluster cluster(int sparePercent) {
      var parsed = Size.of(size);
      int needed = parsed.first() / 5 + 5 * parsed.second();
      return new QuotaCluster(
          parsed.first(), parsed.second(), parsed.last(), needed * sparePercent / 100);
    }
  }

  /** Nothing is offered yet. */
  @State(Scope.Thread)
  public static class Fresh {
    private QuotaCluster cluster;

    /** Every time anew. */
    @Setup(Level.Invocation)
    public void prepare(Sizes sizes) {
      cluster = sizes.cluster(0);
      cluster.driver().resetClock();
    }
  }

  /** Every quota is used up. */
  public abstract static class UsedUp {
    QuotaCluster cluster;

    final void fill(QuotaCluster fresh) {
      cluster = fresh;
      var _ = cluster.run();
    }

    /** Coming back is not measured. */
    @Setup(Level.Invocation)
    public void returnAgents() {
      cluster.returnAgents();
      cluster.driver().resetClock();
    }
  }

  /** And every agent is. */
  @State(Scope.Thread)
  public static class Full extends UsedUp {

    /** Once: nothing is given any more. */
    @Setup(Level.Trial)
    public void prepare(Sizes sizes) {
      fill(sizes.cluster(0));
    }
  }

  /** There are agents left that nobody may have. */
  @State(Scope.Thread)
  public static class Limited extends UsedUp {

    /** Once: nothing is given any more. */
    @Setup(Level.Trial)
    public void prepare(Sizes sizes) {
      fill(sizes.cluster(10));
    }
  }

  @Benchmark
  public void quotaRun(Fresh fresh, Cost cost) {
    note(fresh.cluster, cost);
  }

  @Benchmark
  public void quotaEmptyRun(Full full, Cost cost) {
    note(full.cluster, cost);
  }

  @Benchmark
  public void quotaLimitedRun(Limited limited, Cost cost) {
    note(limited.cluster, cost);
  }

  private static void note(QuotaCluster cluster, Cost cost) {
    cost.note(cluster.driver(), cluster.run());
  }
}
