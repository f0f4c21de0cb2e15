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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What custom executors said to the reference's agent, and what they heard. */
@Timeout(300)
final class ExecutorTest {
  private static final String FRAMEWORK = "[0-9a-f-]{36}-\\d{4}";
  private static final String INFO =
      "{'user':'root','name':'golden-executor','roles':['golden'],'checkpoint':false,"
          + "'failover_timeout':0.0,'capabilities':[{'type':'MULTI_ROLE'}]}";

  private static Cluster cluster;

  @BeforeAll
  static void start() {
    if (Golden.directory().isPresent()) {
      cluster = Golden.cluster();
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

  @TestFactory
  Stream<DynamicTest> environments() {
    return Golden.all("executor").stream()
        .filter(g -> g.name().startsWith("environment-") && !g.name().contains("task-group"))
        .map(
            g ->
                DynamicTest.dynamicTest(
                    g.name(), () -> Differences.check(g, () -> sameEnvironment(g))));
  }

  private static void sameEnvironment(Golden golden) throws IOException {
    var expected = new TreeMap<String, String>();
    golden
        .document()
        .get("environment")
        .properties()
        .forEach(entry -> expected.put(entry.getKey(), entry.getValue().asText()));
    // Python's own.
    expected.remove("LC_CTYPE");
    var checkpoint = expected.get("MESOS_CHECKPOINT").equals("1");
    try (var scheduler =
        Scheduler.subscribe(cluster.masterUrl(), Json.of(INFO).put("checkpoint", checkpoint))) {
      var offer = scheduler.awaitOffer();
      var file = Files.createTempFile("environment", ".txt");
      var command =
          "env | grep -v '^_=' > " + file + ".new; mv " + file + ".new " + file + "; sleep 600";
      var id = expected.get("MESOS_EXECUTOR_ID");
      var task =
          golden.name().contains("command-task")
              ? Scheduler.task(id, command, offer)
              : ExecutorClient.task("t", id, command, offer, scheduler.frameworkId());
      var info = (ObjectNode) (task.has("executor") ? task.get("executor") : task).get("command");
      for (var name : List.of("TAG", "FULL", "GOLDEN_OUT", "MINE")) {
        if (expected.containsKey(name)) {
          info.withObject("environment")
              .withArray("variables")
              .addObject()
              .put("name", name)
              .put("value", expected.get(name));
        }
      }
      scheduler.launch(offer, List.of(task));
      Awaitility.await("the environment was written")
          .atMost(Duration.ofSeconds(20))
          .until(() -> Files.size(file) > 0);
      var own = new TreeMap<String, String>();
      for (var line : Files.readAllLines(file)) {
        var equals = line.indexOf('=');
        own.put(line.substring(0, equals), line.substring(equals + 1));
      }
      Files.delete(file);
      scheduler.teardown();
      assertEquals(same(expected), same(own));
    }
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
