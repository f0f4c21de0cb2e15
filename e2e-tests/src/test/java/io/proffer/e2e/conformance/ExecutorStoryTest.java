package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.ExecutorClient;
import io.proffer.e2e.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recorded life of a framework with executors of its own: what it and each of them said and
 * heard. The program of the executors waits for the word to end, and the test speaks for it.
 */
@Timeout(120)
final class ExecutorStoryTest {
  /** Stands where the recorded executors were started with python3; the tag tells them apart. */
  private static final String PROGRAM =
      """
      #!/bin/sh
      while [ ! -s %s/end-$TAG ]; do sleep 0.05; done
      exit $(cat %s/end-$TAG)
      """;

  @TempDir private static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Assumptions.assumeTrue(
        Golden.directory().isPresent(), "no recorded exchanges at -Dgolden.dir: skipped");
    var program =
        Files.writeString(directory.resolve("python3"), PROGRAM.replace("%s", "" + directory));
    assertTrue(program.toFile().setExecutable(true));
    cluster = Cluster.master("--hostname=127.0.0.1");
    cluster.addAgent(
        "cpus:4;mem:4096;disk:8192;ports:[31000-32000]",
        "--hostname=127.0.0.1",
        "--executor_environment_variables={\"PATH\":\"" + directory + ":/usr/bin:/bin\"}");
    cluster.awaitAgents(1);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void allOfIt() throws IOException {
    var recorded = golden("scheduler-SUBSCRIBE-stream-custom-executor");
    try (var story = Story.begin(cluster, recorded)) {
      custom(story);
      exits(story);
      dies(story);
      heartbeat(story, recorded);
    }
  }

  /** Two tasks on one executor, which subscribes twice, and is ended by its framework. */
  private static void custom(Story story) throws IOException {
    story.awaitOffer();
    story.call("ACCEPT.LAUNCH-custom-executor");
    awaitExecutor("ex-custom");
    try (var client = client(story, "ex-custom")) {
      client.subscribe("{}");
      var old = client.stream();
      var heard = hear(client, "SUBSCRIBED", "LAUNCH");
      say(client, "UPDATE-unknown-task", "unknown-task");
      runs(story, client, heard, "ex-1");
      story.call("MESSAGE-to-custom-executor");
      heard.addAll(hear(client, "MESSAGE"));
      echo(client, "hello");
      launch(story, task("ex-1", "ex-2", "ex-custom", "custom"));
      heard.addAll(hear(client, "LAUNCH"));
      runs(story, client, heard, "ex-2");
      story.scheduler().accepted(Json.of("{'type':'KILL','kill':{'task_id':{'value':'ex-1'}}}"));
      heard.addAll(hear(client, "KILL"));
      tell(story, client, heard, "UPDATE-TASK_KILLED", "ex-1", "TASK_KILLED");
      message(story, "ex-custom", "resubscribe");
      heard.addAll(hear(client, "MESSAGE"));
      echo(client, "resubscribe");
      same("SUBSCRIBE-stream-custom", heard);
      same("SUBSCRIBE-old-stream-at-resubscribe", heard);

      var again = golden("SUBSCRIBE-again-with-unacknowledged");
      var body = Json.parse(story.ours(new String(again.body(), StandardCharsets.UTF_8)));
      client.subscribe(body.get("subscribe").toString());
      assertTrue(old.ended(20_000), "the old stream ends without a last event");
      heard = hear(client, "SUBSCRIBED");
      same("SUBSCRIBE-again-with-unacknowledged", heard);
      story.scheduler().awaitUpdate("ex-1", "TASK_RUNNING");
      var other = task("ex-3", "ex-3", "ex-custom", "custom");
      ((ObjectNode) other.at("/executor/command")).put("value", "other");
      launch(story, other);
      story.scheduler().awaitUpdate("ex-3", "TASK_ERROR");
      story.call("SHUTDOWN-custom-executor");
      heard.addAll(hear(client, "SHUTDOWN"));
      say(client, "UPDATE-TASK_KILLED", "ex-1");
      story.scheduler().awaitUpdate("ex-1", "TASK_KILLED");
      tell(story, client, heard, "UPDATE-TASK_KILLED", "ex-2", "TASK_KILLED");
      same("SUBSCRIBE-stream-custom-resubscribed", heard);
      end("custom", "0");
      story.scheduler().await("FAILURE", event -> true);
    }
  }

  /** One that ends by itself while its task runs. */
  private static void exits(Story story) throws IOException {
    launch(story, task("ex-4", "ex-4", "ex-exits", "exits"));
    awaitExecutor("ex-exits");
    try (var client = client(story, "ex-exits")) {
      client.subscribe("{}");
      var heard = hear(client, "SUBSCRIBED", "LAUNCH");
      runs(story, client, heard, "ex-4");
      message(story, "ex-exits", "exit7");
      heard.addAll(hear(client, "MESSAGE"));
      echo(client, "exit7");
      same("SUBSCRIBE-stream-exits", heard);
      story.scheduler().await("MESSAGE", event -> event.toString().contains("ex-exits"));
      end("exits", "7");
      story.scheduler().awaitUpdate("ex-4", "TASK_FAILED");
    }
  }

