package io.proffer.e2e.durability;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.Label;
import io.proffer.api.v1.Labels;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.executor.Call;
import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.ExecutorClient;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import io.proffer.e2e.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An agent with little memory and the bounds that follow from it, of which its frameworks want far
 * more: it refuses with a sentence, lives on, and what it has taken survives it.
 */
@Timeout(600)
final class AgentMemoryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KB = 1024;
  private static final int MB = 1024 * KB;

  private final Cluster cluster = Cluster.master();
  private final int port = FreePorts.any();
  private ServiceProcess agent;
  private Scheduler scheduler;

  @BeforeEach
  void start() {
    startAgent();
    scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("large"));
  }

  @AfterEach
  void stop() {
    assertTrue(agent.alive(), agent.output());
    scheduler.teardown();
    scheduler.close();
    agent.endForGood();
    agent.close();
    cluster.close();
  }

  private void startAgent() {
    agent =
        ServiceProcess.start(
                cluster.directory().resolve("agent.log"),
                List.of("-Xmx96m", "-XX:+ExitOnOutOfMemoryError"),
                List.of(
                    "agent",
                    "--ip=127.0.0.1",
                    "--port=" + port,
                    "--master=127.0.0.1:" + cluster.masterPort(),
                    "--work_dir=" + cluster.directory().resolve("agent"),
                    "--resources=" + Cluster.RESOURCES,
                    "--registration_backoff_factor=100ms",
                    "--executor_reregistration_timeout=1mins"))
            .awaitHealthy(port);
    cluster.awaitAgents(1);
  }

  private static byte[] bytes(int size) {
    return new byte[size];
  }

  /** A call that tells news of a task with so much data; its number is its uuid. */
  private static ObjectNode update(
      ExecutorClient executor, String task, String state, int number, int size) {
    var status = Json.of("{'task_id':{},'source':'SOURCE_EXECUTOR'}");
    ((ObjectNode) status.get("task_id")).put("value", task);
    status.put("state", state).put("uuid", "%016d".formatted(number).getBytes(US_ASCII));
    status.put("data", bytes(size));
    var call = executor.call("UPDATE");
    call.set("update", Json.of("{}").set("status", status));
    return call;
  }

  private static int number(JsonNode status) {
    try {
      return Integer.parseInt(new String(status.get("uuid").binaryValue(), US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Which of sixteen tasks of 1 MB each its executor was given; the others were dropped. */
  private List<String> launched() {
    for (var round = 0; round < 4; round++) {
      var offer = scheduler.awaitOffer();
      var first = round * 4;
      scheduler.launch(
          offer,
          IntStream.range(first, first + 4)
              .mapToObj(
                  i ->
                      ExecutorClient.task(
                              "t" + i, "e", "sleep 1000", offer, scheduler.frameworkId())
                          .put("data", bytes(MB)))
              .toList());
    }
    var dropped = new LinkedHashSet<String>();
    Awaitility.await("what becomes of 16 tasks")
        .atMost(PATIENCE)
        .until(
            () -> {
              var event = scheduler.next(Duration.ofMillis(50));
              var status = event == null ? Json.of("{}") : event.at("/update/status");
              if (status.has("state")) {
                assertEquals("TASK_DROPPED", status.get("state").asText(), status.toString());
                assertTrue(
                    status.path("message").asText().contains("--task_bytes"), status.toString());
                scheduler.acknowledge(status);
                dropped.add(status.at("/task_id/value").asText());
              }
              return dropped.size() + given().size() == 16;
            });
    var given = given();
    assertTrue(given.size() >= 8 && given.size() < 16, given + " fit");
    return given;
  }

  private List<String> given() {
    var ids = new ArrayList<String>();
    var executor = Json.get("http://127.0.0.1:" + port + "/state").at("/frameworks/0/executors/0");
    executor.path("queued_tasks").forEach(task -> ids.add(task.path("id").asText()));
    executor.path("tasks").forEach(task -> ids.add(task.path("id").asText()));
    return ids;
  }

  @Test
  void anAgentThatIsFullIsKilledAndLosesNothing() throws IOException {
    var tasks = launched();
    Map<String, List<Integer>> accepted = new LinkedHashMap<>();
    tasks.forEach(task -> accepted.put(task, new ArrayList<>()));
    List<ObjectNode> left = new ArrayList<>();
    try (var executor = new ExecutorClient(port, scheduler.frameworkId(), "e").subscribed()) {
      for (var ignored : tasks) {
        executor.event("LAUNCH");
      }
      var number = 0;
      for (var state : List.of("TASK_STARTING", "TASK_RUNNING", "TASK_FINISHED")) {
        for (var task : tasks) {
          left.add(update(executor, task, state, ++number, 700 * KB));
        }
      }
      left = send(executor, left, accepted);
    }
    assertFalse(left.isEmpty(), "all was taken");

    agent.kill();
    startAgent();
    try (var executor = new ExecutorClient(port, scheduler.frameworkId(), "e")) {
      executor.subscribe(returning(tasks, left)).event("SUBSCRIBED");
      var seen = new LinkedHashMap<String, List<Integer>>();
      var ends = 0;
      while (ends < tasks.size()) {
        left = send(executor, left, accepted);
        var event = scheduler.next(Duration.ofSeconds(1));
        if (event == null || !event.path("type").asText().equals("UPDATE")) {
          continue;
        }
        var status = event.at("/update/status");
        scheduler.acknowledge(status);
        var task = status.at("/task_id/value").asText();
        var all = seen.computeIfAbsent(task, t -> new ArrayList<>());
        if (tasks.contains(task) && !all.contains(number(status))) {
          all.add(number(status));
          ends += status.path("state").asText().equals("TASK_FINISHED") ? 1 : 0;
        }
      }
      seen.keySet().retainAll(tasks);
      assertEquals(accepted, seen);
      assertEquals(List.of(), left);
    }
  }

  @Test
  void whatIsOverTakesNoMoreThanItsShare() {
    for (var i = 0; i < 100; i++) {
      var offer = scheduler.awaitOffer();
      var task = Scheduler.task("t" + i, "true", offer);
      task.set("labels", Json.of("{'labels':[{'key':'k'}]}"));
      ((ObjectNode) task.at("/labels/labels/0")).put("value", "v".repeat(MB));
      scheduler.launch(offer, List.of(task));
      scheduler.awaitUpdate("t" + i, "TASK_FINISHED");
    }
    var shown = new ArrayList<String>();
    for (var kind : List.of("frameworks", "completed_frameworks")) {
      Json.get("http://127.0.0.1:" + port + "/state")
          .findPath(kind)
          .findValues("completed_tasks")
          .forEach(tasks -> tasks.forEach(task -> shown.add(task.path("id").asText())));
    }
    assertFalse(shown.isEmpty());
    assertTrue(shown.size() < 10, shown.size() + " are shown");
    assertTrue(shown.getLast().equals("t99"), shown.toString());
  }

  /** A body may be ten times as large once it is read: so many small objects it can hold. */
  @Test
  void aCallOfManySmallPartsIsRefused() throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/executor"))
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(labels(11 * MB)))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      for (var i = 0; i < 4; i++) {
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(413, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("--call_bytes"), answer.body());
      }
    }
  }

  /** An update with labels that have no value, and a key of one letter. */
  private static byte[] labels(int size) {
    var label = Label.newBuilder().setKey("k").build();
    var labels = Labels.newBuilder();
    for (var bytes = 0; bytes < size; bytes += label.getSerializedSize() + 2) {
      labels.addLabels(label);
    }
    var status =
        TaskStatus.newBuilder()
            .setTaskId(TaskID.newBuilder().setValue("t"))
            .setState(TaskState.TASK_RUNNING)
            .setLabels(labels);
    return Call.newBuilder()
        .setType(Call.Type.UPDATE)
        .setFrameworkId(FrameworkID.newBuilder().setValue("F"))
        .setExecutorId(ExecutorID.newBuilder().setValue("e"))
        .setUpdate(Call.Update.newBuilder().setStatus(status))
        .build()
        .toByteArray();
  }

  /** Of each task up to the first that is refused; these are left. */
  private static List<ObjectNode> send(
      ExecutorClient executor, List<ObjectNode> calls, Map<String, List<Integer>> accepted) {
    var left = new ArrayList<ObjectNode>();
    var behind = new LinkedHashSet<String>();
    for (var call : calls) {
      var status = call.at("/update/status");
      var task = status.at("/task_id/value").asText();
      if (!behind.contains(task)) {
        var answer = executor.send(call);
        if (answer.statusCode() == 202) {
          accepted.get(task).add(number(status));
          continue;
        }
        assertEquals(503, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("--update_bytes"), answer.body());
      }
      behind.add(task);
      left.add(call);
    }
    return left;
  }

  /** What a SUBSCRIBE holds of an executor that has been there before. */
  private static String returning(List<String> tasks, List<ObjectNode> left) {
    var subscribe = Json.of("{'unacknowledged_tasks':[],'unacknowledged_updates':[]}");
    for (var task : tasks) {
      var info = Json.of("{'name':'n','task_id':{},'agent_id':{'value':'a'}}");
      ((ObjectNode) info.get("task_id")).put("value", task);
      subscribe.withArray("/unacknowledged_tasks").add(info);
    }
    // A request holds so many; the others are sent later.
    left.stream()
        .limit(6)
        .forEach(call -> subscribe.withArray("/unacknowledged_updates").add(call.get("update")));
    return subscribe.toString().replace('"', '\'');
  }
}
