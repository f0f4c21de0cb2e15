package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.Filters;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A custom executor from its launch to its end, as frameworks and operators see it. */
@Timeout(60)
class ExecutorReadsTest {
  private static final ExecutorID WORKER = ExecutorID.newBuilder().setValue("worker").build();
  private static final String RESOURCES =
      "\"resources\":[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":0.5},"
          + "\"allocation_info\":{\"role\":\"r\"}}]";

  private RunningMaster master;
  private ScriptedAgent agent;
  private ScriptedScheduler scheduler;
  private ToAgent first;

  @BeforeEach
  void launchTwoTasksOnOneExecutor() throws Exception {
    master = RunningMaster.start(Map.of("registry", "in_memory"));
    agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
    scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build());
    var offer = scheduler.next(Event.Type.OFFERS).getOffers().getOffers(0);
    scheduler.call(accept(offer, task("a", offer), task("b", offer)));
    first = agent.next(ToAgent.BodyCase.RUN_TASK);
  }

  @AfterEach
  void stop() throws Exception {
    scheduler.close();
    agent.close();
    master.close();
  }

  @Test
  void theAgentStartsTheExecutorForTheFirstTaskOnly() throws Exception {
    assertTrue(first.getRunTask().getLaunchExecutor());
    var second = agent.next(ToAgent.BodyCase.RUN_TASK).getRunTask();
    assertEquals("b", second.getTask().getTaskId().getValue());
    assertEquals(false, second.getLaunchExecutor());
    var rest = scheduler.next(Event.Type.OFFERS).getOffers().getOffers(0);
    assertEquals(List.of(WORKER), rest.getExecutorIdsList());
    assertEquals(
        Resources.parse("cpus:1.5;mem:4032", "*"),
        Resources.of(rest.getResourcesList()).withoutAllocation());
  }

  @Test
  void operatorsSeeTheExecutorOnce() throws Exception {
    var executors =
        "\"get_executors\":{\"executors\":[{\"executor_info\":{\"executor_id\":{\"value\":\"worker\"},"
            + "\"framework_id\":{\"value\":\"F\"},"
            + "\"command\":{\"shell\":true,\"value\":\"./worker\"},"
            + RESOURCES
            + "},\"agent_id\":{\"value\":\"A\"}}]}";

    var alone = operator("GET_EXECUTORS");
    assertEquals("{\"type\":\"GET_EXECUTORS\"," + executors + "}", alone);
    var state = operator("GET_STATE");
    assertTrue(
        state.contains(alone.substring(alone.indexOf("\"get_executors\""), alone.length() - 1)),
        state);
    var agents = operator("GET_AGENTS");
    assertTrue(
        agents.contains(
            "\"allocated_resources\":[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":2.5},"),
        agents);
  }

  @Test
  void plainEndpointsShowItWithItsFramework() throws Exception {
    var body = anonymous(master.get("/state").body());

    assertTrue(
        body.contains(
            "\"executors\":[{\"executor_id\":\"worker\",\"name\":\"\",\"framework_id\":\"F\","
                + "\"command\":{\"value\":\"./worker\",\"argv\":[],\"uris\":[]},"
                + "\"resources\":{\"disk\":0.0,\"mem\":0.0,\"gpus\":0.0,\"cpus\":0.5},"
                + "\"role\":\"r\",\"slave_id\":\"A\"}]"),
        body);
    assertTrue(body.contains("\"executor_id\":\"worker\",\"slave_id\":\"A\","), body);
  }

  @Test
  void messagesAndItsEndReachTheFramework() throws Exception {
    var data = ByteString.copyFromUtf8("hello");
    agent.send(
        FromAgent.Record.newBuilder()
            .setMessage(
                FromAgent.Message.newBuilder()
                    .setFrameworkId(scheduler.id())
                    .setExecutorId(WORKER)
                    .setData(data)));
    var message = scheduler.next(Event.Type.MESSAGE).getMessage();
    assertEquals(data, message.getData());
    assertEquals(agent.id(), message.getAgentId());

    agent.send(
        FromAgent.Record.newBuilder()
            .setExecutorExited(
                FromAgent.ExecutorExited.newBuilder()
                    .setFrameworkId(scheduler.id())
                    .setExecutorId(WORKER)
                    .setStatus(1792)));
    var failure = scheduler.next(Event.Type.FAILURE).getFailure();
    assertEquals(WORKER, failure.getExecutorId());
    assertEquals(1792, failure.getStatus());
    assertEquals(
        "{\"type\":\"GET_EXECUTORS\",\"get_executors\":{\"executors\":[]}}",
        master.operator("{\"type\":\"GET_EXECUTORS\"}"));
  }

  @Test
  void anAgentOfAnotherMasterBringsItsExecutorsWithIt() throws Exception {
    var next = RunningMaster.start(Map.of("registry", "in_memory"));
    var report = ScriptedAgent.subscription();
    report.getAgentInfoBuilder().setId(agent.id());
    report
        .addFrameworks(first.getRunTask().getFrameworkInfo())
        .addExecutors(
            Subscribe.ExecutorReport.newBuilder()
                .setFrameworkId(scheduler.id())
                .setExecutorInfo(first.getRunTask().getTask().getExecutor()));
    var there = ScriptedAgent.register(next, report);

    var body = anonymous(next.operator("{\"type\":\"GET_EXECUTORS\"}"));

    assertEquals(operator("GET_EXECUTORS"), body);
    there.close();
    next.close();
  }

  private String operator(String call) throws Exception {
    return anonymous(master.operator("{\"type\":\"" + call + "\"}"));
  }

  private String anonymous(String text) {
    return text.replace(scheduler.id().getValue(), "F").replace(agent.id().getValue(), "A");
  }

  private static TaskInfo task(String id, Offer offer) throws TextFormat.ParseException {
    return TaskInfo.newBuilder()
        .setName(id)
        .setTaskId(TaskID.newBuilder().setValue(id))
        .setAgentId(offer.getAgentId())
        .addAllResources(Resources.parse("cpus:1;mem:32", "*").messages())
        .setExecutor(
            TextFormat.parse(
                "executor_id { value: 'worker' } command { value: './worker' } resources {"
                    + " name: 'cpus' type: SCALAR scalar { value: 0.5 } }",
                ExecutorInfo.class))
        .build();
  }

  private static Call.Builder accept(Offer offer, TaskInfo... tasks) {
    var launch = Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH);
    launch.getLaunchBuilder().addAllTaskInfos(List.of(tasks));
    return Call.newBuilder()
        .setType(Call.Type.ACCEPT)
        .setAccept(
            Call.Accept.newBuilder()
                .addOfferIds(offer.getId())
                .addOperations(launch)
                .setFilters(Filters.newBuilder().setRefuseSeconds(0)));
  }
}
