package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.HostCommand;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.state.Turn;

/**
 * The disk is full: what runs goes on, what ends is told, and nothing is launched that would take
 * the room which is left for that.
 */
public final class WatchDisk {
  private WatchDisk() {}

  /** What is said twice changes nothing. */
  public static void decide(HostCommand.Disk disk, Turn turn) {
    if (disk.full() != turn.state().isDiskFull()) {
      turn.emit(disk.full() ? new AgentEvent.DiskFilled() : new AgentEvent.DiskFreed());
    }
  }
}
