package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.master.Event;
import io.proffer.api.v1.scheduler.Call;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SUBSCRIBE of operators (operator-api, section 2). */
@Timeout(60)
class OperatorStreamTest {
  /** More than sockets hold. */
  private static final int LARGE = 7 << 20;

  private RunningMaster master = RunningMaster.start();

  @AfterEach
  void stop() {
    master.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {RunningMaster.JSON, RunningMaster.PROTOBUF})
  void whatHappensIsToldInOrderWithNumbersThatCount(String type) throws Exception {
    try (var operator = operator(type, "")) {
      var subscribed = operator.next(Event.Type.SUBSCRIBED);
      assertTrue(subscribed.getSubscribed().hasGetState());
      assertEquals(15.0, subscribed.getSubscribed().getHeartbeatIntervalSeconds());
      assertFalse(subscribed.getSubscribed().hasResumed());
      assertFalse(operator.next(Event.Type.HEARTBEAT).hasEventId());
      var place = number(subscribed);

      try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription())) {
        var added = operator.next(Event.Type.AGENT_ADDED);
        assertEquals(agent.id(), added.getAgentAdded().getAgent().getAgentInfo().getId());
        assertEquals(place + 1, number(added));
        try (var scheduler =
            ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
          var framework = operator.next(Event.Type.FRAMEWORK_ADDED).getFrameworkAdded();
          assertEquals(scheduler.id(), framework.getFramework().getFrameworkInfo().getId());
          runOneTask(agent, scheduler);
          var task = operator.next(Event.Type.TASK_ADDED).getTaskAdded().getTask();
          assertEquals("t1", task.getTaskId().getValue());
          assertEquals(TaskState.TASK_STAGING, task.getState());
          assertEquals(0, task.getStatusesCount());
          var update = operator.next(Event.Type.TASK_UPDATED);
          assertEquals(TaskState.TASK_RUNNING, update.getTaskUpdated().getState());
          assertEquals(TaskState.TASK_RUNNING, update.getTaskUpdated().getStatus().getState());
          scheduler.call(Call.newBuilder().setType(Call.Type.TEARDOWN));
          var killed = operator.next(Event.Type.TASK_UPDATED).getTaskUpdated();
          assertEquals(TaskState.TASK_KILLED, killed.getState());
          assertEquals(
              "Framework " + scheduler.id().getValue() + " removed",
              killed.getStatus().getMessage());
          var removed = operator.next(Event.Type.FRAMEWORK_REMOVED);
          assertEquals(scheduler.id(), removed.getFrameworkRemoved().getFrameworkInfo().getId());
          assertEquals(place + 6, number(removed));
        }
      }
    }
  }

  @Test
  void anUpdateThatIsSentAgainIsNoNews() throws Exception {
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
        var scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
      runOneTask(agent, scheduler);
      try (var operator = operator(RunningMaster.JSON, "")) {
        operator.next(Event.Type.SUBSCRIBED);
        operator.next(Event.Type.HEARTBEAT);
        agent.send(agent.update(scheduler.id(), "t1", TaskState.TASK_RUNNING));
        agent.send(agent.update(scheduler.id(), "t1", TaskState.TASK_FINISHED));
        var update = operator.next(Event.Type.TASK_UPDATED).getTaskUpdated();
        assertEquals(TaskState.TASK_FINISHED, update.getState());
      }
    }
  }

  /** The state is the same, but what a check says is not (operator-api, section 2). */
  @ParameterizedTest
  @EnumSource(
      names = {"REASON_TASK_CHECK_STATUS_UPDATED", "REASON_TASK_HEALTH_CHECK_STATUS_UPDATED"})
  void whatACheckSaysIsNews(TaskStatus.Reason reason) throws Exception {
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
        var scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
      runOneTask(agent, scheduler);
      try (var operator = operator(RunningMaster.JSON, "")) {
        operator.next(Event.Type.SUBSCRIBED);
        operator.next(Event.Type.HEARTBEAT);
        var record = agent.update(scheduler.id(), "t1", TaskState.TASK_RUNNING);
        record.getUpdateBuilder().getStatusBuilder().setReason(reason);
        agent.send(record);
        agent.send(agent.update(scheduler.id(), "t1", TaskState.TASK_FINISHED));
        var update = operator.next(Event.Type.TASK_UPDATED).getTaskUpdated();
        assertEquals(TaskState.TASK_RUNNING, update.getState());
        assertEquals(reason, update.getStatus().getReason());
      }
    }
  }

  @Test
  void whoComesBackGoesOnAfterTheLastEventItHeard() throws Exception {
    String heard;
    try (var operator = operator(RunningMaster.JSON, "")) {
      heard = operator.next(Event.Type.SUBSCRIBED).getEventId();
    }
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
        var operator = operator(RunningMaster.JSON, "Last-Event-ID: " + heard + "\r\n")) {
      var subscribed = operator.next(Event.Type.SUBSCRIBED);
      assertTrue(subscribed.getSubscribed().getResumed());
      assertFalse(subscribed.getSubscribed().hasGetState());
      assertEquals(heard, subscribed.getEventId());
      operator.next(Event.Type.HEARTBEAT);
      var added = operator.next(Event.Type.AGENT_ADDED);
      assertEquals(agent.id(), added.getAgentAdded().getAgent().getAgentInfo().getId());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"other-run-7", "nonsense", "M-999999", "M-1"})
  void whoCannotGoOnIsToldWhyAndGetsAllThereIs(String named) throws Exception {
    master.close();
    master = RunningMaster.start(Map.of("registry", "in_memory", "operator_event_window", "2"));
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
        var scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
      runOneTask(agent, scheduler);
      String run;
      try (var operator = operator(RunningMaster.JSON, "")) {
        var id = operator.next(Event.Type.SUBSCRIBED).getEventId();
        run = id.substring(0, id.lastIndexOf('-'));
      }
      var header = "Last-Event-ID: " + named.replace("M", run) + "\r\n";
      try (var operator = operator(RunningMaster.JSON, header)) {
        var subscribed = operator.next(Event.Type.SUBSCRIBED).getSubscribed();
        assertFalse(subscribed.hasResumed());
        assertTrue(
            subscribed.getNotResumedBecause().startsWith("The events after '"),
            subscribed.getNotResumedBecause());
        assertEquals(1, subscribed.getGetState().getGetTasks().getTasksCount());
      }
    }
  }

  @Test
  void oneMoreThanThereMayBeEndsTheOldest() throws Exception {
    master.close();
    master =
        RunningMaster.start(
            Map.of("registry", "in_memory", "max_operator_event_stream_subscribers", "1"));
    try (var first = operator(RunningMaster.JSON, "")) {
      first.next(Event.Type.SUBSCRIBED);
      first.next(Event.Type.HEARTBEAT);
      try (var second = operator(RunningMaster.JSON, "")) {
        second.next(Event.Type.SUBSCRIBED);
        assertNull(first.next());
        second.next(Event.Type.HEARTBEAT);
      }
    }
  }

  /** However slowly it takes what there is, and that it takes something keeps it open. */
  @Test
  void alsoTheOldestThatIsStillToldWhatThereIs() throws Exception {
    master.close();
    master =
        RunningMaster.start(
            Map.of("registry", "in_memory", "max_operator_event_stream_subscribers", "1"));
    var large = "x".repeat(LARGE);
    var info = ScriptedScheduler.info().setName(large).build();
    try (var scheduler = ScriptedScheduler.subscribe(master, info);
        var first = operator(RunningMaster.JSON, "");
        var second = operator(RunningMaster.JSON, "")) {
      assertTrue(first.stream().untilItEnds() < LARGE, "it heard all of it");
      assertEquals(LARGE, second.stream().bytes(LARGE).length);
      assertFalse(scheduler.id().getValue().isEmpty());
    }
  }

  private ScriptedOperator operator(String type, String headers) throws IOException {
    return ScriptedOperator.subscribe(master, type, headers);
  }

  private static void runOneTask(ScriptedAgent agent, ScriptedScheduler scheduler)
      throws Exception {
    var offer =
        scheduler.next(io.proffer.api.v1.scheduler.Event.Type.OFFERS).getOffers().getOffers(0);
    scheduler.call(accept(offer));
    assertEquals("t1", agent.next().getRunTask().getTask().getTaskId().getValue());
    agent.send(agent.update(scheduler.id(), "t1", TaskState.TASK_RUNNING));
    scheduler.next(io.proffer.api.v1.scheduler.Event.Type.UPDATE);
  }

  private static Call.Builder accept(Offer offer) {
    var launch =
        Offer.Operation.newBuilder()
            .setType(Offer.Operation.Type.LAUNCH)
            .setLaunch(
                Offer.Operation.Launch.newBuilder()
                    .addTaskInfos(
                        TaskInfo.newBuilder()
                            .setName("t1")
                            .setTaskId(TaskID.newBuilder().setValue("t1"))
                            .setAgentId(offer.getAgentId())
                            .addAllResources(Resources.parse("cpus:1;mem:32", "*").messages())
                            .setCommand(CommandInfo.newBuilder().setValue("true"))));
    return Call.newBuilder()
        .setType(Call.Type.ACCEPT)
        .setAccept(Call.Accept.newBuilder().addOfferIds(offer.getId()).addOperations(launch));
  }

  private static long number(Event event) {
    return Long.parseLong(event.getEventId().substring(event.getEventId().lastIndexOf('-') + 1));
  }
}
