package io.proffer.cli.bench.host;

import io.proffer.cli.bench.BenchException;
import io.proffer.cli.bench.process.Proc;
import io.proffer.cli.bench.process.ProcessTable;
import io.proffer.cli.bench.process.ProcessTable.Identity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The processes of one container, as the operating system has them.
 *
 * @param task what the supervisor has started
 */
record Container(Identity supervisor, Set<Identity> task) {

  /** Those of the given supervisors that are there. */
  static Set<Container> of(List<Long> supervisors) {
    var table = ProcessTable.read();
    var found = new HashSet<Container>();
    for (var pid : supervisors) {
      table
          .find(pid)
          .map(one -> new Container(one, Set.copyOf(table.children(pid))))
          .ifPresent(found::add);
    }
    return found;
  }

  /** Whether the supervisor has started its command. */
  boolean isComplete() {
    return !task.isEmpty();
  }

  long supervisorBytes() throws BenchException {
    return bytes(supervisor);
  }

  long taskBytes() throws BenchException {
    long sum = 0;
    for (var process : task) {
      sum += bytes(process);
    }
    return sum;
  }

  private static long bytes(Identity process) throws BenchException {
    return Proc.proportionalBytes(process.pid())
        .orElseThrow(
            () ->
                new BenchException(
                    "Cannot read the PSS of a process: expected Linux 4.14 or newer, with"
                        + " /proc/PID/smaps_rollup"));
  }
}
