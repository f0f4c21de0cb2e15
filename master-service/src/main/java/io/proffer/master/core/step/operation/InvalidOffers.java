package io.proffer.master.core.step.operation;

import io.proffer.api.id.TaskId;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Work;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Statuses;
import java.util.List;
import java.util.Optional;

/** An ACCEPT of offers that are not valid: nothing is done, and everything is reported. */
public final class InvalidOffers {
  private InvalidOffers() {}

  /** Tells the framework of each task, and of each other operation that has an id. */
  public static void report(
      Framework framework, List<Offer.Operation> operations, String error, Turn turn) {
    run(new Work.RefuseAccept(framework.id(), operations, error, 0, 0), turn)
        .ifPresent(rest -> turn.emit(new WorkEvent.Begun(turn.state().works().nextId(), rest)));
  }

  /** One slice more. */
  public static void resume(long workId, Work.RefuseAccept work, Turn turn) {
    var rest = run(work, turn);
    turn.emit(
        rest.isPresent()
            ? new WorkEvent.Advanced(workId, rest.get())
            : new WorkEvent.Ended(workId));
  }

  private static Optional<Work> run(Work.RefuseAccept work, Turn turn) {
    var framework = turn.state().frameworks().find(work.framework());
    int budget = turn.settings().turnEntities();
    int task = work.task();
    for (int i = work.operation(); framework.isPresent() && i < work.operations().size(); i++) {
      var operation = work.operations().get(i);
      int tasks = Launches.count(operation);
      int end = Math.min(tasks, task + budget);
      if (budget == 0) {
        return rest(work, i, task);
      }
      refuse(operation, task, end, framework.get(), work.error(), turn);
      if (end < tasks) {
        return rest(work, i, end);
      }
      budget -= Math.max(1, end - task);
      task = 0;
    }
    return Optional.empty();
  }

  private static Optional<Work> rest(Work.RefuseAccept work, int operation, int task) {
    return Optional.of(
        new Work.RefuseAccept(work.framework(), work.operations(), work.error(), operation, task));
  }

  private static void refuse(
      Offer.Operation operation, int from, int to, Framework framework, String error, Turn turn) {
    var state = framework.partitionAware() ? TaskState.TASK_DROPPED : TaskState.TASK_LOST;
    for (var task : Launches.tasks(operation).subList(from, to)) {
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
