package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.OperationState;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.rows.Row;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of scheduler-api, section 5 (b) and (c), as {@code rows/5-accept.txt} has them. */
@Timeout(60)
class AcceptRowsTest {
  private static final Resources OFFERED =
      Resources.parse(RowOperation.OFFER, "*").withAllocation("r");
  private static final Resources TAKEN =
      Resources.parse("cpus:0.1;mem:32", "*").withAllocation("r");

  static List<Row> rows() {
    return Row.all(
        "5-accept.txt",
        Set.of(
            "task",
            "executor",
            "grouped",
            "group",
            "also",
            "operation",
            "agent",
            "error",
            "all",
            "failed",
            "silent"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eachRefusalHasItsTextAndNothingIsLost(Row row) {
    var given = new Given();
    var framework = given.framework(Infos.PARTITION_AWARE);
    var agent = given.agentWithout(RowOperation.OFFER, row.find("agent").orElse(""));
    takeIds(given, framework);
    var offer = given.offer(framework.id(), agent.id(), RowOperation.OFFER);
    var operation = RowOperation.of(row);

    var then = framework.accepts(List.of(offer), operation);

    var launched = then.effects(ToAgent.RunTask.class).size();
    assertEquals(row.has("error") && RowOperation.isLaunch(row) ? 1 : 0, launched);
    assertUpdates(row, then);
    assertOperation(row, then);
    var returned = then.event(OfferEvent.Returned.class);
    assertEquals(launched == 1 ? OFFERED.minus(TAKEN) : OFFERED, returned.resources());
    assertTrue(returned.refusedForNanos().isPresent(), "it comes back with the call's filters");
    assertEquals(0, given.snapshot().offers().size());
    assertEquals(List.of(), given.incidents);
  }

  /** Tasks on other agents, one for each way an id can be taken. */
  private static void takeIds(Given given, Scheduler framework) {
    var there = given.agent("cpus:2");
    for (var id : List.of("running", "unacknowledged")) {
      framework.launches(
          given.offer(framework.id(), there.id(), "cpus:1"), Infos.task(id, there.id(), "cpus:1"));
    }
    there.updates(framework.id(), "unacknowledged", TaskState.TASK_FINISHED);
    var gone = given.agent("cpus:1");
    framework.launches(
        given.offer(framework.id(), gone.id(), "cpus:1"),
        Infos.task("unreachable", gone.id(), "cpus:1"));
    gone.fallsSilent();
  }

  private static void assertUpdates(Row row, Then then) {
    if (!row.has("error") && !row.has("all")) {
      assertEquals(List.of(), then.updates());
      return;
    }
    boolean group = RowOperation.isGroup(row);
    boolean all = row.has("all") || group;
    assertEquals(all && !row.has("operation") ? 2 : 1, then.updates().size());
    for (var update : then.updates()) {
      assertEquals(row.find("all").or(() -> row.find("error")).orElseThrow(), update.getMessage());
      assertEquals(TaskState.TASK_ERROR, update.getState());
      assertEquals(
          group
              ? TaskStatus.Reason.REASON_TASK_GROUP_INVALID
              : TaskStatus.Reason.REASON_TASK_INVALID,
          update.getReason());
      assertEquals(TaskStatus.Source.SOURCE_MASTER, update.getSource());
      assertTrue(update.hasAgentId() && update.hasTimestamp());
      assertFalse(update.hasUuid() || update.hasExecutorId() || update.hasContainerStatus());
    }
  }

  private static void assertOperation(Row row, Then then) {
    var updates = then.effects(ToFramework.OperationUpdate.class);
    assertEquals(row.has("failed") ? 1 : 0, updates.size());
    if (row.has("failed")) {
      var status = updates.getFirst().status();
      assertEquals(row.get("failed"), status.getMessage());
      assertEquals(OperationState.OPERATION_ERROR, status.getState());
      assertEquals("op", status.getOperationId().getValue());
      assertFalse(status.hasUuid() || status.hasAgentId());
    }
  }
}
