package io.proffer.master.core.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.v1.HealthCheck;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskInfo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OperationSyntaxTest {
  private static final String BAD = "resources { name: 'cpus' type: SCALAR scalar { value: -1 } } ";
  private static final String TASK = "name: 't' task_id { value: 't' } agent_id { value: 'a' } ";

  private static Offer.Operation operation(String text) {
    var builder = Offer.Operation.newBuilder();
    Given.merge(text, builder);
    return builder.build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "type: LAUNCH launch { task_infos { TASK } task_infos { TASK BAD } }",
        "type: LAUNCH launch { task_infos { TASK executor { executor_id { value: 'e' } BAD } } }",
        "type: LAUNCH_GROUP launch_group { executor { executor_id { value: 'e' } BAD }"
            + " task_group { } }",
        "type: LAUNCH_GROUP launch_group { executor { executor_id { value: 'e' } }"
            + " task_group { tasks { TASK BAD } } }",
        "type: RESERVE reserve { BAD }",
        "type: UNRESERVE unreserve { BAD }",
      })
  void oneBadResourceSpoilsTheOperation(String text) {
    assertEquals(
        Optional.of(
            "Resource 'cpus(allocated: golden):-1' is invalid: Invalid scalar resource: value <="
                + " 0"),
        OperationSyntax.check(
            operation(text.replace("TASK ", TASK).replace("BAD ", BAD)), "golden"));
  }

  @Test
  void completionFillsInWhatMayBeLeftOut() {
    var bare = Given.parse(TASK + "health_check { command { } }", TaskInfo.newBuilder());
    var withExecutor = bare.toBuilder();
    Given.merge("executor { executor_id { value: 'e' } }", withExecutor);
    var done = LaunchCompletion.launch(withExecutor.build(), "r", Given.FRAMEWORK);
    assertEquals(HealthCheck.Type.COMMAND, done.getHealthCheck().getType());
    assertEquals("f", done.getExecutor().getFrameworkId().getValue());
    var grouped = LaunchCompletion.group(bare, done.getExecutor(), "r");
    assertEquals(done.getExecutor(), grouped.getExecutor());
    var own = Given.task("").getResources(0);
    assertEquals("r", own.getAllocationInfo().getRole());
    assertEquals(
        List.of(own), LaunchCompletion.withRole(List.of(own), "other"), "a role given stays");
  }
}
