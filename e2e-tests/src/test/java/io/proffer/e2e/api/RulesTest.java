package io.proffer.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.EventStream;
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
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two teams on a closed cluster: each runs as its user, and sees what is its own. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RulesTest {
  private static final String ANN = "ann:a1";
  private static final String BOB = "bob:b2";
  private static final String OPS = "ops:o3";
  private static final String MASTER = "master:m5";

  private static final String RULES =
      """
      {"permissive": false,
       "register_frameworks": [{"principals": {"values": ["ann"]}, "roles": {"values": ["web"]}},
                               {"principals": {"values": ["bob"]}, "roles": {"values": ["db"]}}],
       "register_agents": [{"principals": {"values": ["master"]}, "agents": {"type": "ANY"}}],
       "run_tasks": [{"principals": {"values": ["ann"]}, "users": {"values": ["webuser"]}},
                     {"principals": {"values": ["bob"]}, "users": {"values": ["dbuser"]}}],
       "teardown_frameworks": [{"principals": {"values": ["ops"]},
                                "framework_principals": {"type": "ANY"}}],
       "view_frameworks": [{"principals": {"values": ["ops"]}, "users": {"type": "ANY"}},
                           {"principals": {"values": ["ann"]}, "users": {"values": ["webuser"]}},
                           {"principals": {"values": ["bob"]}, "users": {"values": ["dbuser"]}}],
       "view_tasks": [{"principals": {"type": "ANY"}, "users": {"type": "ANY"}}],
       "view_executors": [{"principals": {"type": "ANY"}, "users": {"type": "ANY"}}],
       "access_sandboxes": [{"principals": {"values": ["ann"]}, "users": {"values": ["webuser"]}},
                            {"principals": {"values": ["bob"]}, "users": {"values": ["dbuser"]}},
                            {"principals": {"values": ["master"]}, "users": {"type": "ANY"}}],
       "access_mesos_logs": [{"principals": {"values": ["bob"]}, "logs": {"type": "ANY"}}],
       "get_endpoints": [{"principals": {"values": ["ops"]}, "paths": {"type": "ANY"}}]}
      """;

  private static final String OF_AGENT =
      """
      {"permissive": false,
       "view_frameworks": [{"principals": {"type": "ANY"}, "users": {"type": "ANY"}}],
       "view_executors": [{"principals": {"type": "ANY"}, "users": {"type": "ANY"}}],
       "access_mesos_logs": [{"principals": {"values": ["master"]}, "logs": {"type": "ANY"}}],
       "access_sandboxes": [{"principals": {"values": ["master"]}, "users": {"type": "ANY"}},
                            {"principals": {"values": ["ann"]}, "users": {"values": ["webuser"]}}]}
      """;

  @TempDir static Path directory;
  private static Cluster cluster;
  private static Path acls;
  private static Scheduler web;
  private static Scheduler db;

  @BeforeAll
  static void start() throws IOException {
    acls = file("acls", RULES);
    cluster =
        Cluster.master(
            "--credentials=" + file("known", lines(ANN, BOB, OPS, MASTER)),
            "--acls=file://" + acls,
            "--authenticate_http_readonly",
            "--authenticate_http_readwrite",
            "--authenticate_http_frameworks",
            "--authenticate_agents",
            "--agent_http_credential=" + file("of-master", lines(MASTER)));
    cluster.addAgent(
        Cluster.RESOURCES,
        "--switch_user=false",
        "--http_credentials=" + file("known-to-agent", lines(MASTER, ANN, BOB)),
        "--authenticate_http_readonly",
        "--authenticate_http_readwrite",
        "--acls=" + file("acls-of-agent", OF_AGENT),
        "--credential=" + file("of-agent", lines(MASTER)));
    Awaitility.await("the agent registered")
        .atMost(Duration.ofSeconds(30))
        .until(() -> state(OPS).path("activated_slaves").asInt() == 1);
    web = Scheduler.subscribe(cluster.masterUrl(), info("web", "webuser"), auth(ANN));
    db = Scheduler.subscribe(cluster.masterUrl(), info("db", "dbuser"), auth(BOB));
    launch(web, "web-task");
    launch(db, "db-task");
  }

  @AfterAll
  static void stop() {
    web.close();
    db.close();
    cluster.close();
  }

  private static void launch(Scheduler scheduler, String id) {
    var offer = offer(scheduler);
    scheduler.launch(
        offer, List.of(Scheduler.task(id, "echo hello of " + id + "; sleep 1000", offer)));
    scheduler.awaitUpdate(id, "TASK_RUNNING");
  }

  /** The one offer there is: who has it wants no other, so that all else is for the next. */
  private static JsonNode offer(Scheduler scheduler) {
    scheduler.accepted(Json.of("{'type':'REVIVE','revive':{}}"));
    var offer = scheduler.awaitOffer();
    scheduler.accepted(Json.of("{'type':'SUPPRESS','suppress':{}}"));
    return offer;
  }

  @Test
  void aTaskOfAnotherUserIsNotLaunched() {
    try (var mine = Scheduler.subscribe(cluster.masterUrl(), info("web", "webuser"), auth(ANN))) {
      var offer = offer(mine);
      var task = Scheduler.task("stolen", "true", offer);
      ((ObjectNode) task.get("command")).put("user", "dbuser");
      mine.launch(offer, List.of(task, Scheduler.task("fine", "true", offer)));
      var error = mine.awaitUpdate("stolen", "TASK_ERROR");
      assertEquals("REASON_TASK_UNAUTHORIZED", error.path("reason").asText());
      assertEquals("Not authorized to launch as user 'dbuser'", error.path("message").asText());
      mine.awaitUpdate("fine", "TASK_FINISHED");
      mine.teardown();
    }
  }

  @Test
  void aFrameworkOfAnotherRoleIsRefused() {
    var call = Json.of("{'type':'SUBSCRIBE','subscribe':{}}");
    ((ObjectNode) call.get("subscribe")).set("framework_info", info("db", "webuser"));
    try (var refused = Scheduler.open(cluster.masterUrl(), call.toString(), auth(ANN))) {
      assertEquals(
          "Not authorized to register framework  with roles { db }",
          refused.await("ERROR", event -> true).at("/error/message").asText());
    }
  }

  @Test
  void eachSeesItsOwnInEveryRead() {
    for (var path : List.of("/state", "/state-summary", "/frameworks", "/tasks")) {
      assertSees(ANN, get(cluster.masterUrl() + path, ANN).body(), web, db, path);
      assertSees(BOB, get(cluster.masterUrl() + path, BOB).body(), db, web, path);
    }
    for (var type : List.of("GET_STATE", "GET_TASKS", "GET_FRAMEWORKS")) {
      assertSees(ANN, call(ANN, type), web, db, type);
      assertSees(BOB, call(BOB, type), db, web, type);
    }
    var all = get(cluster.masterUrl() + "/state", OPS).body();
    assertTrue(all.contains(web.frameworkId()) && all.contains(db.frameworkId()), all);
    assertEquals(403, get(cluster.masterUrl() + "/flags", OPS).statusCode());
    assertEquals(403, get(cluster.masterUrl() + "/metrics/snapshot", ANN).statusCode());
    assertEquals(200, get(cluster.masterUrl() + "/metrics/snapshot", OPS).statusCode());
  }

  private static void assertSees(
      String who, String answer, Scheduler own, Scheduler other, String read) {
    assertTrue(answer.contains(own.frameworkId()), () -> who + " misses theirs in " + read);
    assertFalse(answer.contains(other.frameworkId()), () -> who + " sees others in " + read);
    var task = own.equals(web) ? "db-task" : "web-task";
    assertFalse(answer.contains(task), () -> who + " sees " + task + " in " + read);
  }

  @Test
  void eachHearsOfItsOwn() {
    try (var heard = EventStream.ofOperator(cluster.masterUrl(), auth(ANN));
        var everything = EventStream.ofOperator(cluster.masterUrl(), auth(OPS))) {
      var first = heard.await("SUBSCRIBED", event -> true).toString();
      assertSees(ANN, first, web, db, "the snapshot");
      launch(db, "db-later");
      launch(web, "web-later");
      everything.await("TASK_ADDED", e -> e.toString().contains("db-later"));
      everything.await("TASK_UPDATED", e -> e.toString().contains("web-later"));
      heard.await("TASK_ADDED", e -> e.toString().contains("web-later"));
      heard.await("TASK_UPDATED", e -> e.toString().contains("web-later"));
      assertFalse(heard.seen().toString().contains("db-later"), "ann hears of bob's task");
      assertFalse(heard.seen().toString().contains(db.frameworkId()), "ann hears of bob");
    }
  }

  @Test
  void sandboxesAreForTheirUsersThroughTheMasterAndAtTheAgent() {
    Awaitility.await("the output")
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertEquals("hello of web-task\n", file(ANN, web, "web-task").body()));
    assertEquals("hello of db-task\n", file(BOB, db, "db-task").body());
    for (var refused : List.of(file(ANN, db, "db-task"), file(OPS, web, "web-task"))) {
      assertEquals(403, refused.statusCode());
      assertEquals("403 Forbidden.", refused.body());
    }
    var agent = "http://127.0.0.1:" + cluster.agentPort(0);
    assertEquals(200, get(agent + sandbox(web, "web-task"), ANN).statusCode());
    assertEquals(200, get(agent + sandbox(db, "db-task"), MASTER).statusCode());
    assertEquals(403, get(agent + sandbox(db, "db-task"), ANN).statusCode());
    assertEquals(403, get(agent + sandbox(web, "web-task"), BOB).statusCode());
  }

  /** A name may be used again as another user: what the master forgot, it judges nobody by. */
  @Test
  void aRunIsJudgedByWhatTheMasterKnowsOfIt() {
    var gone = "/x/frameworks/%s/executors/web-task/runs/gone/stdout".formatted(web.frameworkId());
    assertEquals(403, path(ANN, gone).statusCode());
    assertEquals(404, path(MASTER, gone).statusCode());
  }

  /** The agent lets the master have its log, whoever asks the master for it. */
  @Test
  void anAgentsLogIsForThoseWhoMayReadLogsNotForThoseWhoMayReadAllSandboxes() {
    for (var spelled : List.of("/slave/log", "/slave/log//")) {
      assertEquals(403, path(MASTER, spelled).statusCode());
      assertEquals(403, path(ANN, spelled).statusCode());
      var allowed = path(BOB, spelled);
      // 404 where this agent's log goes to no file, which it says itself.
      assertTrue(List.of(200, 404).contains(allowed.statusCode()), allowed::toString);
    }
  }

  private static HttpResponse<String> path(String who, String path) {
    var encoded = URLEncoder.encode(path, StandardCharsets.UTF_8);
    var agent = state(OPS).at("/slaves/0/id").asText();
    return get(
        cluster.masterUrl() + "/agents/files/download?path=" + encoded + "&agent_id=" + agent, who);
  }

  private static String sandbox(Scheduler scheduler, String task) {
    var path =
        "/frameworks/%s/executors/%s/runs/latest/stdout".formatted(scheduler.frameworkId(), task);
    return "/files/download?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> file(String who, Scheduler scheduler, String task) {
    var agent = state(OPS).at("/slaves/0/id").asText();
    var path = "/agents" + sandbox(scheduler, task) + "&agent_id=" + agent;
    return get(cluster.masterUrl() + path, who);
  }

  @Test
  void teardownIsForThoseWhoMayUntilNewRulesLetMore() throws IOException {
    try (var mine = Scheduler.subscribe(cluster.masterUrl(), info("db", "dbuser"), auth(BOB))) {
      var teardown =
          "{\"type\":\"TEARDOWN\",\"teardown\":{\"framework_id\":{\"value\":\"%s\"}}}"
              .formatted(mine.frameworkId());
      var api = cluster.masterUrl() + "/api/v1";
      var form = "frameworkId=" + mine.frameworkId();
      assertEquals(403, Json.post(api, teardown, auth(ANN)).statusCode());
      assertEquals(403, Json.post(cluster.masterUrl() + "/teardown", form, auth(ANN)).statusCode());
      var reload = cluster.masterUrl() + "/credentials/reload";
      assertEquals(403, Json.post(reload, "", auth(ANN)).statusCode());

      Files.writeString(
          acls, RULES.replace("{\"values\": [\"ops\"]}", "{\"values\": [\"ops\", \"ann\"]}"));
      assertEquals(200, Json.post(reload, "", auth(OPS)).statusCode());
      try {
        assertEquals(200, Json.post(api, teardown, auth(ANN)).statusCode());
        assertTrue(get(cluster.masterUrl() + "/state", ANN).body().contains(db.frameworkId()));
      } finally {
        Files.writeString(acls, RULES);
        cluster.masterProcess().signal("HUP");
      }
      Awaitility.await("the rules are as they were")
          .atMost(Duration.ofSeconds(10))
          .until(() -> !get(cluster.masterUrl() + "/state", ANN).body().contains(db.frameworkId()));
    }
  }

  private static ObjectNode info(String role, String user) {
    return Scheduler.info(role).put("user", user);
  }

  private static JsonNode state(String pair) {
    return Json.parse(get(cluster.masterUrl() + "/state", pair).body());
  }

  private static String call(String pair, String type) {
    return Json.post(cluster.masterUrl() + "/api/v1", "{\"type\":\"" + type + "\"}", auth(pair))
        .body();
  }

  private static HttpResponse<String> get(String url, String pair) {
    return Json.send(HttpRequest.newBuilder(URI.create(url)).headers(auth(pair)));
  }

  private static String[] auth(String pair) {
    var bytes = pair.getBytes(StandardCharsets.UTF_8);
    return new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes)};
  }

  private static String lines(String... pairs) {
    return String.join("\n", pairs).replace(':', ' ');
  }

  private static Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
