package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each call of a scheduler over real HTTP, in JSON and in protobuf, with an agent behind. */
@Timeout(60)
class SchedulerCallsTest {
  private RunningMaster master;

  @AfterEach
  void stop() {
    master.close();
  }

  private ScriptedScheduler subscribe(String type) throws Exception {
    return ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build(), type);
  }

  @ParameterizedTest
  @ValueSource(strings = {RunningMaster.JSON, RunningMaster.PROTOBUF})
  void aTaskLivesFromItsOfferToTheTeardown(String type) throws Exception {
    master = RunningMaster.start();
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
        var scheduler = subscribe(type)) {
      var offer = offer(scheduler);
      accepted(
          scheduler,
          "type: ACCEPT accept { offer_ids { value: '$' } operations { type: LAUNCH launch {"
              + " task_infos { name: 't' task_id { value: 't' } agent_id { value: '$' }"
              + " command { value: 'true' } resources { name: 'cpus' type: SCALAR"
              + " scalar { value: 1 } } } } } filters { refuse_seconds: 0 } }",
          offer.getId().getValue(),
          agent.id().getValue());
      var task = agent.next(ToAgent.BodyCase.RUN_TASK).getRunTask();
      assertEquals("t", task.getTask().getTaskId().getValue());
      assertEquals(scheduler.id(), task.getFrameworkInfo().getId());
      assertEquals(3.0, offer(scheduler).getResources(0).getScalar().getValue());

      report(agent, scheduler, TaskState.TASK_RUNNING);
      accepted(scheduler, "type: KILL kill { task_id { value: 't' } }");
      agent.next(ToAgent.BodyCase.KILL_TASK);
      report(agent, scheduler, TaskState.TASK_KILLED);

      accepted(
          scheduler,
          "type: RECONCILE reconcile { tasks { task_id { value: 't' } agent_id { value: '$' } } }",
          agent.id().getValue());
      var gone = scheduler.next(Event.Type.UPDATE).getUpdate().getStatus();
      assertEquals(TaskState.TASK_GONE, gone.getState());
      assertEquals(TaskStatus.Reason.REASON_RECONCILIATION, gone.getReason());
      assertFalse(gone.hasUuid());

      accepted(scheduler, "type: TEARDOWN");
      assertNull(scheduler.next(Event.Type.ERROR), "the stream ends without an error");
    }
  }

  /** An update goes up, its acknowledgement comes down. */
  private static void report(ScriptedAgent agent, ScriptedScheduler scheduler, TaskState state)
      throws Exception {
    var update = agent.update(scheduler.id(), "t", state);
    assertEquals(200, agent.send(update).statusCode());
    var status = scheduler.next(Event.Type.UPDATE).getUpdate().getStatus();
    assertEquals(update.getUpdate().getStatus(), status);
    var acknowledge = Call.newBuilder().setType(Call.Type.ACKNOWLEDGE);
    acknowledge
        .getAcknowledgeBuilder()
        .setAgentId(status.getAgentId())
        .setTaskId(status.getTaskId())
        .setUuid(status.getUuid());
    assertEquals(202, scheduler.call(acknowledge).statusCode());
    assertEquals(
        status.getUuid(),
        agent.next(ToAgent.BodyCase.ACKNOWLEDGE_UPDATE).getAcknowledgeUpdate().getUuid());
  }

  @ParameterizedTest
  @ValueSource(strings = {RunningMaster.JSON, RunningMaster.PROTOBUF})
  void rolesAreSuppressedAndRevivedOneByOne(String type) throws Exception {
    master = RunningMaster.start();
    var info = ScriptedScheduler.info().addRoles("q").build();
    try (var scheduler = ScriptedScheduler.subscribe(master, info, type)) {
      accepted(scheduler, "type: SUPPRESS suppress { roles: 'r' }");
      try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription())) {
        var first = offer(scheduler);
        assertEquals(agent.id(), first.getAgentId());
        assertEquals("q", first.getAllocationInfo().getRole());

        accepted(scheduler, "type: SUPPRESS");
        accepted(scheduler, "type: REVIVE revive { roles: 'r' }");
        decline(scheduler, first);
        var second = offer(scheduler);
        assertEquals("r", second.getAllocationInfo().getRole());

        accepted(scheduler, "type: REVIVE revive { roles: 'q' roles: 'foreign' }");
        accepted(scheduler, "type: SUPPRESS suppress { roles: 'foreign' }");
        decline(scheduler, second);
        assertEquals("r", offer(scheduler).getAllocationInfo().getRole(), "both were dropped");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RunningMaster.JSON, RunningMaster.PROTOBUF})
  void anUpdatedFrameworkLosesOffersOfRolesItLeftAndGetsOnlyWhatItsConstraintsAllow(String type)
      throws Exception {
    master = RunningMaster.start();
    var fitting = ScriptedAgent.subscription();
    fitting.getAgentInfoBuilder().setHostname("fitting").setPort(5052);
    fitting
        .getAgentInfoBuilder()
        .addAttributes(
            parse(
                "name: 'rack' type: TEXT text { value: 'r1' }",
                io.proffer.api.v1.Attribute.newBuilder()));
    try (var plain = ScriptedAgent.register(master, ScriptedAgent.subscription());
        var scheduler = subscribe(type)) {
      var old = offer(scheduler);
      assertEquals(plain.id(), old.getAgentId());

      var answer =
          scheduler.call(
              call(
                  "type: UPDATE_FRAMEWORK update_framework { framework_info { user: 'root'"
                      + " name: 'scripted' id { value: '$' } roles: 'q' failover_timeout: 60"
                      + " capabilities { type: MULTI_ROLE } } offer_constraints {"
                      + " role_constraints { key: 'q' value { groups { attribute_constraints {"
                      + " selector { attribute_name: 'rack' }"
                      + " predicate { text_equals { value: 'r1' } } } } } } } }",
                  scheduler.id().getValue()));

      assertEquals("", answer.body());
      assertEquals(200, answer.statusCode());
      assertEquals(old.getId(), scheduler.next(Event.Type.RESCIND).getRescind().getOfferId());
      try (var agent = ScriptedAgent.register(master, fitting)) {
        var next = offer(scheduler);
        assertEquals(agent.id(), next.getAgentId(), "the plain one is not allowed");
        assertEquals("q", next.getAllocationInfo().getRole());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RunningMaster.JSON, RunningMaster.PROTOBUF})
  void anOfferNobodyAnswersIsRescinded(String type) throws Exception {
    master = RunningMaster.start(Map.of("registry", "in_memory", "offer_timeout", "100ms"));
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
        var scheduler = subscribe(type)) {
      var offer = offer(scheduler);

      assertEquals(offer.getId(), scheduler.next(Event.Type.RESCIND).getRescind().getOfferId());
      assertEquals(agent.id(), offer(scheduler).getAgentId(), "and offered again");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RunningMaster.JSON, RunningMaster.PROTOBUF})
  void theNewerOfTwoConnectionsWins(String type) throws Exception {
    master = RunningMaster.start();
    try (var older = subscribe(type);
        var newer =
            ScriptedScheduler.subscribe(
                master, ScriptedScheduler.info().setId(older.id()).build(), type)) {
      assertEquals("Framework failed over", older.next(Event.Type.ERROR).getError().getMessage());
      assertNull(older.next());
      var late = older.call(call("type: REVIVE"));
      assertEquals(400, late.statusCode());
      assertTrue(late.body().startsWith("The stream ID '"), late.body());
      accepted(newer, "type: REVIVE");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RunningMaster.JSON, RunningMaster.PROTOBUF})
  void messagesGoToTheirAgentAndCallsAboutNobodyAreDropped(String type) throws Exception {
    master = RunningMaster.start();
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
        var scheduler = subscribe(type)) {
      var nobody = "agent_id { value: 'nobody' } ";
      var here = "agent_id { value: '" + agent.id().getValue() + "' } ";
      var executor = "executor_id { value: 'unknown' } ";
      accepted(scheduler, "type: REQUEST request { requests { " + nobody + "} }");
      accepted(scheduler, "type: MESSAGE message { " + nobody + executor + "data: 'd' }");
      accepted(scheduler, "type: SHUTDOWN shutdown { " + nobody + executor + "}");
      accepted(scheduler, "type: DECLINE decline { offer_ids { value: 'unknown' } }");
      for (var answer : new String[] {"ACCEPT", "DECLINE"}) {
        accepted(
            scheduler,
            "type: $_INVERSE_OFFERS $_inverse_offers { inverse_offer_ids { value: 'x' } }",
            answer,
            answer.toLowerCase(java.util.Locale.ROOT));
      }
      accepted(
          scheduler,
          "type: ACKNOWLEDGE acknowledge { task_id { value: 't' } uuid: '0123456789abcdef' $ }",
          nobody);
      accepted(
          scheduler,
          "type: ACKNOWLEDGE_OPERATION_STATUS acknowledge_operation_status {"
              + " operation_id { value: 'o' } uuid: '0123456789abcdef' $ }",
          nobody);

      accepted(scheduler, "type: MESSAGE message { " + here + executor + "data: '\\001\\377' }");
      var message = agent.next(ToAgent.BodyCase.EXECUTOR_MESSAGE).getExecutorMessage();
      assertEquals("unknown", message.getExecutorId().getValue());
      assertEquals(2, message.getData().size());
      accepted(scheduler, "type: SHUTDOWN shutdown { " + here + executor + "}");
      agent.next(ToAgent.BodyCase.SHUTDOWN_EXECUTOR);
      offer(scheduler);
    }
  }

  private static Offer offer(ScriptedScheduler scheduler) throws Exception {
    return scheduler.next(Event.Type.OFFERS).getOffers().getOffers(0);
  }

  private static void decline(ScriptedScheduler scheduler, Offer offer) throws Exception {
    accepted(
        scheduler,
        "type: DECLINE decline { offer_ids { value: '$' } filters { refuse_seconds: 0 } }",
        offer.getId().getValue());
  }

  private static void accepted(ScriptedScheduler scheduler, String text, String... values)
      throws Exception {
    var answer = scheduler.call(call(text, values));
    assertEquals("", answer.body());
    assertEquals(202, answer.statusCode());
  }

  /** A call in protobuf's text form, each dollar in it replaced by the next value. */
  private static Call.Builder call(String text, String... values) throws Exception {
    var filled = text;
    for (var value : values) {
      filled = filled.replaceFirst("[$]", value);
    }
    return parse(filled, Call.newBuilder());
  }

  private static <B extends Message.Builder> B parse(String text, B builder) throws Exception {
    TextFormat.merge(text, builder);
    return builder;
  }
}
