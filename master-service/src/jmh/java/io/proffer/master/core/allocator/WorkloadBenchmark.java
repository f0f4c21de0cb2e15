package io.proffer.master.core.allocator;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Clusters in which tasks are launched. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class WorkloadBenchmark {
  private static final int ENDS_PER_SECOND = 2_000;

  /** Prints the slowest run of many. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Slowest {
    public double slowestRunMillis;
  }

  /** 80 agents; services with 16,000 tasks, 500 small frameworks with 2,500, 50 with 1,000. */
  @State(Scope.Thread)
  public static class Mixed {
    private MixedWorkload workload;

    /** Every time anew. */
    @Setup(Level.Invocation)
    public void prepare() {
      workload = new MixedWorkload(80, 4, 500, 50);
      workload.driver().resetClock();
    }
  }

  /** 100,000 tasks of 200 frameworks run on 10,000 agents. */
  @State(Scope.Thread)
  public static class Full {
    private Churn churn;

    /** Once: it stays full. */
    @Setup(Level.Trial)
    public void prepare() {
      churn = new Churn(10_000, 200);
      churn.driver().resetClock();
    }
  }

  @Benchmark
  @Warmup(iterations = 3)
  @Measurement(iterations = 3)
  public void launchMixed(Mixed mixed, Cost cost, Slowest slowest) {
    cost.note(mixed.workload.driver(), mixed.workload.launchAll());
    slowest.slowestRunMillis = mixed.workload.slowestRunMillis();
  }

  /** A second of a cluster; its figures are those of one task, which ends and is launched anew. */
  @Benchmark
  @Warmup(iterations = 8)
  @Measurement(iterations = 5)
  public void churn(Full full, Cost cost) {
    int launched = full.churn.second(ENDS_PER_SECOND);
    cost.note(full.churn.driver(), launched, ENDS_PER_SECOND);
  }
}