  /** One that ends before it has subscribed. */
  private static void dies(Story story) throws IOException {
    end("dies", "5");
    launch(story, task("ex-5", "ex-5", "ex-dies", "dies"));
    story.scheduler().awaitUpdate("ex-5", "TASK_FAILED");
  }

  /** One that lives until its framework is torn down. */
  private static void heartbeat(Story story, Golden recorded) throws IOException {
    launch(story, task("ex-6", "ex-6", "ex-hb", "heartbeat"));
    awaitExecutor("ex-hb");
    try (var client = client(story, "ex-hb")) {
      client.subscribe("{}");
      var heard = hear(client, "SUBSCRIBED", "LAUNCH");
      runs(story, client, heard, "ex-6");
      assertEquals(202, client.send(client.call("HEARTBEAT")).statusCode());
      // What the task gives back is offered by itself.
      story.awaitOffer();
      message(story, "ex-hb", "finish");
      heard.addAll(hear(client, "MESSAGE"));
      echo(client, "finish");
      tell(story, client, heard, "UPDATE-TASK_FINISHED", "ex-6", "TASK_FINISHED");
      story.heard(recorded);
      story.scheduler().teardown();
      heard.addAll(hear(client, "SHUTDOWN"));
      same("SUBSCRIBE-stream-heartbeat", heard);
      end("heartbeat", "0");
    }
  }

  private static ExecutorClient client(Story story, String executor) {
    return new ExecutorClient(cluster.agentPort(0), story.scheduler().frameworkId(), executor);
  }

  private static List<JsonNode> hear(ExecutorClient client, String... types) throws IOException {
    var heard = new ArrayList<JsonNode>();
    for (var type : types) {
      heard.add(client.event(type));
    }
    return heard;
  }

  private static void runs(Story story, ExecutorClient client, List<JsonNode> heard, String task)
      throws IOException {
    tell(story, client, heard, "UPDATE-TASK_STARTING", task, "TASK_STARTING");
    tell(
        story, client, heard, "UPDATE-TASK_RUNNING-with-message-data-labels", task, "TASK_RUNNING");
  }

  /** News of a task that its framework acknowledges, and that is acknowledged to the executor. */
  private static void tell(
      Story story,
      ExecutorClient client,
      List<JsonNode> heard,
      String recording,
      String task,
      String state)
      throws IOException {
    say(client, recording, task);
    story.scheduler().awaitUpdate(task, state);
    heard.add(client.event("ACKNOWLEDGED"));
  }

  private static void say(ExecutorClient client, String recording, String task) {
    var update =
        Json.parse(new String(golden(recording).body(), StandardCharsets.UTF_8)).get("update");
    ((ObjectNode) update.at("/status/task_id")).put("value", task);
    var uuid = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    ((ObjectNode) update.get("status")).put("uuid", uuid.getBytes(StandardCharsets.UTF_8));
    var call = client.call("UPDATE");
    call.set("update", update);
    var answer = client.send(call);
    assertEquals(202, answer.statusCode(), answer.body());
  }

  private static void echo(ExecutorClient client, String what) {
    var call = client.call("MESSAGE");
    call.putObject("message").put("data", base64("echo:" + what));
    assertEquals(202, client.send(call).statusCode());
  }

  private static void message(Story story, String executor, String data) {
    var call = Golden.of("scheduler", "MESSAGE-to-custom-executor").document().at("/request/body");
    var message = (ObjectNode) Json.parse(story.ours(call.asText()));
    message.withObject("message").put("data", base64(data));
    message.withObject("message").putObject("executor_id").put("value", executor);
    story.scheduler().accepted(message);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The first recorded task with another id and executor; only that of the first is FULL. */
  private static ObjectNode task(String name, String id, String executor, String tag) {
    var call = Golden.of("scheduler", "ACCEPT.LAUNCH-custom-executor");
    var task =
        (ObjectNode)
            Json.parse(call.document().at("/request/body").asText())
                .at("/accept/operations/0/launch/task_infos/0");
    task.put("name", name).putObject("task_id").put("value", id);
    ((ObjectNode) task.get("executor")).putObject("executor_id").put("value", executor);
    var variables = task.at("/executor/command/environment/variables");
    ((ObjectNode) variables.get(0)).put("value", tag);
    ((ObjectNode) variables.get(1)).put("value", tag.equals("custom") ? "1" : "0");
    return task;
  }

  private static void launch(Story story, ObjectNode task) {
    story.awaitOffer();
    story.launch((ObjectNode) Json.parse(story.ours(task.toString())));
  }

  private static void end(String tag, String status) throws IOException {
    Files.writeString(directory.resolve("end-" + tag), status);
  }

  private static void awaitExecutor(String executor) {
    Awaitility.await(executor + " is there")
        .until(
            () ->
                Json.get("http://127.0.0.1:" + cluster.agentPort(0) + "/containers")
                    .findValuesAsText("executor_id")
                    .contains(executor));
  }

  private static void same(String stream, List<JsonNode> heard) throws IOException {
    var ours = List.copyOf(heard);
    Differences.check(golden(stream), () -> Heard.same(Heard.recorded(golden(stream)), ours));
  }

  private static Golden golden(String name) {
    return Golden.of("executor", name);
  }
}
