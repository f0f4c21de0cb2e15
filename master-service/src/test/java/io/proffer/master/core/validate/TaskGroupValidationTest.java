package io.proffer.master.core.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.TaskInfo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "agent_id { value: 'wrong' } |"
            + " Task uses invalid agent wrong while agent a is expected",
        "container { type: MESOS network_infos { } }"
            + " health_check { type: TCP tcp { port: 1 } } |"
            + " HTTP and TCP health checks are not supported for nested containers not joining"
            + " parent's network",
        "container { type: DOCKER docker { image: 'i' } } |"
            + " Docker ContainerInfo is not supported on the task",
        "limits { key: 'cpus' value { value: 1 } } |"
            + " Resource limits may only be set for tasks within a task group when the"
            + " 'share_cgroups' field is set to 'false'.",
      })
  void oneBadTaskSpoilsTheGroup(String changes, String text) {
    assertEquals(
        Optional.of("Task 't2' is invalid: " + text),
        check(DEFAULT, task("t1", DEFAULT, ""), task("t2", DEFAULT, changes)));
  }

  @Test
  void tasksNeedAnExecutor() {
    var task = task("t", DEFAULT, "").toBuilder().clearExecutor().build();
    assertEquals(
        Optional.of("Task 't' is invalid: 'TaskInfo.executor' must be set"), check(DEFAULT, task));
  }

  @Test
  void theExecutorHasAType() {
    var without = DEFAULT.toBuilder().clearType().build();
    assertEquals(
        Optional.of("'ExecutorInfo.type' must be set"), check(without, task("t", without, "")));
    var unknown = DEFAULT.toBuilder().setType(ExecutorInfo.Type.UNKNOWN).build();
    assertEquals(Optional.of("Unknown executor type"), check(unknown, task("t", unknown, "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "command { value: 'x' } |"
            + " 'ExecutorInfo.command' must not be set for 'DEFAULT' executor",
        "container { type: DOCKER docker { image: 'i' } } |"
            + " 'ExecutorInfo.container.type' must be 'MESOS' for 'DEFAULT' executor",
        "container { type: MESOS mesos { image { type: DOCKER docker { name: 'n' } } } } |"
            + " 'ExecutorInfo.container.mesos.image' must not be set for 'DEFAULT' executor",
        "framework_id { value: 'zzz' } |"
            + " ExecutorInfo has an invalid FrameworkID (Actual: zzz vs Expected: f)",
        "container { type: MESOS linux_info { share_cgroups: true } } |"
            + " The 'share_cgroups' field cannot be set to 'true' on executor containers",
      })
  void theExecutorMustBeSound(String changes, String text) {
    var builder = DEFAULT.toBuilder();
    Given.merge(changes, builder);
    var executor = builder.build();
    assertEquals(Optional.of(text), check(executor, task("t", executor, "")));
  }

  @Test
  void aCustomExecutorMayNotBeDocker() {
    var builder = DEFAULT.toBuilder().setType(ExecutorInfo.Type.CUSTOM);
    Given.merge("command { value: 'x' } container { type: DOCKER docker { image: 'i' } }", builder);
    var executor = builder.build();
    assertEquals(
        Optional.of("Docker ContainerInfo is not supported on the executor"),
        check(executor, task("t", executor, "")));
  }

  @Test
  void allTasksHaveTheGroupsExecutor() {
    var other = DEFAULT.toBuilder().setName("other").build();
    assertEquals(
        Optional.of("The `ExecutorInfo` of task 't2' is different from executor 'e'"),
        check(DEFAULT, task("t1", DEFAULT, ""), task("t2", other, "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "mem:32;disk:32 | less CPUs (None) than the minimum required (0.01)",
        "cpus:0.009;mem:32;disk:32 | less CPUs (0.009) than the minimum required (0.01)",
        "cpus:0.1;disk:32 | less memory (None) than the minimum required (32MB)",
        "cpus:0.1;mem:16;disk:32 | less memory (16MB) than the minimum required (32MB)",
        "cpus:0.1;mem:32 | no disk",
      })
  void executorsOfGroupsHaveAMinimum(String resources, String text) {
    var executor =
        LaunchCompletion.withRole(
            DEFAULT.toBuilder()
                .clearResources()
                .addAllResources(io.proffer.api.resource.Resources.parse(resources, "*").messages())
                .build(),
            "r");
    assertEquals(
        Optional.of("Executor 'e' uses " + text), check(executor, task("t", executor, "")));
  }

  @Test
  void theWholeGroupMustFitTheOffer() {
    var more = "resources { name: 'cpus' type: SCALAR scalar { value: 2 } }";
    assertEquals(
        Optional.of(
            "Total resources cpus(allocated: r):4.3; mem(allocated: r):96;"
                + " disk(allocated: r):32 required by task group and its executor are more than"
                + " available "
                + Given.OFFER),
        check(DEFAULT, task("t1", DEFAULT, more), task("t2", DEFAULT, more)));
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
