package io.proffer.agent.core.fact;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskState;

/**
 * A framework that has, or lately had, something to run here.
 *
 * @param terminating true once the master ordered its shutdown: no launches, updates are dropped
 */
public record Framework(FrameworkInfo info, boolean terminating) {
  /** Its id. */
  public FrameworkId id() {
    return FrameworkId.of(info.getId());
  }

  /** How much memory it takes. */
  public long weight() {
    return Weight.of(info);
  }

  /** Whether it said that it can handle this. */
  public boolean can(FrameworkInfo.Capability.Type type) {
    return can(info, type);
  }

  /** Whether a framework said that it can handle this. */
  public static boolean can(FrameworkInfo info, FrameworkInfo.Capability.Type type) {
    for (var capability : info.getCapabilitiesList()) {
      if (capability.getType() == type) {
        return true;
      }
    }
    return false;
  }

  /** TASK_DROPPED, which only a partition-aware framework understands; TASK_LOST for others. */
  public static TaskState dropped(FrameworkInfo info) {
    return can(info, FrameworkInfo.Capability.Type.PARTITION_AWARE)
        ? TaskState.TASK_DROPPED
        : TaskState.TASK_LOST;
  }
}
