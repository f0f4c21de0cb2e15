package io.proffer.master.core.validate;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.HealthCheck;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.TaskInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills in what a framework may leave out (scheduler-api.md, 5 (b)): the offer's role on resources,
 * the executor's framework, the type of a health check, a group's executor.
 */
public final class LaunchCompletion {
  private LaunchCompletion() {}

  /** A task of LAUNCH. */
  public static TaskInfo launch(TaskInfo task, String role, FrameworkId framework) {
    var out = common(task, role);
    if (out.hasExecutor()) {
      var executor = withRole(task.getExecutor(), role).toBuilder();
      if (!executor.hasFrameworkId()) {
        executor.setFrameworkId(framework.message());
      }
      out.setExecutor(executor);
    }
    return out.build();
  }

  /**
   * A task of LAUNCH_GROUP; its executor's framework is not filled in, so its absence is an error.
   */
  public static TaskInfo group(TaskInfo task, ExecutorInfo executor, String role) {
    var own = task.hasExecutor() ? task.getExecutor() : executor;
    return common(task, role).setExecutor(withRole(own, role)).build();
  }

  /** The executor of a group, or of a task, with the role on its resources. */
  public static ExecutorInfo withRole(ExecutorInfo executor, String role) {
    return executor.toBuilder()
        .clearResources()
        .addAllResources(withRole(executor.getResourcesList(), role))
        .build();
  }

  /** The offer's role on each resource that names none. */
  public static List<Resource> withRole(List<Resource> resources, String role) {
    var allocation = Resource.AllocationInfo.newBuilder().setRole(role).build();
    var out = new ArrayList<Resource>(resources.size());
    for (var resource : resources) {
      out.add(
          resource.hasAllocationInfo()
              ? resource
              : resource.toBuilder().setAllocationInfo(allocation).build());
    }
    return out;
  }

  private static TaskInfo.Builder common(TaskInfo task, String role) {
    var out =
        task.toBuilder().clearResources().addAllResources(withRole(task.getResourcesList(), role));
    if (task.hasHealthCheck() && !task.getHealthCheck().hasType()) {
      var check = task.getHealthCheck();
      if (check.hasCommand()) {
        out.getHealthCheckBuilder().setType(HealthCheck.Type.COMMAND);
      } else if (check.hasHttp()) {
        out.getHealthCheckBuilder().setType(HealthCheck.Type.HTTP);
      }
    }
    return out;
  }
}
