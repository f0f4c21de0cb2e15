package io.proffer.cli.bench;

import io.proffer.cli.bench.process.Proc;

/** Time and processors from one moment to another. */
final class Meter {
  private final long pid;
  private final int done;
  private final long startNanos = System.nanoTime();
  private final long machine = Proc.machineBusyMicros();
  private final long master;
  private final long compiler;
  private final long system;
  private final long driver;

  /**
   * Starts now.
   *
   * @param done life cycles that were through before
   */
  Meter(long pid, int done) {
    this.pid = pid;
    this.done = done;
    this.master = Proc.cpuMicros(pid);
    this.compiler = Proc.compilerMicros(pid);
    this.system = Proc.systemMicros(pid);
    this.driver = Proc.cpuMicros(ProcessHandle.current().pid());
  }

  /** How much of all processors the master used since, in percent. */
  double masterShare() {
    var processors = Runtime.getRuntime().availableProcessors() * Patience.secondsSince(startNanos);
    return 100 * (Proc.cpuMicros(pid) - master) / (processors * 1e6);
  }

  /**
   * Stops.
   *
   * @param doneNow life cycles that are through now
   */
  void read(int doneNow, Figures figures) {
    double seconds = Patience.secondsSince(startNanos);
    long byMaster = Proc.cpuMicros(pid) - master;
    long byCompiler = Proc.compilerMicros(pid) - compiler;
    long bySystem = Proc.systemMicros(pid) - system;
    long byDriver = Proc.cpuMicros(ProcessHandle.current().pid()) - driver;
    long byAll = Proc.machineBusyMicros() - machine;
    int cycles = Math.max(1, doneNow - done);
    double processors = Runtime.getRuntime().availableProcessors() * seconds * 1e6;
    figures.add("life cycles per second", cycles / seconds, "");
    figures.add("master CPU per life cycle", byMaster / (double) cycles, "us");
    figures.add("of it for compiling itself", byCompiler / (double) cycles, "us");
    figures.add("of it in calls of the system", bySystem / (double) cycles, "us");
    figures.add("driver CPU per life cycle", byDriver / (double) cycles, "us");
    figures.add("processors used by the master", 100 * byMaster / processors, "%");
    figures.add("processors used by the driver", 100 * byDriver / processors, "%");
    figures.add(
        "processors used by others",
        Math.max(0, 100 * (byAll - byMaster - byDriver) / processors),
        "%");
  }
}
