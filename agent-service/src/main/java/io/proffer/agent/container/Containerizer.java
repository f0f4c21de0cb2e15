package io.proffer.agent.container;

import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.fact.ContainerId;
import java.util.List;
import java.util.Map;

/**
 * Runs containers. Nothing here blocks the caller: work goes to threads of its own, and outcomes
 * come back as {@code ContainerCommand}s, for each container in this order: one of NoSandbox,
 * Broken, Vanished, or Started and then one of Exited, Broken, Vanished.
 */
public interface Containerizer extends AutoCloseable {
  /** Makes the sandbox and starts the command. */
  void launch(ToContainer.Launch order);

  /** SIGTERM to all its processes. A container that is gone, or never was, is left alone. */
  void terminate(ContainerId container);

  /** SIGKILL to all its processes; a launch that waits is given up, as Broken. */
  void destroy(ContainerId container);

  /**
   * Takes over the containers that an earlier process of the agent left in the same runtime
   * directory, those that ended meanwhile too: of each it tells, as if it had been launched here,
   * that it started, and how it ends or has ended. Blocks; called once, before any launch.
   *
   * @param rebooted whether the host was restarted since: then nothing runs, and a process of the
   *     same number is another one
   * @param sandboxes of those that are remembered: what is left in them when nobody holds them any
   *     more is ended
   * @return all of which something will be told
   */
  List<ContainerId> adopt(boolean rebooted, Map<ContainerId, String> sandboxes);

  /** The end of this container was told and is on disk: nothing of it need be kept. */
  void forget(ContainerId container);

  /** Lets go of threads. Containers go on running: whoever wants them gone destroys them first. */
  @Override
  void close();
}
