package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.OfferId;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.OperationID;
import io.proffer.api.v1.OperationState;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.OfferEvent;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who hears of an ACCEPT that came too late, or asked for nothing (scheduler-api, section 5). */
@Timeout(60)
class AcceptReportsTest {
  private static final List<OfferId> GONE = List.of(new OfferId("gone"));

  private final Given given = new Given();
  private final Scheduler aware = given.framework(Infos.PARTITION_AWARE);
  private final Scheduler unaware = given.framework();
  private final Host agent = given.agent("cpus:2000");

  @Test
  void eachTaskOfAGroupOnAnOfferThatIsGoneIsReported() {
    var group = Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH_GROUP);
    group
        .getLaunchGroupBuilder()
        .setExecutor(ExecutorInfo.newBuilder().setExecutorId(ExecutorID.newBuilder().setValue("e")))
        .getTaskGroupBuilder()
        .addTasks(Infos.task("a", agent.id(), "cpus:1"))
        .addTasks(Infos.task("b", agent.id(), "cpus:1"));

    var updates = aware.accepts(GONE, group.build()).updates();

    assertEquals(2, updates.size());
    for (var update : updates) {
      assertEquals(TaskState.TASK_DROPPED, update.getState());
      assertEquals(TaskStatus.Reason.REASON_INVALID_OFFERS, update.getReason());
      assertEquals(
          "Task launched with invalid offers: Offer gone is no longer valid", update.getMessage());
    }
  }

  @Test
  void anotherOperationOnAnOfferThatIsGoneIsReportedIfItHasAnId() {
    var silent = Offer.Operation.newBuilder().setType(Offer.Operation.Type.RESERVE);
    var named = silent.clone().setId(OperationID.newBuilder().setValue("op"));

    var then = aware.accepts(GONE, silent.build(), named.build());

    var status = then.effect(ToFramework.OperationUpdate.class).status();
    assertEquals(OperationState.OPERATION_ERROR, status.getState());
    assertEquals("op", status.getOperationId().getValue());
    assertEquals(
        "Operation attempted with invalid offers: Offer gone is no longer valid",
        status.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"LAUNCH", "LAUNCH_GROUP"})
  void aLaunchWithoutTasksDeclines(String type) {
    var operation =
        Offer.Operation.newBuilder().setType(Offer.Operation.Type.valueOf(type)).build();
    var offer = given.offer(aware.id(), agent.id(), "cpus:1");

    var then = aware.accepts(List.of(offer), operation);

    assertTrue(then.updates().isEmpty());
    assertEquals(
        OptionalLong.of(5_000_000_000L), then.event(OfferEvent.Returned.class).refusedForNanos());
  }

  @ParameterizedTest
  @CsvSource({
    "true, removed, TASK_DROPPED, REASON_AGENT_REMOVED, Agent removed",
    "false, removed, TASK_LOST, REASON_AGENT_REMOVED, Agent removed",
    "true, disconnected, TASK_DROPPED, REASON_AGENT_DISCONNECTED, Agent disconnected",
    "false, disconnected, TASK_LOST, REASON_AGENT_DISCONNECTED, Agent disconnected",
  })
  void anAgentThatVanishedMeanwhileTakesTheRestOfTheLaunch(
      boolean isAware, String how, TaskState state, TaskStatus.Reason reason, String message) {
    var framework = isAware ? aware : unaware;
    var tasks =
        IntStream.range(0, 1001)
            .mapToObj(i -> Infos.task("t" + i, agent.id(), "cpus:1"))
            .toArray(TaskInfo[]::new);
    var silent =
        Offer.Operation.newBuilder()
            .setType(Offer.Operation.Type.RESERVE)
            .setId(OperationID.newBuilder().setValue("op"))
            .build();
    var offer = given.offer(framework.id(), agent.id(), "cpus:2000");
    framework.accepts(List.of(offer), Infos.launch(tasks), silent);
    if (how.equals("removed")) {
      agent.unregisters();
    } else {
      agent.disconnects();
    }

    var then = given.tick();

    var update =
        then.updates().stream()
            .filter(status -> status.getTaskId().getValue().equals("t1000"))
            .findFirst()
            .orElseThrow();
    assertEquals(state, update.getState());
    assertEquals(reason, update.getReason());
    assertEquals(message, update.getMessage());
    assertTrue(then.effects(ToFramework.OperationUpdate.class).isEmpty());
    assertTrue(then.event(OfferEvent.Returned.class).refusedForNanos().isEmpty());
  }
}
