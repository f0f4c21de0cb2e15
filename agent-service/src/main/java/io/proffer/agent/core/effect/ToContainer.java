package io.proffer.agent.core.effect;

import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.ExecutorKey;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An order to the containerizer. Containers that are gone ignore it. */
public sealed interface ToContainer extends Effect {
  ContainerId container();

  /**
   * Make the sandbox and start the command in it.
   *
   * @param executor whose run it is, for an executor that speaks to the agent
   * @param directory the sandbox, an absolute path; made anew
   * @param latest a link that shall point to the sandbox
   * @param user who runs the command; empty for the agent's own user
   * @param file what to execute, looked up in PATH
   * @param arguments argv, argv[0] included
   * @param environment the whole environment of the command
   */
  record Launch(
      ContainerId container,
      Optional<ExecutorKey> executor,
      String directory,
      String latest,
      Optional<String> user,
      String file,
      List<String> arguments,
      SortedMap<String, String> environment)
      implements ToContainer {
    public Launch {
      arguments = List.copyOf(arguments);
      environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /** The same with another environment. */
    public Launch with(SortedMap<String, String> others) {
      return new Launch(container, executor, directory, latest, user, file, arguments, others);
    }
  }

  /** SIGTERM to all its processes. */
  record Terminate(ContainerId container) implements ToContainer {}

  /** Its end is known for good: what it left about it may go. */
  record Forget(ContainerId container) implements ToContainer {}

  /** SIGKILL to all its processes; a launch under way is given up. */
  record Destroy(ContainerId container) implements ToContainer {}
}
