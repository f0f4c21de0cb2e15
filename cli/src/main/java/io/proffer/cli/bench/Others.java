package io.proffer.cli.bench;

import io.proffer.cli.bench.process.Proc;

/** How much of the processors none of this run's processes used, from one moment to another. */
final class Others {
  private final long startNanos = System.nanoTime();
  private final long machine = Proc.machineBusyMicros();
  private final long ours = ours();

  /** In percent of all processors. */
  double share() {
    double processors =
        Runtime.getRuntime().availableProcessors() * Patience.secondsSince(startNanos) * 1e6;
    return Math.max(0, 100 * (Proc.machineBusyMicros() - machine - (ours() - ours)) / processors);
  }

  /** Of those too that have ended since: their parent is this process. */
  private static long ours() {
    long pid = ProcessHandle.current().pid();
    return Proc.cpuMicros(pid) + Proc.childrenMicros(pid);
  }
}
