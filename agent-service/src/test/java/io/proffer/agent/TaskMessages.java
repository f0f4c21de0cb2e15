package io.proffer.agent;

import io.proffer.api.internal.ToAgent;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.Value;

/** Messages as a master sends them, with good defaults. */
public final class TaskMessages {
  private TaskMessages() {}

  /** A framework without a user, so that tasks run as whoever runs the test. */
  public static FrameworkInfo framework(String id, FrameworkInfo.Capability.Type... capabilities) {
    var info =
        FrameworkInfo.newBuilder()
            .setName(id)
            .setUser("")
            .setId(FrameworkID.newBuilder().setValue(id));
    for (var capability : capabilities) {
      info.addCapabilities(FrameworkInfo.Capability.newBuilder().setType(capability));
    }
    return info.build();
  }

  /** A shell command with a tenth of a cpu. */
  public static TaskInfo.Builder task(String id, String command) {
    return TaskInfo.newBuilder()
        .setName(id)
        .setTaskId(TaskID.newBuilder().setValue(id))
        .setAgentId(AgentID.newBuilder().setValue("master-S0"))
        .setCommand(CommandInfo.newBuilder().setValue(command))
        .addResources(
            Resource.newBuilder()
                .setName("cpus")
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(0.1))
                .setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole("test")));
  }

  /** RUN_TASK. */
  public static ToAgent.RunTask run(FrameworkInfo framework, TaskInfo.Builder task) {
    return ToAgent.RunTask.newBuilder()
        .setFrameworkInfo(framework)
        .setTask(task)
        .setLaunchExecutor(true)
        .build();
  }

  /** A task that a custom executor runs. */
  public static TaskInfo.Builder custom(String id, String executor) {
    return task(id, "")
        .clearCommand()
        .setExecutor(
            ExecutorInfo.newBuilder()
                .setExecutorId(ExecutorID.newBuilder().setValue(executor))
                .setCommand(CommandInfo.newBuilder().setValue("./executor")));
  }
}
