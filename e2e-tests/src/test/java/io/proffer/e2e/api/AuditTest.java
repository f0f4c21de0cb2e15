package io.proffer.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told of who changes a cluster, and what is not. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class AuditTest {
  private static final String ALICE = "alice:wonder-4c1d";
  private static final String SLOW = "slow:snail-88aa";
  private static final String FORGED = "alice:guess-0b0b";

  @TempDir static Path directory;
  private static Cluster cluster;
  private static Path ofMaster;
  private static Path ofAgent;

  @BeforeAll
  static void start() throws IOException {
    var known = directory.resolve("known");
    Files.writeString(known, (ALICE + "\n" + SLOW + "\n").replace(':', ' '));
    ofMaster = directory.resolve("audit-master");
    ofAgent = directory.resolve("audit-agent");
    cluster =
        Cluster.master(
            "--credentials=" + known,
            "--authenticate_http_readwrite",
            "--authenticate_http_frameworks",
            "--rate_limits={\"limits\": [{\"principal\": \"slow\", \"qps\": 0.001}]}",
            "--audit_log=" + ofMaster);
    cluster.addAgent(Cluster.RESOURCES, "--audit_log=" + ofAgent);
    cluster.awaitAgents(1);
    awaitLine(ofMaster, line -> line.path("path").asText().contains("agent"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void whoChangesSomethingIsToldAndWhoLooksIsNot() throws Exception {
    var before = Instant.now();
    assertEquals(200, operator(ALICE, "{\"type\":\"GET_STATE\"}").statusCode());
    var teardown = "{\"type\":\"TEARDOWN\",\"teardown\":{\"framework_id\":{\"value\":\"nobody\"}}}";
    assertEquals(400, operator(ALICE, teardown).statusCode());
    var form =
        Json.post(
            cluster.masterUrl() + "/master/teardown?secret=in-a-query",
            "frameworkId=by-a-form",
            "Authorization",
            basic(ALICE));
    assertEquals(400, form.statusCode());

    var called = awaitLine(ofMaster, line -> line.path("frameworks").toString().contains("nobody"));
    assertEquals("TEARDOWN", called.path("call").asText());
    assertEquals("alice", called.path("principal").asText());
    assertEquals("[\"nobody\"]", called.path("frameworks").toString());
    assertEquals("POST", called.path("method").asText());
    assertEquals("/api/v1", called.path("path").asText());
    assertEquals("master", called.path("service").asText());
    assertEquals(400, called.path("status").asInt());
    assertTrue(called.path("peer").asText().startsWith("127.0.0.1:"));
    assertTrue(called.path("ms").asDouble() > 0);
    assertFalse(Instant.parse(called.path("time").asText()).isBefore(before));
    var byForm = awaitLine(ofMaster, line -> line.path("path").asText().endsWith("/teardown"));
    assertEquals("[\"by-a-form\"]", byForm.path("frameworks").toString());
    assertEquals("/master/teardown", byForm.path("path").asText());
    assertTrue(lines(ofMaster).stream().noneMatch(line -> line.toString().contains("GET_STATE")));
  }

  @Test
  void whoIsTurnedAwayIsTold() throws Exception {
    assertEquals(401, operator(FORGED, "{\"type\":\"GET_STATE\"}").statusCode());
    var stranger = awaitLine(ofMaster, line -> line.path("status").asInt() == 401);
    assertTrue(stranger.path("principal").isMissingNode());
    assertTrue(stranger.path("call").isMissingNode());

    assertEquals(200, operator(SLOW, "{\"type\":\"GET_HEALTH\"}").statusCode());
    assertEquals(429, operator(SLOW, "{\"type\":\"GET_HEALTH\"}").statusCode());
    var tooMany = awaitLine(ofMaster, line -> line.path("status").asInt() == 429);
    assertEquals("slow", tooMany.path("principal").asText());

    var foreign =
        Json.post(
            cluster.masterUrl() + "/api/v1",
            "{}",
            "Authorization",
            basic(ALICE),
            "Origin",
            "http://elsewhere");
    assertEquals(403, foreign.statusCode());
    awaitLine(ofMaster, line -> line.path("status").asInt() == 403);
    assertEquals(400, operator(ALICE, "no JSON").statusCode());
    awaitLine(
        ofMaster, line -> line.path("status").asInt() == 400 && line.path("call").isMissingNode());
  }

  @Test
  void theAgentTellsToo() throws Exception {
    var agent = "http://127.0.0.1:" + cluster.agentPort(0) + "/api/v1";
    var level =
        "{\"type\":\"SET_LOGGING_LEVEL\",\"set_logging_level\":{\"level\":0,\"duration\":"
            + "{\"nanoseconds\":1}}}";
    assertEquals(200, Json.post(agent, level).statusCode());
    var line = awaitLine(ofAgent, l -> l.path("call").asText().equals("SET_LOGGING_LEVEL"));
    assertEquals("agent", line.path("service").asText());
    assertTrue(line.path("principal").isMissingNode());
  }

  @Test
  void aFileThatWasMovedIsLeftAfterAHangup() throws Exception {
    var moved = directory.resolve("audit-master.1");
    // It has a line: that of the agent which registered.
    Files.move(ofMaster, moved);
    cluster.masterProcess().signal("HUP");
    Awaitility.await("a new file")
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.exists(ofMaster));
    var teardown =
        "{\"type\":\"TEARDOWN\",\"teardown\":{\"framework_id\":{\"value\":\"rotated\"}}}";
    operator(ALICE, teardown);
    awaitLine(ofMaster, line -> line.path("frameworks").toString().equals("[\"rotated\"]"));
    assertTrue(lines(moved).stream().noneMatch(line -> line.toString().contains("rotated")));
  }

  @Test
  void secretsAreNowhereInIt() throws Exception {
    whoIsTurnedAwayOnce();
    var seen = new StringBuilder();
    try (var files = Files.list(directory)) {
      for (var file : files.filter(f -> f.toString().contains("audit-")).toList()) {
        seen.append(Files.readString(file));
      }
    }
    assertTrue(seen.indexOf("\"status\"") > 0, "there are lines");
    for (var pair : List.of(ALICE, SLOW, FORGED)) {
      assertFalse(seen.toString().contains(pair.substring(pair.indexOf(':') + 1)), pair);
      assertFalse(seen.toString().contains(basic(pair).substring(6)), pair);
    }
    assertFalse(seen.toString().contains("in-a-query"), "a query");
  }

  private static void whoIsTurnedAwayOnce() throws IOException {
    operator(FORGED, "{\"type\":\"GET_STATE\"}");
    awaitLine(ofMaster, line -> line.path("status").asInt() == 401);
  }

  private static JsonNode awaitLine(Path file, Predicate<JsonNode> wanted) {
    return Awaitility.await("a line in " + file)
        .atMost(Duration.ofSeconds(20))
        .until(() -> lines(file).stream().filter(wanted).findFirst(), found -> found.isPresent())
        .orElseThrow();
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    var all = new ArrayList<JsonNode>();
    for (var line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
      all.add(Json.parse(line));
    }
    return all;
  }

  private static HttpResponse<String> operator(String pair, String call) {
    return Json.send(
        HttpRequest.newBuilder(URI.create(cluster.masterUrl() + "/api/v1"))
            .header("Authorization", basic(pair))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(call)));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
