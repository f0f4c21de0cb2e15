package io.proffer.master.core;

import com.google.protobuf.ByteString;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.WeightInfo;
import io.proffer.api.v1.quota.QuotaConfig;
import io.proffer.api.v1.quota.QuotaRequest;
import java.util.List;
import java.util.stream.Stream;

/** Messages with good defaults. */
final class Infos {
  static final FrameworkInfo.Capability.Type PARTITION_AWARE =
      FrameworkInfo.Capability.Type.PARTITION_AWARE;

  private Infos() {}

  static FrameworkInfo framework(String role, FrameworkInfo.Capability.Type... capabilities) {
    var info =
        FrameworkInfo.newBuilder()
            .setUser("user")
            .setName("framework")
            .addRoles(role)
            .setFailoverTimeout(60)
            .addCapabilities(capability(FrameworkInfo.Capability.Type.MULTI_ROLE));
    for (var type : capabilities) {
      info.addCapabilities(capability(type));
    }
    return info.build();
  }

  static FrameworkInfo.Capability capability(FrameworkInfo.Capability.Type type) {
    return FrameworkInfo.Capability.newBuilder().setType(type).build();
  }

  static AgentInfo agent(String hostname, int port, String resources) {
    return AgentInfo.newBuilder()
        .setHostname(hostname)
        .setPort(port)
        .addAllResources(Resources.parse(resources, "*").messages())
        .build();
  }

  /** All there are, as our own agents announce them. */
  static List<AgentInfo.Capability> agentCapabilities() {
    return Stream.of(AgentInfo.Capability.Type.values())
        .filter(type -> type != AgentInfo.Capability.Type.UNKNOWN)
        .map(type -> AgentInfo.Capability.newBuilder().setType(type).build())
        .toList();
  }

  static TaskInfo task(String id, AgentId agent, String resources) {
    return TaskInfo.newBuilder()
        .setName(id)
        .setTaskId(new TaskId(id).message())
        .setAgentId(agent.message())
        .addAllResources(Resources.parse(resources, "*").messages())
        .setCommand(CommandInfo.newBuilder().setValue("true"))
        .build();
  }

  /** The same task, run by a custom executor. */
  static TaskInfo by(ExecutorInfo executor, TaskInfo task) {
    return task.toBuilder().clearCommand().setExecutor(executor).build();
  }

  /** A custom executor; its framework is filled in by the master. */
  static ExecutorInfo executor(String id, String resources) {
    return ExecutorInfo.newBuilder()
        .setExecutorId(new ExecutorId(id).message())
        .setCommand(CommandInfo.newBuilder().setValue("./executor"))
        .addAllResources(Resources.parse(resources, "*").messages())
        .build();
  }

  static Offer.Operation launch(TaskInfo... tasks) {
    return launch(List.of(tasks));
  }

  static Offer.Operation launch(List<TaskInfo> tasks) {
    return Offer.Operation.newBuilder()
        .setType(Offer.Operation.Type.LAUNCH)
        .setLaunch(Offer.Operation.Launch.newBuilder().addAllTaskInfos(tasks))
        .build();
  }

  static WeightInfo weight(String role, double weight) {
    return WeightInfo.newBuilder().setRole(role).setWeight(weight).build();
  }

  /** Of cpus; no guarantee of 0. */
  static QuotaConfig quota(String role, int guarantee, int limit) {
    var config =
        QuotaConfig.newBuilder()
            .setRole(role)
            .putLimits("cpus", Value.Scalar.newBuilder().setValue(limit).build());
    if (guarantee != 0) {
      config.putGuarantees("cpus", Value.Scalar.newBuilder().setValue(guarantee).build());
    }
    return config.build();
  }

  static QuotaRequest quotaRequest(String role, String guarantee) {
    return QuotaRequest.newBuilder()
        .setRole(role)
        .addAllGuarantee(Resources.parse(guarantee, "*").messages())
        .build();
  }

  static TaskStatus status(String task, TaskState state, String uuid) {
    return TaskStatus.newBuilder()
        .setTaskId(new TaskId(task).message())
        .setState(state)
        .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
        .setTimestamp(1)
        .setUuid(ByteString.copyFromUtf8(uuid))
        .build();
  }
}
