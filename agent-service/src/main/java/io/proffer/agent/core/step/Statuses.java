package io.proffer.agent.core.step;

import com.google.protobuf.ByteString;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.state.Turn;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.v1.ContainerID;
import io.proffer.api.v1.ContainerStatus;
import io.proffer.api.v1.NetworkInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.nio.ByteBuffer;

/** Words status updates as scheduler-api, section 7, tells their fields by origin. */
public final class Statuses {
  private Statuses() {}

  /** From a command executor: with the status of its container, without reason and message. */
  public static TaskStatus.Builder fromExecutor(Turn turn, Task task, long pid, TaskState state) {
    return base(turn, task.key(), state)
        .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
        .setContainerStatus(container(turn, task.container(), pid));
  }

  /** The same from one whose pid nobody knows any more. */
  public static TaskStatus.Builder fromExecutor(Turn turn, Task task, TaskState state) {
    return base(turn, task.key(), state)
        .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
        .setContainerStatus(container(turn, task.container()));
  }

  /** What the agent knows of a container that runs. */
  public static ContainerStatus container(Turn turn, ContainerId container, long pid) {
    return container(turn, container).setExecutorPid(Math.toIntExact(pid)).build();
  }

  private static ContainerStatus.Builder container(Turn turn, ContainerId container) {
    var address =
        NetworkInfo.IPAddress.newBuilder()
            .setProtocol(NetworkInfo.Protocol.IPv4)
            .setIpAddress(turn.state().facts().ip());
    return ContainerStatus.newBuilder()
        .setContainerId(ContainerID.newBuilder().setValue(container.value()))
        .addNetworkInfos(NetworkInfo.newBuilder().addIpAddresses(address));
  }

  /** From the agent, about a task it holds or does not hold. */
  public static TaskStatus fromAgent(
      Turn turn, TaskKey key, TaskState state, TaskStatus.Reason reason, String message) {
    return base(turn, key, state)
        .setSource(TaskStatus.Source.SOURCE_AGENT)
        .setReason(reason)
        .setMessage(message)
        .build();
  }

  /** Whether nothing follows this state. */
  public static boolean isTerminal(TaskState state) {
    return switch (state) {
      case TASK_FINISHED,
          TASK_FAILED,
          TASK_KILLED,
          TASK_ERROR,
          TASK_LOST,
          TASK_DROPPED,
          TASK_GONE,
          TASK_GONE_BY_OPERATOR ->
          true;
      case TASK_STAGING,
          TASK_STARTING,
          TASK_RUNNING,
          TASK_KILLING,
          TASK_UNREACHABLE,
          TASK_UNKNOWN ->
          false;
    };
  }

  /** Of a task that is not here nothing is known; most have a command. */
  private static TaskStatus.Builder base(Turn turn, TaskKey key, TaskState state) {
    var status =
        TaskStatus.newBuilder()
            .setTaskId(key.task().message())
            .setState(state)
            .setExecutorId(executor(turn, key).message())
            .setTimestamp(turn.timestamp())
            .setUuid(uuid(turn));
    turn.state().agent().map(AgentId::message).ifPresent(status::setAgentId);
    return status;
  }

  private static ExecutorId executor(Turn turn, TaskKey key) {
    return turn.state()
        .tasks()
        .find(key)
        .map(Task::executorId)
        .orElseGet(() -> new ExecutorId(key.task().value()));
  }

  private static ByteString uuid(Turn turn) {
    var id = turn.moment().ids().next();
    return ByteString.copyFrom(
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .flip());
  }
}
