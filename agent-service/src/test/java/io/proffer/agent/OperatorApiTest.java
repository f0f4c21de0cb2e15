package io.proffer.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.proffer.agent.masterlink.DoubleMaster;
import io.proffer.api.flags.Flags;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.agent.Call;
import io.proffer.api.v1.agent.Response;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator sees of a whole agent with one running task, in the reference's shape. */
@Timeout(60)
final class OperatorApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SANDBOX = "/frameworks/F/executors/busy/runs/latest";
  private static final FrameworkInfo FRAMEWORK = TaskMessages.framework("F");

  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Vertx vertx;
  private DoubleMaster master;
  private AgentAssembly agent;

  @BeforeEach
  void start() throws InterruptedException {
    vertx = Vertx.vertx();
    master = new DoubleMaster(vertx, 0);
    agent =
        AgentAssembly.start(
            Flags.fill(
                new AgentConfig(),
                Map.of(
                    "master", "127.0.0.1:" + master.port(),
                    "work_dir", directory.resolve("work").toString(),
                    "port", "0",
                    "resources", "cpus:4;mem:1024;disk:1024",
                    "registration_backoff_factor", "10ms",
                    "usage_interval", "0ms")));
    master.awaitSubscription();
  }

  @AfterEach
  void stop() {
    agent.close();
    master.close();
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void runTask() throws InterruptedException {
    var task = TaskMessages.task("busy", "echo some output; sleep 1000 & sleep 1000 & wait");
    master.send(record -> record.setRunTask(TaskMessages.run(FRAMEWORK, task)));
    for (int update = 0; update < 2; update++) {
      var status = master.awaitRecord().getUpdate().getStatus();
      master.send(
          record ->
              record.setAcknowledgeUpdate(
                  ToAgent.AcknowledgeUpdate.newBuilder()
                      .setFrameworkId(FRAMEWORK.getId())
                      .setTaskId(status.getTaskId())
                      .setUuid(status.getUuid())));
    }
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + agent.port() + path));
  }

  private HttpRequest.Builder posting(String body) {
    return to("/api/v1").POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static String text(HttpResponse<byte[]> answer) {
    return answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
  }

  private String call(String body) {
    return text(send(posting(body).header("Content-Type", "application/json")));
  }

  private JsonNode answer(String body) throws IOException {
    var answer = send(posting(body).header("Content-Type", "application/json"));
    assertEquals(200, answer.statusCode(), text(answer));
    return JSON.readTree(answer.body());
  }

  private JsonNode shown() throws IOException {
    return answer("{\"type\":\"GET_CONTAINERS\"}")
        .path("get_containers")
        .path("containers")
        .path(0);
  }

  private JsonNode get(String path) throws IOException {
    var answer = send(to(path));
    assertEquals(200, answer.statusCode(), text(answer));
    return JSON.readTree(answer.body());
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void anIdleAgentAnswersLikeTheReference() {
    assertEquals(
        "200 {\"type\":\"GET_HEALTH\",\"get_health\":{\"healthy\":true}}",
        call("{\"type\":\"GET_HEALTH\"}"));
    assertEquals("200 {\"type\":\"GET_CONTAINERS\"}", call("{\"type\":\"GET_CONTAINERS\"}"));
    for (var path : List.of("/containerizer/debug", "/slave(1)/containerizer/debug")) {
      assertEquals("200 {\"pending\":[]}", text(send(to(path))));
    }
    var tasks =
        "{\"pending_tasks\":[],\"queued_tasks\":[],\"launched_tasks\":[],\"terminated_tasks\":[],"
            + "\"completed_tasks\":[]}";
    assertEquals(
        "200 {\"type\":\"GET_TASKS\",\"get_tasks\":" + tasks + "}",
        call("{\"type\":\"GET_TASKS\"}"));
    assertEquals(
        "200 {\"type\":\"GET_STATE\",\"get_state\":{\"get_tasks\":"
            + tasks
            + ",\"get_executors\":{\"executors\":[],\"completed_executors\":[]},"
            + "\"get_frameworks\":{\"frameworks\":[],\"completed_frameworks\":[]}}}",
        call("{\"type\":\"GET_STATE\"}"));
    assertEquals(
        "200 {\"type\":\"GET_LOGGING_LEVEL\",\"get_logging_level\":{\"level\":0}}",
        call("{\"type\":\"GET_LOGGING_LEVEL\"}"));
  }

  @Test
  void aRunningTaskIsShownWithWhatItUses() throws Exception {
    runTask();
    var container = shown();
    // A supervisor, a shell and two sleeps, which it may not have begun yet.
    while (container.path("resource_statistics").path("processes").asInt() < 3) {
      container = shown();
    }
    assertEquals(
        List.of(
            "framework_id",
            "executor_id",
            "executor_name",
            "container_id",
            "container_status",
            "resource_statistics"),
        names(container));
    var used = container.path("resource_statistics");
    assertTrue(used.path("mem_rss_bytes").asLong() > 100_000, used.toString());
    assertEquals(0.2, used.path("cpus_soft_limit").asDouble(), 1e-9);
    assertEquals(32 * 1024 * 1024, used.path("mem_limit_bytes").asLong());
    var plain = get("/containers").path(0);
    assertEquals(
        List.of(
            "container_id",
            "executor_id",
            "executor_name",
            "framework_id",
            "source",
            "statistics",
            "status"),
        names(plain));
    assertEquals(
        container.path("container_status").path("executor_pid"),
        plain.path("status").path("executor_pid"));
    assertEquals(
        List.of("executor_id", "executor_name", "framework_id", "source", "statistics"),
        names(get("/monitor/statistics").path(0)));
    assertEquals(1, get("/slave(1)/containers?framework_id=F&executor_id=busy").size());
    assertEquals(0, get("/containers?framework_id=other").size());
    assertTrue(text(send(to("/containers?executor_id=busy"))).startsWith("400 Supported query"));
  }

  @Test
  void tasksExecutorsAndFrameworksAreListed() throws Exception {
    runTask();
    var state = answer("{\"type\":\"GET_STATE\"}").path("get_state");
    var task = state.path("get_tasks").path("launched_tasks").path(0);
    assertEquals("busy", task.path("task_id").path("value").asText());
    assertEquals("TASK_RUNNING", task.path("status_update_state").asText());
    assertEquals(2, task.path("statuses").size());
    var executor = state.path("get_executors").path("executors").path(0).path("executor_info");
    assertEquals("busy", executor.path("source").asText());
    assertEquals(
        "/usr/local/libexec/mesos/mesos-executor", executor.path("command").path("value").asText());
    assertEquals(
        "test", executor.path("resources").path(0).path("allocation_info").path("role").asText());
    assertEquals(
        "F",
        state
            .path("get_frameworks")
            .path("frameworks")
            .path(0)
            .path("framework_info")
            .path("id")
            .path("value")
            .asText());
    var agentInfo = answer("{\"type\":\"GET_AGENT\"}").path("get_agent").path("agent_info");
    assertEquals("master-S0", agentInfo.path("id").path("value").asText());
  }

  @Test
  void filesAreListedAndRead() throws Exception {
    runTask();
    JsonNode files;
    do {
      files =
          answer("{\"type\":\"LIST_FILES\",\"list_files\":{\"path\":\"" + SANDBOX + "\"}}")
              .path("list_files")
              .path("file_infos");
    } while (files.path(1).path("size").asInt() < 12);
    assertEquals(SANDBOX + "/stdout", files.path(1).path("path").asText());
    assertEquals(0100644, files.path(1).path("mode").asInt());
    assertEquals(
        "200 {\"type\":\"READ_FILE\",\"read_file\":{\"size\":12,\"data\":\"b3V0cHV0\"}}",
        readFile("/stdout", ",\"offset\":5,\"length\":6"));
    assertEquals(
        "200 {\"type\":\"READ_FILE\",\"read_file\":{\"size\":12,\"data\":\"\"}}",
        readFile("/stdout", ",\"offset\":100000"));
    assertEquals("400 Cannot read a directory.\n", readFile("", ",\"offset\":0"));
    assertEquals("404 ", readFile("/../../../../../../../../etc/passwd", ",\"offset\":0"));
    assertEquals(
        get("/files/debug").path(SANDBOX).asText() + "/stdout",
        directory
                .resolve("work/slaves/master-S0/frameworks/F/executors/busy/runs")
                .resolve(container())
            + "/stdout");
  }

  private String readFile(String path, String more) {
    return call(
        "{\"type\":\"READ_FILE\",\"read_file\":{\"path\":\"" + SANDBOX + path + "\"" + more + "}}");
  }

  private String container() throws IOException {
    return get("/containers").path(0).path("container_id").asText();
  }

  @Test
  void flagsAndMetricsAreToldInBothForms() throws Exception {
    runTask();
    assertEquals(
        "cpus:4;mem:1024;disk:1024", get("/flags").path("flags").path("resources").asText());
    var metrics = get("/metrics/snapshot");
    assertEquals(1.0, metrics.path("slave/tasks_running").asDouble());
    assertEquals(2.0, metrics.path("slave/valid_status_updates").asDouble());
    assertEquals(0.025, metrics.path("slave/cpus_percent").asDouble(), 1e-9);
    assertTrue(metrics.path("system/mem_total_bytes").asDouble() > 0);
    assertTrue(metrics.has("gc/path_removals_pending"));
    var listed =
        answer("{\"type\":\"GET_METRICS\",\"get_metrics\":{}}").path("get_metrics").path("metrics");
    assertEquals(metrics.size(), listed.size());
  }

  @Test
  void pagesOfOthersReadTheLevelOfTheLogAndDoNotSetIt() {
    for (var path : List.of("/logging/toggle", "//logging/toggle", "/logging/toggle/")) {
      var set = path + "?level=0&duration=1secs";
      var foreign = to(set).header("Origin", "http://evil.example");
      assertEquals(403, send(foreign.copy().GET()).statusCode(), path);
      assertEquals(403, send(foreign.copy().HEAD()).statusCode(), path);
      assertEquals("200 0\n", text(send(to(path).header("Origin", "http://evil.example"))));
      assertEquals("200 ", text(send(to(set))));
    }
  }

  @Test
  void theLogIsMoreVerboseForAWhile() {
    var set =
        "{\"type\":\"SET_LOGGING_LEVEL\",\"set_logging_level\":{\"level\":1,\"duration\":"
            + "{\"nanoseconds\":100000000}}}";
    assertEquals("200 ", call(set));
    String level;
    do {
      level = call("{\"type\":\"GET_LOGGING_LEVEL\"}");
    } while (!level.endsWith("{\"level\":0}}"));
  }

  /** Of all that can be read; what is measured anew each time is left out. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "(GET|LIST|READ)_.*")
  void protobufSaysTheSame(Call.Type type) throws Exception {
    // Whoever runs a task has heard its id.
    runTask();
    while (!readFile("/stdout", ",\"offset\":0").contains("\"size\":12")) {
      Thread.onSpinWait();
    }
    var call = Call.newBuilder().setType(type);
    switch (type) {
      case GET_METRICS -> call.getGetMetricsBuilder();
      case LIST_FILES -> call.getListFilesBuilder().setPath(SANDBOX);
      case READ_FILE -> call.getReadFileBuilder().setPath(SANDBOX + "/stdout").setOffset(2);
      default -> assertTrue(type.name().startsWith("GET_"), "the type says it all");
    }
    var json = read(call, "application/json");
    var protobuf = Response.parseFrom(read(call, "application/x-protobuf"));
    assertEquals(type.name(), protobuf.getType().name());
    // JSON writes defaults out, as the reference's does.
    assertEquals(still(json), still(JsonCodec.encode(protobuf)));
  }

  private byte[] read(Call.Builder call, String type) {
    var body = HttpRequest.BodyPublishers.ofByteArray(call.build().toByteArray());
    var request = to("/api/v1").header("Content-Type", "application/x-protobuf");
    var answer = send(request.header("Accept", type).POST(body));
    assertEquals(200, answer.statusCode(), text(answer));
    return answer.body();
  }

  private static Response still(byte[] json) throws JsonFormatException {
    var answer = JsonCodec.decode(json, Response.getDefaultInstance()).toBuilder();
    if (answer.hasGetMetrics()) {
      var metrics = answer.getGetMetricsBuilder();
      var still =
          metrics.getMetricsList().stream()
              .filter(metric -> metric.getName().equals("slave/tasks_running"))
              .toList();
      assertEquals(1, still.size());
      metrics.clearMetrics().addAllMetrics(still);
    }
    if (answer.hasGetContainers()) {
      answer
          .getGetContainersBuilder()
          .getContainersBuilderList()
          .forEach(Response.GetContainers.Container.Builder::clearResourceStatistics);
    }
    return answer.build();
  }

  @Test
  void wrongCallsAreRefusedInTheReferencesWords() {
    var invalid = "400 Failed to validate agent::Call: Expecting ";
    assertEquals(invalid + "'type' to be present", call("{}"));
    assertEquals(invalid + "'type' to be present", call("{\"type\":\"SUBSCRIBE\"}"));
    assertEquals(invalid + "'get_metrics' to be present", call("{\"type\":\"GET_METRICS\"}"));
    assertEquals(invalid + "'list_files' to be present", call("{\"type\":\"LIST_FILES\"}"));
    var health = "{\"type\":\"GET_HEALTH\"}";
    var types = " application/json or application/x-protobuf or application/recordio";
    assertEquals("400 Expecting 'Content-Type' to be present", text(send(posting(health))));
    assertEquals(
        "415 Expecting 'Content-Type' of" + types,
        text(send(posting(health).header("Content-Type", "text/plain"))));
    var json = posting(health).header("Content-Type", "application/json");
    assertEquals(
        "406 Expecting 'Accept' to allow" + types,
        text(send(json.copy().header("Accept", "text/html"))));
    assertEquals(
        "406 Streaming response is not supported for GET_HEALTH call",
        text(send(json.copy().header("Accept", "application/recordio"))));
    assertEquals(
        "415 Expecting 'Message-Content-Type' to be not set for non-streaming requests",
        text(send(json.copy().header("Message-Content-Type", "application/json"))));
    var records =
        posting("21\n{\"type\":\"GET_HEALTH\"}").header("Content-Type", "application/recordio");
    assertEquals(
        "400 Expecting 'Message-Content-Type' to be set for streaming requests",
        text(send(records.copy())));
    assertEquals(
        "415 Streaming 'Content-Type' application/recordio is not supported for GET_HEALTH call",
        text(send(records.copy().header("Message-Content-Type", "application/json"))));
    assertEquals("501 501 Not Implemented.", call("{\"type\":\"PRUNE_IMAGES\"}"));
  }
}
