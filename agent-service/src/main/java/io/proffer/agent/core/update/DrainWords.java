package io.proffer.agent.core.update;

import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.state.Turn;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;

/** While an agent is drained, frameworks hear that this is why their tasks are killed. */
final class DrainWords {
  private DrainWords() {}

  /** The same status where there is nothing to add. */
  static TaskStatus of(Turn turn, TaskKey key, TaskStatus status) {
    var draining = turn.state().draining();
    var killed = status.getState() == TaskState.TASK_KILLED;
    if (draining.isEmpty() || !(killed || status.getState() == TaskState.TASK_KILLING)) {
      return status;
    }
    var words = status.toBuilder().setReason(TaskStatus.Reason.REASON_AGENT_DRAINING);
    if (killed && draining.get().config().getMarkGone() && isPartitionAware(turn, key)) {
      words.setState(TaskState.TASK_GONE_BY_OPERATOR);
    }
    return words.build();
  }

  private static boolean isPartitionAware(Turn turn, TaskKey key) {
    return turn.state()
        .frameworks()
        .find(key.framework())
        .filter(framework -> framework.can(FrameworkInfo.Capability.Type.PARTITION_AWARE))
        .isPresent();
  }
}
