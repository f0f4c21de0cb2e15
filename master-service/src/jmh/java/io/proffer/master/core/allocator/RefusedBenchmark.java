package io.proffer.master.core.allocator;

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

/** Every framework has refused every agent; all agents are candidates again, for nobody. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 3)
public class RefusedBenchmark {

  /** Prints what one live refusal takes of the heap. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Heap {
    public double bytesPerRefusal;
  }

  /** Agents and frameworks; the latter all active. */
  @State(Scope.Thread)
  public static class Refused {
    @Param({"1000/50", "1000/200", "5000/200", "10000/200"})
    public String size;

    /** Whether a task runs on each agent, so that less than all of it is refused. */
    @Param({"false", "true"})
    public boolean tasks;

    private Declining cluster;
    private double bytesPerRefusal;

    /** It takes as many rounds as there are frameworks. */
    @Setup(Level.Trial)
    public void refuse() {
      var parsed = Size.of(size);
      cluster = new Declining(parsed.first(), parsed.second(), parsed.second());
      cluster.addAgents();
      var _ = cluster.run();
      if (tasks) {
        cluster.runTasks();
        var _ = cluster.run();
      }
      long before = heap();
      long refusals = cluster.declineEverything();
      bytesPerRefusal = (double) (heap() - before) / refusals;
    }

    /** Coming back is not measured. */
    @Setup(Level.Invocation)
    public void returnAgents() {
      cluster.returnAgents();
      cluster.driver().resetClock();
    }
  }

  /** Every agent was refused as often as there are frameworks, each time something else of it. */
  @State(Scope.Thread)
  public static class Different {
    @Param({"1000/50", "1000/200"})
    public String size;

    private Declining cluster;
    private double bytesPerRefusal;

    /** One round after the other. */
    @Setup(Level.Trial)
    public void refuse() {
      var parsed = Size.of(size);
      cluster = new Declining(parsed.first(), parsed.second(), parsed.second());
      cluster.addAgents();
      long before = heap();
      long refusals = cluster.refuseOtherParts(parsed.second());
      bytesPerRefusal = (double) (heap() - before) / refusals;
    }

    /** Coming back is not measured. */
    @Setup(Level.Invocation)
    public void returnAgents() {
      cluster.returnAgents();
      cluster.driver().resetClock();
    }
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Benchmark
  public void refusedRun(Refused refused, Cost cost, Heap heap) {
    cost.note(refused.cluster.driver(), refused.cluster.run());
    heap.bytesPerRefusal = refused.bytesPerRefusal;
  }

  /** Nobody refused all of an agent: each is offered to somebody. */
  @Benchmark
  public void differentlyRefusedRun(Different refused, Cost cost, Heap heap) {
    cost.note(refused.cluster.driver(), refused.cluster.run());
    heap.bytesPerRefusal = refused.bytesPerRefusal;
    refused.cluster.takeBackAll();
  }
}
