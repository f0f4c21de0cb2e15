package io.proffer.cli.bench;

import io.proffer.cli.bench.process.Proc;

/** Each connection of agents is an open file here, and one in the master. */
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
    long need = options.agentConnections() + calls + OTHERS;
    check("this process", ProcessHandle.current().pid(), need, options);
    check("the master", masterPid, need, options);
  }

  private static void check(String who, long pid, long need, BenchOptions options)
      throws BenchException {
    var limit = Proc.openFilesLimit(pid);
    if (limit.isPresent() && limit.get() < need) {
      throw new BenchException(
          "%d agents need %d open files, but %s may have %d: raise the limit first (ulimit -n %d; where that is not permitted, as root or in /etc/security/limits.conf), have agents share connections (--agents_per_connection=1000), or take fewer --agents."
              .formatted(options.agents(), need, who, limit.get(), need));
    }
  }
}
