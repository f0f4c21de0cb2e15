package io.proffer.master.core.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskInfo;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TaskValidationTest {
  private static final String AVAILABLE =
      "ports(allocated: r):[31000-32000]; cpus(allocated: r):4; mem(allocated: r):4096;"
          + " disk(allocated: r):8192";

  private static Optional<String> check(String changes) {
    return TaskValidation.checkLaunch(Given.task(changes), Given.context());
  }

  @Test
  void aSoundTaskPasses() {
    assertEquals(Optional.empty(), check(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "task_id { value: '' }            | ID must not be empty",
        "task_id { value: '..' }          | '..' is disallowed",
        "task_id { value: 'a/b' }         | 'a/b' contains invalid characters",
        "task_id { value: 'live' }        | Task has duplicate ID: live",
        "task_id { value: 'unreachable' } | Task reuses the ID of an unreachable task: unreachable",
        "agent_id { value: 'b' }          | Task uses invalid agent b while agent a is expected",
        "kill_policy { grace_period { nanoseconds: -1 } } |"
            + " Task's 'kill_policy.grace_period' must be non-negative",
        "max_completion_time { nanoseconds: -1 } |"
            + " Task's `max_completion_time` must be non-negative",
        "check { type: COMMAND } |"
            + " Task uses invalid check: Expecting 'command' to be set for COMMAND check",
        "health_check { } | Task uses invalid health check: HealthCheck must specify 'type'",
        "resources { name: 'gpus' type: SCALAR scalar { value: 0.5 } } |"
            + " Task uses invalid resources: Invalid 'gpus' resource: The 'gpus' resource must be"
            + " an unsigned integer",
        "resources { name: 'cpus' type: SCALAR scalar { value: -1 } } |"
            + " Task uses invalid resources: Invalid resources: Resource"
            + " 'cpus(allocated: r):-1' is invalid: Invalid scalar resource: value <= 0",
        "resources { name: 'disk' type: SCALAR scalar { value: 1 } disk { } } |"
            + " Task uses invalid resources: Invalid DiskInfo: DiskInfo is set but empty",
        "resources { name: 'x' type: SCALAR scalar { value: 1 } allocation_info { role: 's' } } |"
            + " Invalid task resources: The resources have multiple allocation roles ('r' and 's')"
            + " but only one allocation role is allowed",
        "resources { name: 'cpus' type: SCALAR scalar { value: 1 } revocable { } } |"
            + " Task mixes revocable and non-revocable resources: Cannot use both revocable and"
            + " non-revocable 'cpus' at the same time",
        "command { environment { variables { name: 'X' } } } |"
            + " Task's `CommandInfo` is invalid: Environment variable 'X' of type 'VALUE' must have"
            + " a value set",
        "container { type: DOCKER } |"
            + " Task's `ContainerInfo` is invalid: DockerInfo 'docker' is not set for DOCKER typed"
            + " ContainerInfo",
        "container { type: MESOS volumes { mode: RW container_path: 'p' } } |"
            + " Task's `ContainerInfo` is invalid: Invalid volume: Only one of them should be set:"
            + " 'host_path', 'image' and 'source'",
        "limits { key: 'disk' value { value: 1 } } |"
            + " Only cpus and mem may be included in a task's resource limits",
        "limits { key: 'cpus' value { value: 0.05 } } |"
            + " The cpu limit must be greater than or equal to the cpu request",
        "limits { key: 'mem' value { value: 16 } } |"
            + " The memory limit must be greater than or equal to the memory request",
        "executor { executor_id { value: 'e' } } | Task should have at least one (but not both) of"
            + " CommandInfo or ExecutorInfo present",
        "container { type: MESOS linux_info { share_cgroups: false } } |"
            + " Only tasks in a task group may have 'share_cgroups' set to 'false'",
      })
  void theFirstThingThatIsWrongIsTold(String changes, String text) {
    assertEquals(Optional.of(text), check(changes));
  }

  @Test
  void idsAreJudgedBeforeEverythingElse() {
    assertEquals(
        Optional.of("'a\nb' contains invalid characters"),
        check("task_id { value: 'a\\nb' } agent_id { value: 'b' } health_check { }"));
    assertEquals(
        Optional.of("ID must not be greater than 255 characters"),
        check("task_id { value: '" + "x".repeat(256) + "' }"));
    assertEquals(Optional.empty(), check("task_id { value: 'a b' }"));
  }

  @Test
  void nothingToUseIsNothingToRun() {
    var task = Given.task("").toBuilder().clearResources().build();
    assertEquals(
        Optional.of("Task uses no resources"), TaskValidation.checkLaunch(task, Given.context()));
  }

  @Test
  void resourcesMustBeAllocated() {
    var task = Given.task("").toBuilder();
    task.getResourcesBuilder(1).clearAllocationInfo();
    assertEquals(
        Optional.of("Invalid task resources: The resources are not allocated to a role"),
        TaskValidation.checkLaunch(task.build(), Given.context()));
  }

  @Test
  void zeroAndTinyAmountsAreAccepted() {
    assertEquals(
        Optional.empty(), check("resources { name: 'x' type: SCALAR scalar { value: 0 } }"));
  }

  @Test
  void infinityIsALimit() {
    assertEquals(Optional.empty(), check("limits { key: 'cpus' value { value: inf } }"));
    assertEquals(
        Optional.of("The cpu limit must be greater than or equal to the cpu request"),
        check("limits { key: 'cpus' value { value: nan } }"));
  }

  @Test
  void limitsNeedRequestsAndAnAgentThatKnowsThem() {
    var task = Given.task("limits { key: 'cpus' value { value: 1 } }").toBuilder();
    task.getResourcesBuilder(0).setName("other");
    assertEquals(
        Optional.of("When a CPU limit is specified, a CPU request must also be specified"),
        TaskValidation.checkLaunch(task.build(), Given.context()));
    assertEquals(
        Optional.of("Agent is not capable of handling task resource limits"),
        LimitValidation.check(task.build(), false));
  }

  @Test
  void neitherCommandNorExecutorIsNoTask() {
    var task = Given.task("").toBuilder().clearCommand().build();
    assertEquals(
        Optional.of(
            "Task should have at least one (but not both) of CommandInfo or ExecutorInfo present"),
        TaskValidation.checkLaunch(task, Given.context()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "type: SCALAR scalar { value: 100000 } | unobtainium(allocated: r):100000",
        "type: SET set { item: 'a' }           | unobtainium(allocated: r):{a}",
        "type: SCALAR scalar { value: 1 } revocable { } | unobtainium(allocated: r){REV}:1",
        "type: RANGES ranges { range { begin: 1 end: 2 } } | unobtainium(allocated: r):[1-2]",
      })
  void whatWasNotOfferedCannotBeUsed(String value, String printed) {
    assertEquals(
        Optional.of(
            "Total resources cpus(allocated: r):0.1; mem(allocated: r):32; "
                + printed
                + " required by task and its executor is more than available "
                + AVAILABLE),
        check("resources { name: 'unobtainium' " + value + " }"));
  }

  @Test
  void resourcesOfAnotherRoleAreNotOffered() {
    TaskInfo task =
        LaunchCompletion.launch(
            Given.task("").toBuilder()
                .clearResources()
                .addAllResources(Resources.parse("cpus:0.1", "*").withAllocation("x").messages())
                .build(),
            "r",
            Given.FRAMEWORK);
    assertEquals(
        Optional.of(
            "Total resources cpus(allocated: x):0.1 required by task and its executor is more than"
                + " available "
                + AVAILABLE),
        TaskValidation.checkLaunch(task, Given.context()));
  }

  @Test
  void sharedVolumesMayBeUsedOftenerThanOffered() {
    var volume =
        "resources { name: 'disk' type: SCALAR scalar { value: 64 } shared { }"
            + " reservations { type: DYNAMIC role: 'r' } disk { persistence { id: 'v' }"
            + " volume { container_path: 'p' mode: RW } } }";
    var offered = Resources.of(Given.task(volume).getResourcesList());
    assertEquals(
        Optional.empty(),
        TaskValidation.checkLaunch(Given.task(volume), Given.context(offered, Optional.empty())));
  }
}
