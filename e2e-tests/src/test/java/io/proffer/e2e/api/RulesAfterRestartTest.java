package io.proffer.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.ExecutorClient;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a master that was started again knows of tasks, their agents have told it: who may see them
 * is to be who could see them before.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RulesAfterRestartTest {
  private static final String BOB = "bob:b2";
  private static final String OPS = "ops:o3";

  /** Bob may see what runs as the framework does, and nothing of what runs as somebody else. */
  private static final String RULES =
      """
      {"view_tasks": [{"principals": {"values": ["bob"]}, "users": {"values": ["webuser"]}},
                      {"principals": {"values": ["bob"]}, "users": {"type": "NONE"}}],
       "access_sandboxes": [{"principals": {"values": ["bob"]}, "users": {"values": ["webuser"]}},
                            {"principals": {"values": ["bob"]}, "users": {"type": "NONE"}}]}
      """;

  @TempDir Path directory;

  @Test
  void aTaskThatRunsAsItsExecutorIsAsHiddenAsBefore() throws IOException {
    try (var cluster = cluster()) {
      var scheduler =
          Scheduler.subscribe(
              cluster.masterUrl(), Scheduler.info("web").put("user", "webuser"), auth(OPS));
      var offer = scheduler.awaitOffer();
      var hidden = ExecutorClient.task("hidden", "e", "sleep 600", offer, scheduler.frameworkId());
      ((ObjectNode) hidden.at("/executor/command")).put("user", "nobody");
      hidden.set("health_check", Json.of("{'type':'TCP','tcp':{'port':1}}"));
      scheduler.launch(offer, List.of(hidden, Scheduler.task("shown", "sleep 600", offer)));
      scheduler.awaitUpdate("shown", "TASK_RUNNING");
      try (var executor =
          new ExecutorClient(cluster.agentPort(0), scheduler.frameworkId(), "e").subscribed()) {
        executor.event("LAUNCH");
        executor.update("hidden", "TASK_RUNNING");
        scheduler.awaitUpdate("hidden", "TASK_RUNNING");
        executor.event("ACKNOWLEDGED");
        var fields = fields(cluster);
        var sandboxes = sandboxes(cluster, scheduler);
        assertTrue(
            fields.containsAll(
                List.of("user", "health_check", "status_update_state", "status_update_uuid")),
            fields::toString);
        assertSees(cluster, sandboxes);

        cluster.masterProcess().kill();
        cluster.startMaster();
        Awaitility.await("the agent is back")
            .atMost(Duration.ofSeconds(30))
            .until(() -> names(tasks(cluster, OPS)).equals(List.of("hidden", "shown")));

        assertEquals(fields, fields(cluster));
        assertSees(cluster, sandboxes);
      }
      scheduler.close();
    }
  }

  private Cluster cluster() throws IOException {
    var cluster =
        Cluster.master(
            "--credentials=" + file("known", (BOB + "\n" + OPS).replace(':', ' ')),
            "--acls=" + file("acls", RULES),
            "--authenticate_http_readonly",
            "--authenticate_http_readwrite");
    try {
      cluster.addAgent(Cluster.RESOURCES, "--switch_user=false");
      Awaitility.await("the agent registered")
          .atMost(Duration.ofSeconds(30))
          .until(() -> get(cluster, "/slaves", OPS).path("slaves").size() == 1);
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** In each list of tasks, and of each sandbox. */
  private static void assertSees(Cluster cluster, List<String> sandboxes) {
    assertEquals(List.of("hidden", "shown"), names(tasks(cluster, OPS)));
    assertEquals(List.of("shown"), names(tasks(cluster, BOB)));
    for (var answer : List.of(get(cluster, "/state", BOB), call(cluster, "GET_TASKS", BOB))) {
      assertTrue(answer.toString().contains("\"shown\""), answer::toString);
      assertFalse(answer.toString().contains("\"hidden\""), answer::toString);
    }
    var agent = get(cluster, "/slaves", OPS).at("/slaves/0/id").asText();
    for (var sandbox : sandboxes) {
      var file =
          "/agents/files/download?agent_id=%s&path=%s"
              .formatted(agent, URLEncoder.encode(sandbox + "/stdout", StandardCharsets.UTF_8));
      assertEquals(200, send(cluster, file, OPS).statusCode(), sandbox);
      assertEquals(403, send(cluster, file, BOB).statusCode(), sandbox);
    }
  }

  /** Of the task that not all may see, whichever way it is asked for. */
  private static Set<String> fields(Cluster cluster) {
    var tasks = call(cluster, "GET_TASKS", OPS).at("/get_tasks/tasks");
    var fields = new TreeSet<String>();
    Stream.of(tasks, tasks(cluster, OPS))
        .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
        .filter(task -> task.path("name").asText().equals("hidden"))
        .forEach(task -> task.fieldNames().forEachRemaining(fields::add));
    return fields;
  }

  /** The sandbox of the executor: of its newest run, and of this one by its name. */
  private static List<String> sandboxes(Cluster cluster, Scheduler scheduler) {
    var agent = Json.get("http://127.0.0.1:" + cluster.agentPort(0) + "/state");
    for (var executor : agent.at("/frameworks/0/executors")) {
      if (executor.path("id").asText().equals("e")) {
        return List.of(
            "/frameworks/%s/executors/e/runs/latest".formatted(scheduler.frameworkId()),
            executor.path("directory").asText());
      }
    }
    throw new AssertionError("the agent shows no executor: " + agent);
  }

  private static JsonNode tasks(Cluster cluster, String who) {
    return get(cluster, "/tasks", who).path("tasks");
  }

  private static List<String> names(JsonNode tasks) {
    return StreamSupport.stream(tasks.spliterator(), false)
        .map(task -> task.path("name").asText())
        .sorted()
        .toList();
  }

  private static JsonNode get(Cluster cluster, String path, String who) {
    return Json.parse(send(cluster, path, who).body());
  }

  private static HttpResponse<String> send(Cluster cluster, String path, String who) {
    return Json.send(
        HttpRequest.newBuilder(URI.create(cluster.masterUrl() + path)).headers(auth(who)));
  }

  private static JsonNode call(Cluster cluster, String type, String who) {
    return Json.parse(
        Json.post(cluster.masterUrl() + "/api/v1", "{\"type\":\"" + type + "\"}", auth(who))
            .body());
  }

  private static String[] auth(String pair) {
    var bytes = pair.getBytes(StandardCharsets.UTF_8);
    return new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes)};
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
