package io.proffer.master.core.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.TaskInfo;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExecutorValidationTest {
  private static TaskInfo task(ExecutorInfo executor) {
    return Given.task("").toBuilder().clearCommand().setExecutor(executor).build();
  }

  private static Optional<String> check(ExecutorInfo executor) {
    return TaskValidation.checkLaunch(task(executor), Given.context());
  }

  @Test
  void aSoundExecutorPasses() {
    assertEquals(Optional.empty(), check(Given.executor("")));
    assertEquals(Optional.empty(), check(Given.executor("type: CUSTOM")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "type: DEFAULT | 'ExecutorInfo.command' must not be set for 'DEFAULT' executor",
        "executor_id { value: 'ex/1' } | 'ex/1' contains invalid characters",
        "shutdown_grace_period { nanoseconds: -1 } |"
            + " ExecutorInfo's 'shutdown_grace_period' must be non-negative",
        "command { environment { variables { name: 'X' } } } |"
            + " Executor's `CommandInfo` is invalid: Environment variable 'X' of type 'VALUE' must"
            + " have a value set",
        "container { type: DOCKER } |"
            + " Executor's `ContainerInfo` is invalid: DockerInfo 'docker' is not set for DOCKER"
            + " typed ContainerInfo",
        "framework_id { value: 'zzz' } |"
            + " ExecutorInfo has an invalid FrameworkID (Actual: zzz vs Expected: f)",
        "resources { name: 'gpus' type: SCALAR scalar { value: 0.5 } } |"
            + " Executor uses invalid resources: Invalid 'gpus' resource: The 'gpus' resource must"
            + " be an unsigned integer",
        "resources { name: 'x' type: SCALAR scalar { value: 1 } allocation_info { role: 's' } } |"
            + " Invalid executor resources: The resources have multiple allocation roles ('r' and"
            + " 's') but only one allocation role is allowed",
        "resources { name: 'cpus' type: SCALAR scalar { value: 1 } revocable { } } |"
            + " Executor mixes revocable and non-revocable resources: Cannot use both revocable and"
            + " non-revocable 'cpus' at the same time",
        "type: UNKNOWN | 'ExecutorInfo.type' must be 'CUSTOM'",
        "container { type: MESOS linux_info { share_cgroups: true } } |"
            + " The 'share_cgroups' field cannot be set to 'true' on executor containers",
      })
  void theFirstThingThatIsWrongIsTold(String changes, String text) {
    assertEquals(Optional.of(text), check(Given.executor(changes)));
  }

  @Test
  void executorsNeedACommand() {
    var without = Given.executor("").toBuilder().clearCommand();
    assertEquals(Optional.of("'ExecutorInfo.command' must be set"), check(without.build()));
    assertEquals(
        Optional.of("'ExecutorInfo.command' must be set for 'CUSTOM' executor"),
        check(without.setType(ExecutorInfo.Type.CUSTOM).build()));
    assertEquals(
        Optional.of("'ExecutorInfo.type' must be 'CUSTOM'"),
        check(without.setType(ExecutorInfo.Type.DEFAULT).build()));
  }

  @Test
  void theFrameworkMustBeNamed() {
    assertEquals(
        Optional.of("'ExecutorInfo.framework_id' must be set"),
        check(Given.executor("").toBuilder().clearFrameworkId().build()));
  }

  @Test
  void sharedVolumesAreNotForExecutors() {
    var volume =
        "resources { name: 'disk' type: SCALAR scalar { value: 64 } shared { }"
            + " reservations { type: DYNAMIC role: 'r' } disk { persistence { id: 'v' }"
            + " volume { container_path: 'p' mode: RW } } }";
    assertEquals(
        Optional.of(
            "Executor resources cpus(allocated: r):0.1; mem(allocated: r):32;"
                + " disk(allocated: r)(reservations: [(DYNAMIC,r)])[v:p]<SHARED>:64 should not"
                + " contain any shared resources"),
        check(Given.executor(volume)));
  }

  @Test
  void portsCannotBeUsedTwice() {
    var port =
        "resources { name: 'ports' type: RANGES ranges { range { begin: 31000 end: 31001 } } }";
    var task = task(Given.executor(port)).toBuilder();
    Given.merge(
        "resources { name: 'ports' type: RANGES allocation_info { role: 'r' }"
            + " ranges { range { begin: 31001 end: 31002 } } }",
        task);
    assertEquals(
        Optional.of(
            "There are overlapping resources in the task resources cpus(allocated: r):0.1;"
                + " mem(allocated: r):32; ports(allocated: r):[31001-31002] and executor resources"
                + " cpus(allocated: r):0.1; mem(allocated: r):32;"
                + " ports(allocated: r):[31000-31001]"),
        TaskValidation.checkLaunch(task.build(), Given.context()));
  }

  @Test
  void anExecutorThatRunsIsNotChargedAgain() {
    var executor = Given.executor("resources { name: 'disk' type: SCALAR scalar { value: 8192 } }");
    var task = task(executor).toBuilder();
    Given.merge(
        "resources { name: 'disk' type: SCALAR allocation_info { role: 'r' }"
            + " scalar { value: 1 } }",
        task);
    assertTrue(
        TaskValidation.checkLaunch(task.build(), Given.context())
            .orElseThrow()
            .startsWith("Total resources cpus(allocated: r):0.2; mem(allocated: r):64;"));
    assertEquals(
        Optional.empty(),
        TaskValidation.checkLaunch(
            task.build(), Given.context(Given.OFFER, Optional.of(executor))));
  }

  @Test
  void labelsAndTheOrderOfUrisDoNotMakeAnotherExecutor() {
    var running = Given.executor("command { uris { value: 'a' } uris { value: 'b' } }");
    var same =
        Given.executor(
            "command { uris { value: 'b' } uris { value: 'a' } }"
                + " labels { labels { key: 'k' } } shutdown_grace_period { nanoseconds: 1 }");
    assertEquals(
        Optional.empty(),
        TaskValidation.checkLaunch(task(same), Given.context(Given.OFFER, Optional.of(running))));
  }

  @Test
  void anotherExecutorOfTheSameIdIsShownBesideTheRunningOne() {
    var running = Given.executor("name: 'one'");
    var other = Given.executor("name: 'two'");
    var dashes = "-".repeat(60) + "\n";
    assertEquals(
        Optional.of(
            "ExecutorInfo is not compatible with existing ExecutorInfo with same ExecutorID.\n"
                + dashes
                + "Existing ExecutorInfo:\n"
                + running
                + "\n"
                + dashes
                + "ExecutorInfo:\n"
                + other
                + "\n"
                + dashes),
        TaskValidation.checkLaunch(task(other), Given.context(Given.OFFER, Optional.of(running))));
  }
}
