package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.OperationID;
import io.proffer.api.v1.OperationState;
import io.proffer.api.v1.TaskGroupInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.Value;
import io.proffer.master.core.allocator.Grant;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.OfferEvent;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ACCEPTs that fail, in whole or in part (scheduler-api, section 5). */
class AcceptErrorsTest {
  private static final long FIVE_SECONDS = 5_000_000_000L;

  private final Given given = new Given();
  private final Scheduler framework = given.framework(Infos.PARTITION_AWARE);
  private final Scheduler unaware = given.framework();
  private final Host agent = given.agent("cpus:4");

  @Test
  void anOfferNobodyKnowsIsNoLongerValid() {
    assertInvalid(
        framework, List.of(new OfferId("x")), TaskState.TASK_DROPPED, "Offer x is no longer valid");
    assertInvalid(
        unaware, List.of(new OfferId("x")), TaskState.TASK_LOST, "Offer x is no longer valid");
  }

  @Test
  void noOffersAtAllAreInvalid() {
    assertInvalid(framework, List.of(), TaskState.TASK_DROPPED, "No offers specified");
  }

  @Test
  void anOfferNamedTwiceComesBackWithoutAFilter() {
    var offer = offer(framework);

    var then =
        assertInvalid(
            framework,
            List.of(offer, offer),
            TaskState.TASK_DROPPED,
            "Duplicate offer m-O0 in offer list");

    assertEquals(OptionalLong.empty(), then.event(OfferEvent.Returned.class).refusedForNanos());
    assertEquals(0, given.snapshot().offers().size());
  }

  @Test
  void anOfferOfSomebodyElseIsInvalidAndStaysHis() {
    var offer = offer(unaware);

    assertInvalid(
        framework,
        List.of(offer),
        TaskState.TASK_DROPPED,
        "Offer m-O0 has invalid framework m-0001 while framework m-0000 is expected");
    assertEquals(1, given.snapshot().offers().size());

    assertTrue(framework.declines(offer, 1).events(OfferEvent.Ended.class).isEmpty());
  }

  @Test
  void offersOfTwoAgentsCannotBePooled() {
    var first = offer(framework);
    var second = given.offer(framework.id(), given.agent("cpus:1").id(), "cpus:1");

    assertInvalid(
        framework,
        List.of(first, second),
        TaskState.TASK_DROPPED,
        "Aggregated offers must belong to one single agent. Offer m-O1 uses agent m-S1 and agent"
            + " m-S0");
    assertEquals(0, given.snapshot().offers().size());
  }

  @Test
  void offersOfTwoRolesCannotBePooled() {
    var first = offer(framework);
    given.allocator.grant(
        new Grant(
            framework.id(), "q", agent.id(), Resources.parse("cpus:1", "*").withAllocation("q")));
    given.tick();

    assertInvalid(
        framework,
        List.of(first, new OfferId("m-O1")),
        TaskState.TASK_DROPPED,
        "Aggregated offers must be allocated to the same role. Offer m-O1 uses role 'q but another"
            + " is using role 'r");
  }

