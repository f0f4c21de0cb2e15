package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.ExecutorClient;
import io.proffer.e2e.Json;
import io.proffer.e2e.RawHttp;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What custom executors said to the reference's agent, and what they heard. */
@Timeout(300)
final class ExecutorTest {
  private static final String FRAMEWORK = "[0-9a-f-]{36}-\\d{4}";
  private static final String AGENT = "[0-9a-f-]{36}-S\\d+";
  private static final String INFO =
      "{'user':'root','name':'golden-executor','roles':['golden'],'checkpoint':false,"
          + "'failover_timeout':0.0,'capabilities':[{'type':'MULTI_ROLE'}]}";

  private static Cluster cluster;

  @BeforeAll
  static void start() {
    if (Golden.directory().isPresent()) {
      cluster = Cluster.master("--hostname=127.0.0.1");
      cluster.addAgent("cpus:4;mem:4096;disk:8192;ports:[31000-32000]", "--hostname=127.0.0.1");
      cluster.awaitAgents(1);
    }
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> calls() {
    return Golden.all("executor").stream()
        .filter(
            g ->
                g.name().startsWith("error-")
                    || g.name().startsWith("UPDATE-")
                    || g.name().equals("MESSAGE")
                    || g.name().equals("HEARTBEAT-call"))
        .map(
            g ->
                DynamicTest.dynamicTest(g.name(), () -> Differences.check(g, () -> sameAnswer(g))));
  }

  private static void sameAnswer(Golden golden) throws IOException {
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), Json.of(INFO))) {
      var executor = golden.name().equals("MESSAGE") ? "ex-hb" : "ex-custom";
      if (golden.name().startsWith("UPDATE-TASK_")) {
        executor = Json.parse(text(golden)).at("/executor_id/value").asText();
      }
      var offer = scheduler.awaitOffer();
      var task = ExecutorClient.task("ex-1", executor, "sleep 600", offer, scheduler.frameworkId());
      // Its process takes no notice of a SHUTDOWN.
      ((ObjectNode) task.get("executor"))
          .set("shutdown_grace_period", Json.of("{'nanoseconds':100000000}"));
      scheduler.launch(offer, List.of(task));
      awaitExecutor();
      try (var client =
              new ExecutorClient(cluster.agentPort(0), scheduler.frameworkId(), executor);
          var http = new RawHttp(cluster.agentPort(0))) {
        if (!golden.name().equals("UPDATE-before-SUBSCRIBE")) {
          client.subscribed();
        }
        http.send(
            golden.method(),
            golden.path(),
            golden.headerLines(),
            text(golden)
                .replaceAll(FRAMEWORK, scheduler.frameworkId())
                .getBytes(StandardCharsets.UTF_8));
        var answer = http.answer();
        assertEquals(golden.status(), answer.status(), answer.body());
        assertEquals(
            Normal.text(golden.response().path("body").asText()), Normal.text(answer.body()));
        assertEquals(
            golden.header("Content-Type"), answer.headers().getOrDefault("content-type", ""));
      }
      scheduler.teardown();
    }
    Awaitility.await("the executor is gone")
        .atMost(Duration.ofSeconds(20))
        .until(() -> containers().isEmpty());
  }

  private static JsonNode containers() {
    return Json.get("http://127.0.0.1:" + cluster.agentPort(0) + "/containers");
  }

  private static void awaitExecutor() {
    Awaitility.await("the executor is there")
        .atMost(Duration.ofSeconds(20))
        .until(() -> !containers().isEmpty());
  }

  private static String text(Golden golden) {
    return new String(golden.body(), StandardCharsets.UTF_8);
  }

  /** The whole life of two tasks on one executor, as both ends of it saw it. */
  @Test
  void theStreamsOfAnExecutorAndOfItsScheduler() throws IOException {
    if (Golden.directory().isEmpty()) {
      return;
    }
    var golden = Golden.of("executor", "SUBSCRIBE-old-stream-at-resubscribe");
    var again = Golden.of("executor", "SUBSCRIBE-stream-custom-resubscribed");
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), Json.of(INFO))) {
      var offer = scheduler.awaitOffer();
      var first = golden.response().at("/recordio_events/1/launch/task");
      scheduler.launch(offer, List.of(task(first, offer, scheduler)));
      awaitExecutor();
      var client = new ExecutorClient(cluster.agentPort(0), scheduler.frameworkId(), "ex-custom");
      client.subscribe("{}");
      var old = client.stream();
      var heard = new ArrayList<JsonNode>();
      heard.add(client.event("SUBSCRIBED"));
      heard.add(client.event("LAUNCH"));
      tell(client, heard, "ex-1", "TASK_STARTING", scheduler);
      tell(client, heard, "ex-1", "TASK_RUNNING", scheduler);
      message(scheduler, offer, "aGVsbG8=");
      heard.add(client.event("MESSAGE"));
      var second = golden.response().at("/recordio_events/5/launch/task");
      var next = scheduler.awaitOffer();
      scheduler.launch(next, List.of(task(second, next, scheduler)));
      heard.add(client.event("LAUNCH"));
      tell(client, heard, "ex-2", "TASK_STARTING", scheduler);
      tell(client, heard, "ex-2", "TASK_RUNNING", scheduler);
      scheduler.accepted(Json.of("{'type':'KILL','kill':{'task_id':{'value':'ex-1'}}}"));
      heard.add(client.event("KILL"));
      tell(client, heard, "ex-1", "TASK_KILLED", scheduler);
      message(scheduler, offer, "cmVzdWJzY3JpYmU=");
      heard.add(client.event("MESSAGE"));
      assertEquals(events(golden), normal(heard));

      heard.clear();
      client.subscribe("{}");
      heard.add(client.event("SUBSCRIBED"));
      assertEquals(true, old.ended(20_000), "the old stream ends without a last event");
      var shutdown = Json.of("{'type':'SHUTDOWN','shutdown':{}}");
      ((ObjectNode) shutdown.get("shutdown")).set("agent_id", offer.get("agent_id"));
      ((ObjectNode) shutdown.get("shutdown")).set("executor_id", Json.of("{'value':'ex-custom'}"));
      scheduler.accepted(shutdown);
      heard.add(client.event("SHUTDOWN"));
      tell(client, heard, "ex-2", "TASK_KILLED", scheduler);
      assertEquals(events(again), normal(heard));
      var failure = scheduler.await("FAILURE", event -> true);
      assertEquals("ex-custom", failure.at("/failure/executor_id/value").asText());
      assertEquals(9, failure.at("/failure/status").asInt(), "its process takes no notice");
      old.close();
      client.close();
      scheduler.teardown();
    }
  }

  /** News of a task, acknowledged to the executor, and by the framework. */
  private static void tell(
      ExecutorClient client, List<JsonNode> heard, String task, String state, Scheduler scheduler)
      throws IOException {
    client.update(task, state);
    heard.add(client.event("ACKNOWLEDGED"));
    var status = scheduler.awaitUpdate(task, state);
    assertEquals(
        List.of("agent_id", "container_status", "source", "state", "task_id", "timestamp", "uuid"),
        status.properties().stream().map(Map.Entry::getKey).sorted().toList());
  }

  private static void message(Scheduler scheduler, JsonNode offer, String data) {
    var call = Json.of("{'type':'MESSAGE','message':{'executor_id':{'value':'ex-custom'}}}");
    ((ObjectNode) call.get("message")).set("agent_id", offer.get("agent_id"));
    ((ObjectNode) call.get("message")).put("data", data);
    scheduler.accepted(call);
  }

  /** The recorded task, for this agent and framework; its executor's process does nothing. */
  private static ObjectNode task(JsonNode recorded, JsonNode offer, Scheduler scheduler) {
    var text =
        recorded
            .toString()
            .replaceAll(AGENT, offer.at("/agent_id/value").asText())
            .replaceAll(FRAMEWORK, scheduler.frameworkId())
            .replace("exec python3 $SCRIPT_DIR/exec_http.py", "exec sleep 600");
    return (ObjectNode) Json.parse(text);
  }

  private static String events(Golden golden) {
    var all = new ArrayList<JsonNode>();
    golden.response().get("recordio_events").forEach(all::add);
    return normal(all).replace("exec python3 $SCRIPT_DIR/exec_http.py", "exec sleep 600");
  }

  private static String normal(List<JsonNode> events) {
    var text = new StringBuilder();
    events.forEach(e -> text.append(Normal.document(e).toPrettyString()).append('\n'));
    return text.toString();
  }

  @Test
  void theEnvironmentOfAnExecutor() throws IOException {
    if (Golden.directory().isEmpty()) {
      return;
    }
    sameEnvironment("environment-of-custom-executor", "ex-custom", false, "custom");
    sameEnvironment("environment-of-custom-executor-checkpointing-framework", "ee", true, "");
  }

  @Test
  void theEnvironmentOfACommandTask() throws IOException {
    if (Golden.directory().isEmpty()) {
      return;
    }
    var info = Json.of(INFO).put("checkpoint", true);
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), info)) {
      var offer = scheduler.awaitOffer();
      var file = Files.createTempFile("environment", ".txt");
      var task = Scheduler.task("env-cmd", environmentTo(file), offer);
      ((ObjectNode) task.get("command"))
          .set("environment", Json.of("{'variables':[{'name':'MINE','value':'1'}]}"));
      scheduler.launch(offer, List.of(task));
      assertEquals(recorded("environment-of-command-task"), written(file));
      scheduler.teardown();
    }
  }

  private static String environmentTo(Path file) {
    return "env | grep -v '^_=' > %s.new; mv %s.new %s; sleep 600".formatted(file, file, file);
  }

  private static void sameEnvironment(
      String recording, String executor, boolean checkpoint, String tag) throws IOException {
    var info = Json.of(INFO).put("checkpoint", checkpoint);
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), info)) {
      var offer = scheduler.awaitOffer();
      var file = Files.createTempFile("environment", ".txt");
      var task =
          ExecutorClient.task(
              "t", executor, environmentTo(file), offer, scheduler.frameworkId());
      if (!tag.isEmpty()) {
        ((ObjectNode) task.at("/executor/command"))
            .set(
                "environment",
                Json.of(
                    "{'variables':[{'name':'TAG','value':'custom'},{'name':'FULL','value':'1'},"
                        + "{'name':'GOLDEN_OUT','value':'$GOLDEN_DIR'}]}"));
      }
      scheduler.launch(offer, List.of(task));
      assertEquals(recorded(recording), written(file));
      scheduler.teardown();
    }
  }

  private static Map<String, String> recorded(String recording) throws IOException {
    var expected = new TreeMap<String, String>();
    Golden.of("executor", recording)
        .document()
        .get("environment")
        .properties()
        .forEach(entry -> expected.put(entry.getKey(), entry.getValue().asText()));
    // Python's own.
    expected.remove("LC_CTYPE");
    return same(expected);
  }

  /** What a process wrote to the file, which is deleted. */
  private static Map<String, String> written(Path file) throws IOException {
    Awaitility.await("the environment was written")
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.size(file) > 0);
    var own = new TreeMap<String, String>();
    for (var line : Files.readAllLines(file)) {
      var equals = line.indexOf('=');
      own.put(line.substring(0, equals), line.substring(equals + 1));
    }
    Files.delete(file);
    return same(own);
  }

  private static Map<String, String> same(Map<String, String> environment) {
    var all = new TreeMap<String, String>();
    environment.forEach(
        (name, value) ->
            all.put(
                name,
                Normal.text(
                    value
                        .replaceAll(":\\d{4,5}$", ":PORT")
                        .replaceAll("^/?.*/slaves/", "/slaves/"))));
    return all;
  }
}
