package io.proffer.cli.bench.host;

import io.proffer.cli.bench.Figures;
import io.proffer.cli.bench.Patience;
import io.proffer.cli.bench.process.Proc;

/** Processor time from one moment to another, and whose it was. */
final class Costs {
  private final Cluster cluster;
  private final long startNanos = System.nanoTime();
  private final Reading before;

  private record Reading(
      long machine, long agent, long compiler, long system, long tasks, long master, long driver) {
    static Reading of(Cluster cluster) {
      return new Reading(
          Proc.machineBusyMicros(),
          Proc.cpuMicros(cluster.agentPid()),
          Proc.compilerMicros(cluster.agentPid()),
          Proc.systemMicros(cluster.agentPid()),
          Proc.childrenMicros(cluster.agentPid()),
          Proc.cpuMicros(cluster.masterPid()),
          Proc.cpuMicros(ProcessHandle.current().pid()));
    }
  }

  private Costs(Cluster cluster) {
    this.cluster = cluster;
    this.before = Reading.of(cluster);
  }

  static Costs fromNow(Cluster cluster) {
    return new Costs(cluster);
  }

  /** Stops, and adds what each launch cost. */
  void read(int launches, Figures figures) {
    double seconds = Patience.secondsSince(startNanos);
    var now = Reading.of(cluster);
    long agent = now.agent - before.agent;
    long tasks = now.tasks - before.tasks;
    long master = now.master - before.master;
    long driver = now.driver - before.driver;
    double count = launches;
    figures.add("agent CPU per launch", agent / count / 1000, "ms");
    figures.add(
        "of it for compiling itself", (now.compiler - before.compiler) / count / 1000, "ms");
    figures.add("of it in calls of the system", (now.system - before.system) / count / 1000, "ms");
    figures.add("supervisor and task CPU per launch", tasks / count / 1000, "ms");
    figures.add("master CPU per launch", master / count / 1000, "ms");
    figures.add("driver CPU per launch", driver / count / 1000, "ms");
    long others = now.machine - before.machine - agent - tasks - master - driver;
    double processors = Runtime.getRuntime().availableProcessors() * seconds * 1e6;
    figures.add("processors used by others", Math.max(0, 100 * others / processors), "%");
  }
}
