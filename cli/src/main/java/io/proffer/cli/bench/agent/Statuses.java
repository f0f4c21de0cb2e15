package io.proffer.cli.bench.agent;

import com.google.protobuf.ByteString;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.ContainerID;
import io.proffer.api.v1.ContainerStatus;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.NetworkInfo;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.UUID;

/** Words updates with all the fields a real agent's have, so that they weigh the same. */
final class Statuses {
  private static final int PID = 4711;

  private final SplittableRandom random = new SplittableRandom();

  TaskStatus of(SimTask task, TaskState state) {
    var address =
        NetworkInfo.IPAddress.newBuilder()
            .setProtocol(NetworkInfo.Protocol.IPv4)
            .setIpAddress("127.0.0.1");
    var container =
        ContainerStatus.newBuilder()
            .setContainerId(ContainerID.newBuilder().setValue(task.container()))
            .addNetworkInfos(NetworkInfo.newBuilder().addIpAddresses(address))
            .setExecutorPid(PID);
    return base(task.info().getTaskId(), state)
        .setAgentId(task.info().getAgentId())
        .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
        .setExecutorId(ExecutorID.newBuilder().setValue(task.info().getTaskId().getValue()))
        .setContainerStatus(container)
        .build();
  }

  /** Of a task that is not here. */
  TaskStatus lost(TaskID task, AgentID agent) {
    return base(task, TaskState.TASK_LOST)
        .setAgentId(agent)
        .setSource(TaskStatus.Source.SOURCE_AGENT)
        .setMessage("The simulated agent does not hold this task")
        .build();
  }

  /** An id like those of real containers. */
  String container() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  static FromAgent.Record.Builder record(
      FrameworkID framework, TaskStatus status, TaskState latest) {
    var update =
        FromAgent.Update.newBuilder()
            .setFrameworkId(framework)
            .setStatus(status)
            .setLatestState(latest);
    if (status.hasExecutorId()) {
      update.setExecutorId(status.getExecutorId());
    }
    return FromAgent.Record.newBuilder().setUpdate(update);
  }

  private TaskStatus.Builder base(TaskID task, TaskState state) {
    var uuid = ByteBuffer.allocate(16).putLong(random.nextLong()).putLong(random.nextLong()).flip();
    return TaskStatus.newBuilder()
        .setTaskId(task)
        .setState(state)
        .setTimestamp(System.currentTimeMillis() / 1000.0)
        .setUuid(ByteString.copyFrom(uuid));
  }
}
