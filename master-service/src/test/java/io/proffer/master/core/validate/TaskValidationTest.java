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

  @Test
  void resourcesAreJudgedAgainHoweverTheTaskCame() {
    assertEquals(
        Optional.of(
            "Task uses invalid resources: Invalid resources: Resource 'cpus(allocated: r):-1' is"
                + " invalid: Invalid scalar resource: value <= 0"),
        check("resources { name: 'cpus' type: SCALAR scalar { value: -1 } }"));
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
  void aSharedVolumeThatWasOfferedMayBeUsed() {
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
