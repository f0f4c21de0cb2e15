package io.proffer.agent.container.launcher;

import java.util.HashSet;
import java.util.Set;

/**
 * Who is in a sandbox, told from the processes of this host alone. A control directory that is not
 * there says nothing: another one may be mounted in its place, or none.
 */
public final class Occupants {
  private static final String CONTAINERS = "/containers/";

  private Occupants() {}

  /** Ids of all containers that a process came of, or is the supervisor of. Blocks. */
  public static Set<String> containers() {
    var found = new HashSet<String>();
    ProcessHandle.allProcesses().forEach(process -> look(process.pid(), found));
    return found;
  }

  private static void look(long pid, Set<String> found) {
    var environment = Remains.environment(pid);
    var mark = environment.indexOf(Remains.MARK);
    if (mark >= 0) {
      var start = mark + Remains.MARK.length();
      add(environment.substring(start, environment.indexOf('\0', start)), found);
    }
    for (var argument : Processes.arguments(pid)) {
      if (argument.contains(CONTAINERS)) {
        add(argument, found);
      }
    }
  }

  /** Sandboxes and control directories both end with the id. */
  private static void add(String path, Set<String> found) {
    found.add(path.substring(path.lastIndexOf('/') + 1));
  }
}