  @Test
  void anAcceptWithoutOperationsDeclines() {
    var then = framework.accepts(List.of(offer(framework)));

    assertEquals(
        OptionalLong.of(FIVE_SECONDS), then.event(OfferEvent.Returned.class).refusedForNanos());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e300})
  void aRefusalThatMeansNothingIsTheUsualOne(double seconds) {
    var returned = framework.declines(offer(framework), seconds).event(OfferEvent.Returned.class);
    assertEquals(OptionalLong.of(FIVE_SECONDS), returned.refusedForNanos());
  }

  @Test
  void aRefusalOfNothingIsNoneAndOneForEverIsAYear() {
    var none = framework.declines(offer(framework), 0).event(OfferEvent.Returned.class);
    assertEquals(OptionalLong.of(0), none.refusedForNanos());
    var longest = framework.declines(offer(framework), 1e9).event(OfferEvent.Returned.class);
    assertEquals(OptionalLong.of(31_536_000_000_000_000L), longest.refusedForNanos());
  }

  @Test
  void oneBadTaskDoesNotStopTheOthersUnlessItsResourcesAreMalformed() {
    var good = Infos.task("good", agent.id(), "cpus:1");
    var elsewhere = Infos.task("elsewhere", new AgentId("x"), "cpus:1");
    var malformed =
        Infos.task("malformed", agent.id(), "cpus:1").toBuilder()
            .setResources(
                0,
                Resources.parse("cpus:1", "*").messages().getFirst().toBuilder()
                    .setScalar(Value.Scalar.newBuilder().setValue(-1)))
            .build();

    var both = framework.launches(offer(framework), elsewhere, good);
    assertEquals(1, both.effects(ToAgent.RunTask.class).size());
    assertEquals("x", both.update().getAgentId().getValue());
    assertEquals(
        "Task uses invalid agent x while agent m-S0 is expected", both.update().getMessage());

    var none =
        framework.launches(offer(framework), Infos.task("t", agent.id(), "cpus:1"), malformed);
    assertEquals(2, none.updates().size());
    for (var update : none.updates()) {
      assertEquals(TaskState.TASK_ERROR, update.getState());
      assertEquals(
          "Resource 'cpus(allocated: r):-1' is invalid: Invalid scalar resource: value <= 0",
          update.getMessage());
    }
  }

  @Test
  void aTaskIdIsTakenUntilItsTaskHasLeftTheBooks() {
    framework.launches(offer(framework), Infos.task("t", agent.id(), "cpus:1"));
    var again = framework.launches(offer(framework), Infos.task("t", agent.id(), "cpus:1"));
    assertEquals("Task has duplicate ID: t", again.update().getMessage());

    agent.updates(framework.id(), "t", TaskState.TASK_FINISHED);
    framework.acknowledges(agent.id(), "t", "uuid-TASK_FINISHED");
    framework
        .launches(offer(framework), Infos.task("t", agent.id(), "cpus:1"))
        .effect(ToAgent.RunTask.class);
  }

  @Test
  void aTaskGroupIsRefusedAsAWhole() {
    var group =
        Offer.Operation.newBuilder()
            .setType(Offer.Operation.Type.LAUNCH_GROUP)
            .setLaunchGroup(
                Offer.Operation.LaunchGroup.newBuilder()
                    .setExecutor(
                        ExecutorInfo.newBuilder()
                            .setExecutorId(ExecutorID.newBuilder().setValue("e")))
                    .setTaskGroup(
                        TaskGroupInfo.newBuilder()
                            .addTasks(Infos.task("a", agent.id(), "cpus:1"))
                            .addTasks(Infos.task("b", agent.id(), "cpus:1"))))
            .build();

    var then = framework.accepts(List.of(offer(framework)), group);

    assertEquals(2, then.updates().size());
    for (var update : then.updates()) {
      assertEquals(TaskState.TASK_ERROR, update.getState());
      assertEquals(TaskStatus.Reason.REASON_TASK_GROUP_INVALID, update.getReason());
    }
  }

  @Test
  void anOperationThatCannotBeDoneIsHeardOfOnlyIfItHasAnId() {
    var silent = Offer.Operation.newBuilder().setType(Offer.Operation.Type.RESERVE);
    var named = silent.clone().setId(OperationID.newBuilder().setValue("op"));

    var then = framework.accepts(List.of(offer(framework)), silent.build(), named.build());

    var status = then.effect(ToFramework.OperationUpdate.class).status();
    assertEquals(OperationState.OPERATION_ERROR, status.getState());
    assertEquals("op", status.getOperationId().getValue());
    assertFalse(status.hasUuid());
    assertEquals(
        OptionalLong.of(FIVE_SECONDS), then.event(OfferEvent.Returned.class).refusedForNanos());
  }

  private OfferId offer(Scheduler to) {
    return given.offer(to.id(), agent.id(), "cpus:1");
  }

  private Then assertInvalid(Scheduler by, List<OfferId> offers, TaskState state, String reason) {
    var then = by.accepts(offers, Infos.launch(Infos.task("t", agent.id(), "cpus:1")));
    assertEquals(state, then.update().getState());
    assertEquals(TaskStatus.Reason.REASON_INVALID_OFFERS, then.update().getReason());
    assertEquals("Task launched with invalid offers: " + reason, then.update().getMessage());
    return then;
  }
}
