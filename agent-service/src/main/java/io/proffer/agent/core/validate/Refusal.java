package io.proffer.agent.core.validate;

import io.proffer.agent.core.fact.Framework;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;

/** Why a task is not launched, as its framework will hear it. */
public record Refusal(Outcome outcome, TaskStatus.Reason reason, String message) {
  /** What becomes of the task. */
  public enum Outcome {
    /** The launch did not happen; it may be tried elsewhere. */
    DROPPED,
    /** It can never run like this. */
    ERROR,
    /** It was tried and failed. */
    FAILED
  }

  /** The state in the words this framework understands. */
  public TaskState state(FrameworkInfo framework) {
    return switch (outcome) {
      case DROPPED -> Framework.dropped(framework);
      case ERROR -> TaskState.TASK_ERROR;
      case FAILED -> TaskState.TASK_FAILED;
    };
  }
}
