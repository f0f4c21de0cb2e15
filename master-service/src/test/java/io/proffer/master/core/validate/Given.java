package io.proffer.master.core.validate;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.TaskInfo;
import java.util.Optional;

/** What the tables of this room start from: a framework f, an agent a, and an offer for role r. */
final class Given {
  static final FrameworkId FRAMEWORK = new FrameworkId("f");
  static final Resources OFFER =
      Resources.parse("ports:[31000-32000];cpus:4;mem:4096;disk:8192", "*").withAllocation("r");

  private Given() {}

  static LaunchContext context() {
    return context(OFFER, Optional.empty());
  }

  static LaunchContext context(Resources available, Optional<ExecutorInfo> running) {
    return new LaunchContext(
        FRAMEWORK,
        new AgentId("a"),
        true,
        id -> id.equals("live"),
        id -> id.equals("unreachable"),
        id -> running.filter(e -> e.getExecutorId().getValue().equals(id)),
        available);
  }

  /** A sound command task; {@code changes} are merged over it in protobuf's text form. */
  static TaskInfo task(String changes) {
    var task =
        parse(
            "name: 't' task_id { value: 't' } agent_id { value: 'a' } "
                + "resources { name: 'cpus' type: SCALAR scalar { value: 0.1 } } "
                + "resources { name: 'mem' type: SCALAR scalar { value: 32 } } "
                + "command { value: 'true' }",
            TaskInfo.newBuilder());
    var builder = task.toBuilder();
    merge(changes, builder);
    return LaunchCompletion.launch(builder.build(), "r", FRAMEWORK);
  }

  /** A sound custom executor with {@code changes} merged over it. */
  static ExecutorInfo executor(String changes) {
    var builder = ExecutorInfo.newBuilder();
    merge(
        "executor_id { value: 'e' } framework_id { value: 'f' } command { value: 'run' } "
            + "resources { name: 'cpus' type: SCALAR scalar { value: 0.1 } } "
            + "resources { name: 'mem' type: SCALAR scalar { value: 32 } } ",
        builder);
    merge(changes, builder);
    return LaunchCompletion.withRole(builder.build(), "r");
  }

  static TaskInfo parse(String text, TaskInfo.Builder builder) {
    merge(text, builder);
    return builder.build();
  }

  static void merge(String text, Message.Builder builder) {
    try {
      TextFormat.merge(text, builder);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
