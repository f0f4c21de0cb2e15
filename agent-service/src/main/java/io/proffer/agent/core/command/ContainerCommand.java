package io.proffer.agent.core.command;

import io.proffer.agent.core.fact.ContainerId;

/** What the containerizer reports. Containers that are not known are ignored. */
public sealed interface ContainerCommand extends Command {
  ContainerId container();

  /**
   * Its command has been started.
   *
   * @param pid of the supervisor
   */
  record Started(ContainerId container, long pid) implements ContainerCommand {}

  /** Its sandbox could not be made; nothing was started. */
  record NoSandbox(ContainerId container, String why) implements ContainerCommand {}

  /** It could not be started, or broke before its command ran. */
  record Broken(ContainerId container, String why) implements ContainerCommand {}

  /**
   * Its command has ended, and no process of it is left.
   *
   * @param waitStatus as wait(2) gives it
   */
  record Exited(ContainerId container, int waitStatus) implements ContainerCommand {}

  /** It is gone, and nobody knows how it ended: its supervisor was killed. */
  record Vanished(ContainerId container) implements ContainerCommand {}
}
