package io.proffer.e2e.simulation;

import com.google.protobuf.ByteString;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A task as its framework knows it, and whether what it hears of it makes sense. */
final class SimTask {
  private final World world;
  private final Truth truth;
  private final String id;
  private final AgentID agent;
  private final Set<ByteString> heard = new HashSet<>();
  private final Set<ByteString> acknowledged = new HashSet<>();
  private Optional<ByteString> latest = Optional.empty();
  private TaskState state = TaskState.TASK_STAGING;
  private TaskState ordered = TaskState.TASK_STAGING;
  private Optional<Crew.Member> executor = Optional.empty();
  private boolean killed;
  private boolean ran;

  SimTask(World world, Truth truth, String id, AgentID agent) {
    this.world = world;
    this.truth = truth;
    this.id = id;
    this.agent = agent;
  }

  String id() {
    return id;
  }

  TaskID message() {
    return TaskID.newBuilder().setValue(id).build();
  }

  AgentID agent() {
    return agent;
  }

  TaskState state() {
    return state;
  }

  /** Nothing more is to be expected of it. */
  boolean over() {
    return TaskLives.isTerminal(state)
        || state == TaskState.TASK_UNREACHABLE
        || state == TaskState.TASK_UNKNOWN;
  }

  boolean runs() {
    return state == TaskState.TASK_RUNNING;
  }

  boolean killed() {
    return killed;
  }

  void kill() {
    killed = true;
  }

  /** A custom executor runs it. */
  void on(Crew.Member member) {
    executor = Optional.of(member);
  }

  boolean isOn(Crew.Member member) {
    return executor.filter(member::equals).isPresent();
  }

  /** An update came. */
  void hear(TaskStatus status) {
    var next = status.getState();
    if (status.hasUuid() && !hearInOrder(status) && executor.isPresent()) {
      return; // Whether the acknowledgement arrived, nobody has told who says it again.
    }
    if (isFinal(state) && status.getReason() == TaskStatus.Reason.REASON_RECONCILIATION) {
      return; // It was asked for before the end was known, and answered after it was forgotten.
    }
    if (isFinal(state) && next != state) {
      throw world.broken("%s had ended as %s, and then %s".formatted(id, state, shown(status)));
    }
    check(status);
    state = next;
  }

  /** The framework has seen to it. */
  void acknowledge(ByteString uuid) {
    acknowledged.add(uuid);
  }

  /**
   * Each new update comes after the one before was acknowledged, and states go forward; false when
   * it is the last one again.
   */
  private boolean hearInOrder(TaskStatus status) {
    var uuid = status.getUuid();
    if (!heard.add(uuid)) {
      if (!latest.equals(Optional.of(uuid))) {
        throw world.broken(
            "of %s an update came again after later ones: %s".formatted(id, shown(status)));
      }
      return false;
    }
    // An agent that lost its disk knows nothing of what it said before.
    var anew = status.getReason() == TaskStatus.Reason.REASON_RECONCILIATION;
    if (!anew && latest.isPresent() && !acknowledged.contains(latest.get())) {
      throw world.broken(
          "of %s a new update came before the last was acknowledged: %s"
              .formatted(id, shown(status)));
    }
    latest = Optional.of(uuid);
    if (rank(status.getState()) < rank(ordered)) {
      throw world.broken("%s was %s, and then %s".formatted(id, ordered, shown(status)));
    }
    if (status.getState() == TaskState.TASK_FINISHED && !ran) {
      throw world.broken(id + " finished, and its start was never told");
    }
    ordered = status.getState();
    ran |= ordered == TaskState.TASK_RUNNING;
    return true;
  }

  /** What is said of it is what happened. */
  private void check(TaskStatus status) {
    var fate = truth.of(id);
    if (executor.isPresent() ? isWrong(status, fate, executor.get()) : isWrong(status, fate)) {
      throw world.broken(
          "of %s, whose fate is %s, it was said %s".formatted(id, fate, shown(status)));
    }
  }

  private boolean isWrong(TaskStatus status, Truth.Fate fate) {
    return switch (status.getState()) {
      case TASK_RUNNING -> fate == null || fate == Truth.Fate.NEVER_STARTED;
      case TASK_FINISHED -> fate != Truth.Fate.EXITED_WELL;
      case TASK_FAILED -> fate != Truth.Fate.EXITED_BADLY && fate != Truth.Fate.NEVER_STARTED;
      case TASK_KILLED -> !isAskedToEnd();
      case TASK_ERROR -> true;
      case TASK_LOST, TASK_DROPPED ->
          (status.getReason() == TaskStatus.Reason.REASON_AGENT_RESTARTED
                  || status.getReason() == TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED)
              && fate != null
              && fate != Truth.Fate.NEVER_STARTED;
      default -> false;
    };
  }

  private boolean isAskedToEnd() {
    return killed || truth.isDrained(agent.getValue()) || truth.isStopped(id);
  }

  /** What the executor said counts, unless it ended before the agent had heard it. */
  private boolean isWrong(TaskStatus status, Truth.Fate fate, Crew.Member member) {
    var byExecutor = status.getSource() == TaskStatus.Source.SOURCE_EXECUTOR;
    if (status.getSource() == TaskStatus.Source.SOURCE_AGENT
        && status.getReason() != TaskStatus.Reason.REASON_RECONCILIATION
        && truth.isSettled(id)) {
      return true;
    }
    return switch (status.getState()) {
      case TASK_STARTING, TASK_RUNNING -> fate == null;
      case TASK_FINISHED -> fate != Truth.Fate.EXITED_WELL;
      case TASK_FAILED -> byExecutor ? fate != Truth.Fate.EXITED_BADLY : fate == Truth.Fate.RUNS;
      case TASK_KILLED ->
          !(isAskedToEnd() || member.shut())
              || (byExecutor ? fate != Truth.Fate.TERMINATED : fate == Truth.Fate.RUNS);
      case TASK_ERROR -> true;
      case TASK_LOST, TASK_DROPPED ->
          status.getReason() == TaskStatus.Reason.REASON_AGENT_RESTARTED && fate != null;
      default -> false;
    };
  }

  private static boolean isFinal(TaskState state) {
    return switch (state) {
      case TASK_FINISHED, TASK_FAILED, TASK_KILLED, TASK_ERROR -> true;
      default -> false;
    };
  }

  private static int rank(TaskState state) {
    return switch (state) {
      case TASK_STAGING -> 0;
      case TASK_STARTING -> 1;
      case TASK_RUNNING -> 2;
      case TASK_KILLING -> 3;
      default -> 4;
    };
  }

  private static String shown(TaskStatus status) {
    return status.toString().replaceAll("\\s+", " ");
  }
}
