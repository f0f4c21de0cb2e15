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

/** Agents are added and offered, and each offer is declined for ever. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DecliningBenchmark {
  private static final int FREED = 100;
  private static final int DECLINED_ROUNDS = 9;

  /** Agents, frameworks, and how many of these have not suppressed their role. */
  @State(Scope.Thread)
  public static class Sizes {
    @Param({
      "1000/50/50",
      "1000/200/200",
      "5000/200/200",
      "10000/200/200",
      "10000/1000/1000",
      "50000/200/200",
      "50000/6000/6000",
      "10000/6000/10"
    })
    public String size;

    Declining cluster() {
      var parsed = Size.of(size);
      return new Declining(parsed.first(), parsed.second(), parsed.last());
    }
  }

  /** Frameworks wait; the agents are still to come. */
  @State(Scope.Thread)
  public static class Empty {
    private Declining cluster;

    /** Every time anew. */
    @Setup(Level.Invocation)
    public void prepare(Sizes sizes) {
      cluster = sizes.cluster();
      cluster.driver().resetClock();
    }
  }

  /** Agents have come; nothing is offered yet. */
  @State(Scope.Thread)
  public static class Fresh {
    private Declining cluster;

    /** Every time anew. */
    @Setup(Level.Invocation)
    public void prepare(Sizes sizes) {
      cluster = sizes.cluster();
      cluster.addAgents();
      cluster.driver().resetClock();
    }
  }

  /** Everything is offered for the first time. */
  @State(Scope.Thread)
  public static class Offered {
    private Declining cluster;

    /** Once: rounds go on where the last one ended. */
    @Setup(Level.Trial)
    public void prepare(Sizes sizes) {
      cluster = sizes.cluster();
      cluster.addAgents();
      var _ = cluster.run();
      cluster.driver().resetClock();
    }
  }

  /** Nine rounds were declined, what came of the tenth is offered. */
  @State(Scope.Thread)
  public static class Declined {
    private Declining cluster;

    /** Once: what changes is offered anew, and refusals stay. */
    @Setup(Level.Trial)
    public void prepare(Sizes sizes) {
      cluster = sizes.cluster();
      cluster.addAgents();
      var _ = cluster.run();
      for (int i = 0; i < DECLINED_ROUNDS; i++) {
        cluster.declineAll();
        var _ = cluster.run();
      }
      cluster.driver().resetClock();
    }
  }

  @Benchmark
  @Warmup(iterations = 3)
  @Measurement(iterations = 3)
  public void addAgents(Empty empty, Cost cost) {
    empty.cluster.addAgents();
    cost.note(empty.cluster.driver(), empty.cluster.agents());
  }

  @Benchmark
  @Warmup(iterations = 4)
  @Measurement(iterations = 3)
  public void firstRun(Fresh fresh, Cost cost) {
    cost.note(fresh.cluster.driver(), fresh.cluster.run());
  }

  /** Warming up are the rounds up to the tenth; what declining costs is in it. */
  @Benchmark
  @Warmup(iterations = 8)
  @Measurement(iterations = 3)
  public void tenthRound(Offered offered, Cost cost) {
    offered.cluster.declineAll();
    cost.note(offered.cluster.driver(), offered.cluster.run());
  }

  @Benchmark
  @Warmup(iterations = 4)
  @Measurement(iterations = 3)
  public void oneAgentChanged(Offered offered, Cost cost) {
    int made = offered.cluster.freeSomeAgents(FREED);
    cost.note(offered.cluster.driver(), made, FREED);
  }

  @Benchmark
  @Warmup(iterations = 4)
  @Measurement(iterations = 3)
  public void oneAgentChangedAfterRefusals(Declined declined, Cost cost) {
    int made = declined.cluster.freeSomeAgents(FREED);
    cost.note(declined.cluster.driver(), made, FREED);
  }
}
