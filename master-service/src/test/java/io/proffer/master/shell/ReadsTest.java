package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.master.Response;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of a master with an agent, a framework and a running task (json-shapes). */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadsTest {
  private static final String TASK =
      "\"id\":\"t1\",\"name\":\"task"
          + " one\",\"framework_id\":\"F\",\"executor_id\":\"\",\"slave_id\":\"A\","
          + "\"state\":\"TASK_RUNNING\",\"resources\":{\"disk\":0.0,\"mem\":32.0,\"gpus\":0.0,\"cpus\":1.0},"
          + "\"role\":\"r\",\"statuses\":[{\"state\":\"TASK_RUNNING\",\"timestamp\":1.5}]";

  private RunningMaster master;
  private ScriptedAgent agent;
  private ScriptedScheduler scheduler;

  @BeforeAll
  void runOneTask() throws Exception {
    master = RunningMaster.start(Map.of("registry", "in_memory", "cluster", "test"));
    agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
    scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build());
    var offer = scheduler.next(Event.Type.OFFERS).getOffers().getOffers(0);
    scheduler.call(accept(offer));
    assertEquals("t1", agent.next().getRunTask().getTask().getTaskId().getValue());
    agent.send(agent.update(scheduler.id(), "t1", TaskState.TASK_RUNNING));
    scheduler.next(Event.Type.UPDATE);
  }

  @AfterAll
  void stop() throws Exception {
    scheduler.close();
    agent.close();
    master.close();
  }

  @Test
  void healthIsEmptyAndVersionSaysBothVersions() throws Exception {
    assertEquals("", master.get("/health").body());
    assertTrue(
        master
            .get("/version")
            .body()
            .matches("\\{\"build_date\":.*\"proffer_version\":.*\"version\":\"1.11.0\"}"));
  }

  @Test
  void redirectLeadsToTheLeader() throws Exception {
    var answer = master.get("/master/redirect");

    assertEquals(307, answer.statusCode());
    assertEquals(
        "//127.0.0.1:" + master.port(), answer.headers().firstValue("Location").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/state", "/master/state", "/tasks", "/frameworks", "/master/tasks/"})
  void aTaskIsShownInThePlainShape(String path) throws Exception {
    var body = anonymous(master.get(path).body());

    assertTrue(body.contains("{" + TASK + "}"), body);
  }

  @Test
  void stateDescribesMasterAgentsAndFrameworks() throws Exception {
    var body = anonymous(master.get("/state").body());

    assertTrue(body.contains("\"activated_slaves\":1.0,\"deactivated_slaves\":0.0,"), body);
    assertTrue(body.contains("\"cluster\":\"test\",\"flags\":{"), body);
    assertTrue(
        body.contains(
            "\"slaves\":[{\"id\":\"A\",\"hostname\":\"host-a\",\"port\":5051,\"attributes\":{},"
                + "\"pid\":\"slave(1)@127.0.0.1:5051\",\"registered_time\":"),
        body);
    assertTrue(body.contains("\"used_resources\":{\"disk\":0.0,\"mem\":32.0,"), body);
    assertTrue(
        body.contains("\"frameworks\":[{\"id\":\"F\",\"name\":\"scripted\",\"used_resources\":"),
        body);
    assertTrue(body.contains("\"orphan_tasks\":[],\"unregistered_frameworks\":[]}"), body);
    assertFalse(body.contains("E9"), body);
  }

  @Test
  void oneAgentCanBeAskedFor() throws Exception {
    var known = anonymous(master.get("/slaves?slave_id=" + agent.id().getValue()).body());
    var unknown = master.get("/slaves?slave_id=x").body();

    assertTrue(
        known.contains(
            "\"used_resources_full\":[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1.0},"
                + "\"role\":\"*\",\"allocation_info\":{\"role\":\"r\"}}"),
        known);
    assertEquals("{\"slaves\":[],\"recovered_slaves\":[]}", unknown);
  }

  @Test
  void figuresTellHowOftenTheCoreTookATurnAndHowLong() throws Exception {
    var body = master.get("/metrics/snapshot").body();

    assertTrue(body.contains("\"master/turns/Accept/count\":1.0,"), body);
    for (var figure : List.of("max", "p50", "p99", "p999")) {
      assertTrue(body.contains("\"master/turns/Accept/" + figure + "_ms\":"), body);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=0", "offset=1", "task_id=x", "framework_id=x", "limit=0&order=asc"})
  void tasksAreShownInPagesAndByFilter(String query) throws Exception {
    assertEquals("{\"tasks\":[]}", master.get("/tasks?" + query).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=abc", "offset=x", "order=asc", "task_id=t1"})
  void whatIsNoNumberCountsAsNotGiven(String query) throws Exception {
    assertTrue(master.get("/tasks?" + query).body().contains("\"id\":\"t1\""));
  }

  @Test
  void callsNotThereYetAreToldSo() throws Exception {
    assertEquals("501 Not Implemented.", master.operator("{\"type\":\"UNKNOWN\"}"));
    assertEquals(
        "Failed to validate master::Call: Expecting 'type' to be present",
        master.operator("{\"type\":\"NO_SUCH\"}"));
  }

  @Test
  void shortAnswersOfTheOperatorsApi() throws Exception {
    assertEquals(
        "{\"type\":\"GET_HEALTH\",\"get_health\":{\"healthy\":true}}",
        master.operator("{\"type\":\"GET_HEALTH\"}"));
    assertTrue(
        master
            .operator("{\"type\":\"GET_VERSION\"}")
            .startsWith(
                "{\"type\":\"GET_VERSION\",\"get_version\":{\"version_info\":{\"version\":\"1.11.0\","));
    assertTrue(
        master
            .operator("{\"type\":\"GET_MASTER\"}")
            .startsWith("{\"type\":\"GET_MASTER\",\"get_master\":{\"master_info\":{\"id\":"));
  }

  @Test
  void stateSaysTheSameInJsonAndProtobuf() throws Exception {
    var json = anonymous(master.operator("{\"type\":\"GET_STATE\"}"));
    var state = protobuf("GET_STATE").getGetState();

    assertTrue(
        json.startsWith("{\"type\":\"GET_STATE\",\"get_state\":{\"get_tasks\":{\"tasks\":[{"));
    assertTrue(
        json.contains(
            "\"unreachable_tasks\":[],\"completed_tasks\":[]},"
                + "\"get_executors\":{\"executors\":[]},\"get_frameworks\":{"),
        json);
    assertEquals("t1", state.getGetTasks().getTasks(0).getTaskId().getValue());
    assertEquals(
        scheduler.id(), state.getGetFrameworks().getFrameworks(0).getFrameworkInfo().getId());
    assertEquals(agent.id(), state.getGetAgents().getAgents(0).getAgentInfo().getId());
  }

  @Test
  void aTaskIsShownWithItsUpdates() throws Exception {
    var task = protobuf("GET_TASKS").getGetTasks().getTasks(0);

    assertEquals("task one", task.getName());
    assertEquals(TaskState.TASK_RUNNING, task.getState());
    assertEquals(TaskState.TASK_RUNNING, task.getStatusUpdateState());
    assertEquals(16, task.getStatusUpdateUuid().size());
    assertEquals("r", task.getResources(0).getAllocationInfo().getRole());
    assertEquals(1, task.getStatusesCount());
  }

  private Response protobuf(String call) throws Exception {
    var answer =
        master.sendForBytes(
            master
                .request("/api/v1")
                .header("Content-Type", RunningMaster.JSON)
                .header("Accept", RunningMaster.PROTOBUF)
                .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"" + call + "\"}")));
    assertEquals(RunningMaster.PROTOBUF, answer.headers().firstValue("Content-Type").orElseThrow());
    try {
      return Response.parseFrom(answer.body());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("not a Response: " + answer.body().length + " bytes", e);
    }
  }

  private String anonymous(String text) {
    return text.replace(scheduler.id().getValue(), "F").replace(agent.id().getValue(), "A");
  }

  private static Call.Builder accept(Offer offer) {
    return Call.newBuilder()
        .setType(Call.Type.ACCEPT)
        .setAccept(
            Call.Accept.newBuilder()
                .addOfferIds(offer.getId())
                .addOperations(
                    Offer.Operation.newBuilder()
                        .setType(Offer.Operation.Type.LAUNCH)
                        .setLaunch(
                            Offer.Operation.Launch.newBuilder()
                                .addTaskInfos(
                                    TaskInfo.newBuilder()
                                        .setName("task one")
                                        .setTaskId(TaskID.newBuilder().setValue("t1"))
                                        .setAgentId(offer.getAgentId())
                                        .setCommand(CommandInfo.newBuilder().setValue("true"))
                                        .addAllResources(
                                            Resources.parse("cpus:1;mem:32", "*").messages())))));
  }
}
