package io.proffer.master.core.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.TaskInfo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TaskGroupValidationTest {
  private static final ExecutorInfo DEFAULT =
      executor("resources { name: 'disk' type: SCALAR scalar { value: 32 } }");

  private static ExecutorInfo executor(String changes) {
    var builder = Given.executor("").toBuilder().clearCommand();
    Given.merge("type: DEFAULT " + changes, builder);
    return LaunchCompletion.withRole(builder.build(), "r");
  }

  private static TaskInfo task(String id, ExecutorInfo executor, String changes) {
    var task = Given.task("task_id { value: '" + id + "' } " + changes);
    return LaunchCompletion.group(task.toBuilder().clearExecutor().build(), executor, "r");
  }

  private static Optional<String> check(ExecutorInfo executor, TaskInfo... tasks) {
    return TaskGroupValidation.check(List.of(tasks), executor, Given.context());
  }

  @Test
  void aSoundGroupPasses() {
    assertEquals(
        Optional.empty(), check(DEFAULT, task("t1", DEFAULT, ""), task("t2", DEFAULT, "")));
  }

  @Test
  void tasksNeedAnExecutor() {
    var task = task("t", DEFAULT, "").toBuilder().clearExecutor().build();
    assertEquals(
        Optional.of("Task 't' is invalid: 'TaskInfo.executor' must be set"), check(DEFAULT, task));
  }

  @Test
  void controlGroupsAreSharedByAllOrNone() {
    var alone = "container { type: MESOS linux_info { share_cgroups: false } }";
    assertEquals(
        Optional.of(
            "If set, the value of 'share_cgroups' must be the same for all tasks in each task group"
                + " and under a single executor"),
        check(DEFAULT, task("t1", DEFAULT, ""), task("t2", DEFAULT, alone)));
    assertEquals(
        Optional.empty(),
        check(
            DEFAULT,
            task("t1", DEFAULT, alone + " limits { key: 'cpus' value { value: 1 } }"),
            task("t2", DEFAULT, alone)));
  }
}
