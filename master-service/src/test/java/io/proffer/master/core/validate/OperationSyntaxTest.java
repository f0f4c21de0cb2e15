package io.proffer.master.core.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.v1.AgentInfo;
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
        "LAUNCH | A LAUNCH offer operation must have the Offer.Operation.launch field set.",
        "LAUNCH_GROUP |"
            + " A LAUNCH_GROUP offer operation must have the Offer.Operation.launch_group field"
            + " set.",
        "RESERVE | A RESERVE offer operation must have the Offer.Operation.reserve field set.",
        "UNRESERVE |"
            + " An UNRESERVE offer operation must have the Offer.Operation.unreserve field set.",
        "CREATE | A CREATE offer operation must have the Offer.Operation.create field set.",
        "DESTROY | A DESTROY offer operation must have the Offer.Operation.destroy field set.",
        "GROW_VOLUME |"
            + " A GROW_VOLUME operation must have the Offer.Operation.grow_volume field set",
        "SHRINK_VOLUME | A SHRINK_VOLUME offer operation must have the"
            + " Offer.Operation.shrink_volume field set.",
        "CREATE_DISK |"
            + " A CREATE_DISK offer operation must have the Offer.Operation.create_disk field set.",
        "DESTROY_DISK | A DESTROY_DISK offer operation must have the"
            + " Offer.Operation.destroy_disk field set.",
        "UNKNOWN | Unknown offer operation",
      })
  void operationsNeedTheirBody(String type, String text) {
    assertEquals(Optional.of(text), OperationSyntax.check(operation("type: " + type), "golden"));
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
  void launchesHaveNoId() {
    assertEquals(
        Optional.of("The `id` field cannot be set on LAUNCH operations"),
        OperationSyntax.check(operation("type: LAUNCH id { value: 'o' } launch { }"), "r"));
  }

  @Test
  void feedbackNeedsAnAgentThatGivesIt() {
    var own = operation("type: RESERVE id { value: 'o' } reserve { }");
    var providers =
        operation(
            "type: RESERVE id { value: 'o' } reserve { resources { name: 'disk' type: SCALAR"
                + " scalar { value: 1 } provider_id { value: 'p' } } }");
    assertEquals(
        Optional.of(
            "Operation on agent default resources requested feedback, but agent a does not have"
                + " the required AGENT_OPERATION_FEEDBACK and RESOURCE_PROVIDER capabilities"),
        OperationSyntax.checkFeedback(own, "a", List.of()));
    assertEquals(
        Optional.of(
            "Operation requested feedback, but agent a does not have the required"
                + " RESOURCE_PROVIDER capability"),
        OperationSyntax.checkFeedback(providers, "a", List.of()));
    var able =
        List.of(
            capability(AgentInfo.Capability.Type.RESOURCE_PROVIDER),
            capability(AgentInfo.Capability.Type.AGENT_OPERATION_FEEDBACK));
    assertEquals(Optional.empty(), OperationSyntax.checkFeedback(own, "a", able));
    assertEquals(Optional.empty(), OperationSyntax.checkFeedback(providers, "a", able));
  }

  private static AgentInfo.Capability capability(AgentInfo.Capability.Type type) {
    return AgentInfo.Capability.newBuilder().setType(type).build();
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
