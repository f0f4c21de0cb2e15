package io.proffer.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.TaskMessages;
import io.proffer.agent.core.fact.AgentFacts;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Room;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Attributes;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.ContainerID;
import io.proffer.api.v1.ContainerStatus;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class StateJsonTest {
  private static Task task(String id, String command, Progress progress) {
    var container = ContainerID.newBuilder().setValue("c-" + id);
    var status =
        TaskStatus.newBuilder()
            .setTaskId(TaskMessages.task(id, "").getTaskId())
            .setState(TaskState.TASK_RUNNING)
            .setTimestamp(1795219605.5)
            .setContainerStatus(
                ContainerStatus.newBuilder().setContainerId(container).setExecutorPid(42))
            .build();
    return new Task(
        new TaskKey(new FrameworkId("F"), new TaskId(id)),
        TaskMessages.task(id, command).build(),
        new ContainerId("c-" + id),
        "/w/" + id,
        progress,
        List.of(status),
        List.of());
  }

  private static Snapshot snapshot(List<Task> tasks) {
    return snapshot(tasks, "cpus:4;mem(r):64;ports:[1-2]");
  }

  private static Snapshot snapshot(List<Task> tasks, String resources) {
    var info =
        AgentInfo.newBuilder()
            .setHostname("host")
            .setPort(5051)
            .addAllResources(Resources.parse(resources, "*").messages())
            .addAllAttributes(Attributes.parse("rack:a;slots:40000000;p:[1-2]"))
            .build();
    var facts =
        new AgentFacts(
            info,
            "10.0.0.1",
            "/w",
            Optional.empty(),
            "/l",
            new TreeMap<>(),
            "1.11.0",
            1795219604.25);
    var master = MasterInfo.newBuilder().setId("m").setIp(0).setPort(1).setHostname("mh").build();
    return new Snapshot(
        facts,
        Optional.of(new AgentId("S0")),
        new Link.Registered("s", 1, master),
        Optional.empty(),
        false,
        List.of(new Framework(TaskMessages.framework("F"), false)),
        List.of(),
        List.of(),
        List.of(),
        tasks,
        List.of(task("done", "exit 1", new Progress.Ended())),
        new Snapshot.Weights(0, 0, 0, Room.in(0)));
  }

  private static String state() throws IOException {
    return state(
        snapshot(List.of(task("live", "a command of some length", new Progress.Running(42)))));
  }

  private static String state(Snapshot snapshot) throws IOException {
    var out = new ByteArrayOutputStream();
    StateJson.write(
        snapshot, new Sight(Rights.unlimited(Optional.empty())), Map.of("ip", "10.0.0.1"), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatWasAskedForAndDoesNotRunYetIsPending() throws IOException {
    var tasks =
        List.of(
            task("runs", "true", new Progress.Running(42)),
            task("waits", "true", new Progress.Launching()),
            task("over", "true", new Progress.Ended()));
    var out = new ByteArrayOutputStream();
    Containers.writePending(snapshot(tasks), new Sight(Rights.unlimited(Optional.empty())), out);
    assertEquals(
        "{\"pending\":[{\"args\":{\"containerId\":\"c-waits\"},\"operation\":\"launch\"}]}",
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theAgentIsShownInTheReferencesShape() throws IOException {
    var state = state();
    var from = state.indexOf("\"start_time\"");
    assertEquals(
        """
        "start_time":1795219604.25,"id":"S0","pid":"slave(1)@10.0.0.1:5051","hostname":"host",\
        "capabilities":["MULTI_ROLE","HIERARCHICAL_ROLE","RESERVATION_REFINEMENT","RESOURCE_PROVIDER",\
        "RESIZE_VOLUME","AGENT_OPERATION_FEEDBACK","AGENT_DRAINING","TASK_RESOURCE_LIMITS"],\
        "resources":{"disk":0.0,"mem":64.0,"gpus":0.0,"cpus":4.0,"ports":"[1-2]"},\
        "reserved_resources":{"r":{"disk":0.0,"mem":64.0,"gpus":0.0,"cpus":0.0}},\
        "unreserved_resources":{"disk":0.0,"mem":0.0,"gpus":0.0,"cpus":4.0,"ports":"[1-2]"},\
        "reserved_resources_full":{"r":[{"name":"mem","type":"SCALAR","scalar":{"value":64.0},"role":"r",\
        "reservations":[{"type":"STATIC","role":"r"}]}]},\
        "unreserved_resources_full":[{"name":"cpus","type":"SCALAR","scalar":{"value":4.0},"role":"*"},\
        {"name":"ports","type":"RANGES","ranges":{"range":[{"begin":1,"end":2}]},"role":"*"}],\
        "reserved_resources_allocated":{},\
        "unreserved_resources_allocated":{"disk":0.0,"mem":32.0,"gpus":0.0,"cpus":0.2},\
        "resource_providers":[],"attributes":{"rack":"a","slots":40000000.0,"p":"[1-2]"},"master_hostname":"mh",\
        "flags":{"ip":"10.0.0.1"},\
        """,
        state.substring(from, state.indexOf("\"frameworks\"")));
  }

  @Test
  void setsAndRangesOfOneNameAreOneWhateverTheyAreReservedFor() throws IOException {
    var state =
        state(snapshot(List.of(), "cpus:4;zones(a):{x,y};zones(b):{z};ports:[1-2];ports(a):[5-6]"));
    assertTrue(
        state.contains(
            "\"resources\":{\"disk\":0.0,\"mem\":0.0,\"gpus\":0.0,\"cpus\":4.0,"
                + "\"ports\":\"[1-2, 5-6]\",\"zones\":\"{x, y, z}\"},"),
        state);
  }

  @Test
  void timesAreWrittenPlainly() throws IOException {
    assertTrue(state().startsWith("{\"version\":\"1.11.0\",\"proffer_version\":"), state());
    assertTrue(state().contains("\"build_time\":1767225600.0,"), state());
  }

  @Test
  void eachCommandTaskIsShownUnderAnExecutorOfItsOwn() throws IOException {
    var state = state();
    assertEquals(
        """
        "frameworks":[{"id":"F","name":"F","user":"","failover_timeout":0.0,"checkpoint":false,"hostname":"",\
        "role":"*","executors":[{"id":"live",\
        "name":"Command Executor (Task: live) (Command: sh -c 'a command of...')","source":"live",\
        "container":"c-live","directory":"/w/live",\
        "resources":{"disk":0.0,"mem":32.0,"gpus":0.0,"cpus":0.2},"role":"test","tasks":[{"id":"live",\
        "name":"live","framework_id":"F","executor_id":"","slave_id":"master-S0","state":"TASK_RUNNING",\
        "resources":{"disk":0.0,"mem":0.0,"gpus":0.0,"cpus":0.1},"role":"test",\
        "statuses":[{"state":"TASK_RUNNING","timestamp":1795219605.5,\
        "container_status":{"container_id":{"value":"c-live"}}}]}],"queued_tasks":[],"completed_tasks":[]}],\
        "completed_executors":[{"id":"done",\
        "name":"Command Executor (Task: done) (Command: sh -c 'exit 1')","source":"done",\
        "container":"c-done","directory":"/w/done",\
        "resources":{"disk":0.0,"mem":32.0,"gpus":0.0,"cpus":0.1},"role":"test","tasks":[],\
        "queued_tasks":[],"completed_tasks":[{"id":"done","name":"done","framework_id":"F","executor_id":"",\
        "slave_id":"master-S0","state":"TASK_RUNNING",\
        "resources":{"disk":0.0,"mem":0.0,"gpus":0.0,"cpus":0.1},"role":"test",\
        "statuses":[{"state":"TASK_RUNNING","timestamp":1795219605.5,\
        "container_status":{"container_id":{"value":"c-done"}}}]}]}]}],"completed_frameworks":[]}\
        """,
        state.substring(state.indexOf("\"frameworks\"")));
  }
}
