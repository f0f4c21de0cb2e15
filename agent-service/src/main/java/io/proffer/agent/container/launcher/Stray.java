package io.proffer.agent.container.launcher;

import io.proffer.agent.core.fact.ContainerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container that runs although nothing is left of its control directory: how it ends nobody will
 * hear.
 *
 * @param supervisors of it, which may have ended
 */
public record Stray(ContainerId container, String sandbox, List<ProcessHandle> supervisors) {
  public Stray {
    supervisors = List.copyOf(supervisors);
  }

  /**
   * Looks for them. Blocks; takes no time where each container has its directory.
   *
   * @param containers where control directories are
   * @param sandboxes of all containers that may run
   */
  public static List<Stray> of(Path containers, Map<ContainerId, String> sandboxes) {
    var found = new ArrayList<Stray>();
    sandboxes.forEach(
        (container, sandbox) -> {
          if (!Files.exists(containers.resolve(container.value()))) {
            find(container, sandbox).ifPresent(found::add);
          }
        });
    return found;
  }

  private static Optional<Stray> find(ContainerId container, String sandbox) {
    var supervisors =
        ProcessHandle.allProcesses().filter(one -> holds(one, container, sandbox)).toList();
    var runs =
        !supervisors.isEmpty()
            || ProcessHandle.allProcesses().anyMatch(one -> Remains.isMarked(one.pid(), sandbox));
    return runs ? Optional.of(new Stray(container, sandbox, supervisors)) : Optional.empty();
  }

  /** Whatever was its runtime directory: only a supervisor is called so. */
  private static boolean holds(ProcessHandle process, ContainerId container, String sandbox) {
    var arguments = Processes.arguments(process.pid());
    var at = arguments.indexOf(sandbox);
    return at > 0 && arguments.get(at - 1).endsWith("/containers/" + container.value());
  }

  /** Ends all its processes. */
  public void kill() {
    for (var supervisor : supervisors) {
      Signals.send(supervisor.pid(), Signals.KILL_ALL);
      Signals.send(supervisor.pid(), Signals.CONTINUE);
    }
    Remains.killOf(Optional.empty(), Optional.of(sandbox));
  }
}
