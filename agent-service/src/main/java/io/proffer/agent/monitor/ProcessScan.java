package io.proffer.agent.monitor;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All processes of the host at about one moment, and what each tree of them uses.
 *
 * @param processes by their pids
 * @param children pids by that of their parent
 */
record ProcessScan(
    double timestamp,
    SystemUnits units,
    Map<Long, ProcessStat> processes,
    Map<Long, List<Long>> children) {

  /** What a process and all that descend from it use; empty when it is gone. */
  Optional<Usage> tree(long root) {
    if (!processes.containsKey(root)) {
      return Optional.empty();
    }
    long user = 0;
    long system = 0;
    long pages = 0;
    int count = 0;
    int threads = 0;
    var todo = new ArrayDeque<Long>();
    todo.add(root);
    while (!todo.isEmpty()) {
      var pid = todo.removeFirst();
      var process = processes.get(pid);
      // The supervisor reaps whoever is orphaned, so those who have ended count in some parent.
      user += process.userTicks() + process.endedUserTicks();
      system += process.systemTicks() + process.endedSystemTicks();
      pages += process.rssPages();
      threads += process.threads();
      count++;
      todo.addAll(children.getOrDefault(pid, List.of()));
    }
    return Optional.of(
        new Usage(
            timestamp,
            user / (double) units.ticksPerSecond(),
            system / (double) units.ticksPerSecond(),
            pages * units.pageBytes(),
            count,
            threads));
  }
}
