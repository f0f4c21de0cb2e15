package io.proffer.agent.core.command;

import io.proffer.agent.core.fact.ContainerId;
import java.util.List;

/** What the host says. */
public sealed interface HostCommand extends Command {

  /**
   * The first command of a run: which containers an earlier run left. Their starts and ends follow
   * as {@link ContainerCommand}s.
   *
   * @param bootId of this boot of the host
   * @param runtimeDir where containers leave how they end
   * @param found all that run, and all whose end was not told yet
   * @param cleanup whether everything is ended, and then the agent
   */
  record Recover(String bootId, String runtimeDir, List<ContainerId> found, boolean cleanup)
      implements HostCommand {
    public Recover {
      found = List.copyOf(found);
    }
  }

  /**
   * The disk of the work directory has no more room than what was kept back for checkpoints; or has
   * room again.
   */
  record Disk(boolean full) implements HostCommand {}
}
