package io.proffer.cli.bench;

import io.proffer.cli.bench.process.Proc;

/** Each agent is an open file here, and one in the master. */
final class OpenFiles {
  /** Jar files, journals, event loops and such. */
  private static final long OTHERS = 200;

  private OpenFiles() {}

  /**
   * Looks at the limits of both processes before anything is opened.
   *
   * @throws BenchException when one of them is too low
   */
  static void check(BenchOptions options, long masterPid) throws BenchException {
    long calls =
        (long) options.connections() * (options.frameworks() + options.driverLoops())
            + options.frameworks();
    long need = options.agents() + calls + OTHERS;
    check("this process", ProcessHandle.current().pid(), need, options.agents());
    check("the master", masterPid, need, options.agents());
  }

  private static void check(String who, long pid, long need, int agents) throws BenchException {
    var limit = Proc.openFilesLimit(pid);
    if (limit.isPresent() && limit.get() < need) {
      throw new BenchException(
          "%d agents need %d open files, but %s may have %d: raise the limit first (ulimit -n %d; where that is not permitted, as root or in /etc/security/limits.conf), or take --agents=%d at most."
              .formatted(agents, need, who, limit.get(), need, agents - (need - limit.get())));
    }
  }
}
