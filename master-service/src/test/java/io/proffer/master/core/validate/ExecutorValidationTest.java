package io.proffer.master.core.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.TaskInfo;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

  @Test
  void theFrameworkMustBeNamed() {
    assertEquals(
        Optional.of("'ExecutorInfo.framework_id' must be set"),
        check(Given.executor("").toBuilder().clearFrameworkId().build()));
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
  void theOrderOfVariablesDoesNotMakeAnotherExecutorAndTheirValuesDo() {
    var running = withVariables("{ name: 'A' value: '1' }", "{ name: 'B' value: '2' }");
    var same = withVariables("{ name: 'B' value: '2' }", "{ name: 'A' value: '1' }");
    var other = withVariables("{ name: 'A' value: '2' }", "{ name: 'B' value: '1' }");
    var context = Given.context(Given.OFFER, Optional.of(running));
    assertEquals(Optional.empty(), TaskValidation.checkLaunch(task(same), context));
    assertTrue(TaskValidation.checkLaunch(task(other), context).isPresent());
  }

  private static ExecutorInfo withVariables(String one, String two) {
    return Given.executor(
        "command { environment { variables " + one + " variables " + two + " } }");
  }

  @Test
  void wholeNumbersOfResourcesAreShownWithoutAPoint() {
    var mem = "source: 'value: 1.0' resources { name: 'm' type: SCALAR scalar { value: %s } }";
    var running = Given.executor(mem.formatted("64"));
    var other = Given.executor(mem.formatted("64.5"));
    var message =
        TaskValidation.checkLaunch(task(other), Given.context(Given.OFFER, Optional.of(running)))
            .orElseThrow();
    assertTrue(message.contains("    value: 64\n"), message);
    assertTrue(message.contains("    value: 64.5\n"), message);
    assertTrue(message.contains("source: \"value: 1.0\""), message);
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
                + shown(running)
                + "\n"
                + dashes
                + "ExecutorInfo:\n"
                + shown(other)
                + "\n"
                + dashes),
        TaskValidation.checkLaunch(task(other), Given.context(Given.OFFER, Optional.of(running))));
  }

  private static String shown(ExecutorInfo executor) {
    return executor.toString().replace("value: 32.0\n", "value: 32\n");
  }
}
