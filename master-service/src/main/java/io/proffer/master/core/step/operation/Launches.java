package io.proffer.master.core.step.operation;

import io.proffer.api.acl.Action;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Work;
import io.proffer.master.core.step.Statuses;
import io.proffer.master.core.validate.LaunchCompletion;
import io.proffer.master.core.validate.OperationSyntax;
import io.proffer.master.core.validate.TaskGroupValidation;
import java.util.List;
import java.util.Optional;

/** The tasks of LAUNCH and LAUNCH_GROUP: which there are, and what becomes of them. */
public final class Launches {
  private static final Optional<String> FINE = Optional.empty();

  private Launches() {}

  /** The tasks of an operation; none for any other kind. */
  public static List<TaskInfo> tasks(Offer.Operation operation) {
    return switch (operation.getType()) {
      case LAUNCH -> operation.getLaunch().getTaskInfosList();
      case LAUNCH_GROUP -> operation.getLaunchGroup().getTaskGroup().getTasksList();
      case UNKNOWN,
          RESERVE,
          UNRESERVE,
          CREATE,
          DESTROY,
          GROW_VOLUME,
          SHRINK_VOLUME,
          CREATE_DISK,
          DESTROY_DISK ->
          List.of();
    };
  }

  /** How much a turn has to do for these: tasks, and operations without any. */
  public static long effort(List<Offer.Operation> operations) {
    long effort = 0;
    for (var operation : operations) {
      effort += Math.max(1, count(operation));
    }
    return effort;
  }

  /** Whether a later turn will come to launch this task. */
  public static boolean isWaiting(Work.Accept work, TaskId task) {
    for (int i = work.operation(); i < work.operations().size(); i++) {
      var tasks = tasks(work.operations().get(i));
      int from = i == work.operation() ? work.task() : 0;
      for (var info : tasks.subList(from, tasks.size())) {
        if (info.getTaskId().getValue().equals(task.value())) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean isLaunch(Offer.Operation operation) {
    var type = operation.getType();
    return type == Offer.Operation.Type.LAUNCH || type == Offer.Operation.Type.LAUNCH_GROUP;
  }

  static int count(Offer.Operation operation) {
    return tasks(operation).size();
  }

  /** What is wrong with a launch as a whole, so that none of its tasks can be launched. */
  static Optional<String> check(Offer.Operation operation, Resources available, Launch launch) {
    return OperationSyntax.check(operation, launch.role())
        .or(
            () ->
                isGroup(operation)
                    ? refuseGroup(operation.getLaunchGroup(), available, launch)
                    : FINE);
  }

  /**
   * Launches or refuses some tasks of one operation; answers what they leave.
   *
   * @param error what {@link #check} said of the operation before its first task
   */
  static Resources run(
      Offer.Operation operation,
      int from,
      int to,
      Resources available,
      Optional<String> error,
      Launch launch) {
    var tasks = tasks(operation);
    var refusal = refusal(operation, error, launch);
    var left = available;
    for (var task : tasks.subList(from, to)) {
      if (refusal.isPresent()) {
        refuse(task, refusal.get(), launch);
      } else {
        left = LaunchTask.run(task, left, launch);
      }
    }
    return left;
  }

  /** A launch that did not happen, as its framework is told. */
  static void refuse(TaskInfo task, Refusal refusal, Launch launch) {
    var turn = launch.turn();
    var status =
        Statuses.refused(task, refusal.state(), refusal.reason(), refusal.message(), turn.moment());
    var framework = launch.framework().id();
    turn.emit(new TaskEvent.Refused(framework, TaskId.of(task.getTaskId()), status));
    Statuses.tell(framework, status, turn);
  }

  /** Why none of an operation's tasks can be launched. */
  private static Optional<Refusal> refusal(
      Offer.Operation operation, Optional<String> error, Launch launch) {
    if (launch.agent().isEmpty()) {
      boolean removed = launch.turn().state().agents().find(launch.agentId()).isEmpty();
      return Optional.of(
          new Refusal(
              launch.framework().partitionAware() ? TaskState.TASK_DROPPED : TaskState.TASK_LOST,
              removed
                  ? TaskStatus.Reason.REASON_AGENT_REMOVED
                  : TaskStatus.Reason.REASON_AGENT_DISCONNECTED,
              removed ? "Agent removed" : "Agent disconnected"));
    }
    if (isGroup(operation)) {
      return forbidden(operation, launch)
          .map(Refusal::unauthorizedGroup)
          .or(() -> error.map(Refusal::invalidGroup));
    }
    return error.map(Refusal::invalid);
  }

  /** A group is launched whole or not at all, by who may launch each of its tasks. */
  private static Optional<String> forbidden(Offer.Operation group, Launch launch) {
    if (launch.rights().on(Action.RUN_TASK).isUnlimited()) {
      return Optional.empty();
    }
    var executor = group.getLaunchGroup().getExecutor();
    for (var task : tasks(group)) {
      var own = task.hasExecutor() ? task : task.toBuilder().setExecutor(executor).build();
      var forbidden = launch.forbids(own);
      if (forbidden.isPresent()) {
        return forbidden;
      }
    }
    return Optional.empty();
  }

  private static boolean isGroup(Offer.Operation operation) {
    return operation.getType() == Offer.Operation.Type.LAUNCH_GROUP;
  }

  private static Optional<String> refuseGroup(
      Offer.Operation.LaunchGroup group, Resources available, Launch launch) {
    var executor = LaunchCompletion.withRole(group.getExecutor(), launch.role());
    var tasks =
        group.getTaskGroup().getTasksList().stream()
            .map(task -> LaunchCompletion.group(task, executor, launch.role()))
            .toList();
    return TaskGroupValidation.check(tasks, executor, launch.context(available))
        .or(
            () ->
                Optional.of(
                    "Task groups are not supported by this version of the master: launch the tasks"
                        + " as command tasks with LAUNCH"));
  }
}
