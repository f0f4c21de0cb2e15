package io.proffer.master.core.step.operation;

import io.proffer.api.id.TaskId;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Statuses;
import java.util.List;

/** An ACCEPT of offers that are not valid: nothing is done, and everything is reported. */
public final class InvalidOffers {
  private InvalidOffers() {}

  /** Tells the framework of each task, and of each other operation that has an id. */
  public static void report(
      Framework framework, List<Offer.Operation> operations, String error, Turn turn) {
    var state = framework.partitionAware() ? TaskState.TASK_DROPPED : TaskState.TASK_LOST;
    for (var operation : operations) {
      for (var task : Launches.tasks(operation)) {
        var status =
            Statuses.refused(
                task,
                state,
                TaskStatus.Reason.REASON_INVALID_OFFERS,
                "Task launched with invalid offers: " + error,
                turn.moment());
        turn.emit(new TaskEvent.Refused(framework.id(), TaskId.of(task.getTaskId()), status));
        Statuses.tell(framework.id(), status, turn);
      }
      if (!Launches.isLaunch(operation)) {
        Unsupported.fail(
            operation, "Operation attempted with invalid offers: " + error, framework, turn);
      }
    }
  }
}
