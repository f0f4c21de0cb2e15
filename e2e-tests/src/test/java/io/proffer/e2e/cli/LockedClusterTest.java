package io.proffer.e2e.cli;

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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that asks everybody, and those that it knows. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class LockedClusterTest {
  private static final String ALICE = "alice:wonder-9f3a";
  private static final String AGENT = "agent:sesame-71bc";
  private static final String MASTER = "master:key-of-all-55de";

  @TempDir static Path directory;
  private static Cluster cluster;
  private static Path secret;

  @BeforeAll
  static void start() throws IOException {
    secret = file("secret", "wonder-9f3a\n");
    cluster =
        Cluster.master(
            "--credentials=" + file("known-to-master", lines(ALICE, AGENT)),
            "--authenticate_http_readonly",
            "--authenticate_http_readwrite",
            "--authenticate_http_frameworks",
            "--authenticate_agents",
            "--agent_http_credential=" + file("of-master", lines(MASTER)));
    cluster.addAgent(
        Cluster.RESOURCES,
        "--http_credentials=file://" + file("known-to-agent", lines(MASTER)),
        "--authenticate_http_readonly",
        "--authenticate_http_readwrite",
        "--credential=" + file("of-agent", lines(AGENT)));
    awaitAgents();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void theMasterLetsInOnlyWhomItKnows() {
    assertEquals(401, get(cluster.masterUrl() + "/state", "alice:").statusCode());
    assertEquals(200, get(cluster.masterUrl() + "/state", ALICE).statusCode());
    var agent = "http://127.0.0.1:" + cluster.agentPort(0);
    var answer = get(agent + "/state", ALICE);
    assertEquals(401, answer.statusCode());
    assertEquals(
        "Basic realm=\"mesos-agent-readonly\"",
        answer.headers().firstValue("WWW-Authenticate").orElse(""));
    assertEquals(200, get(agent + "/state", MASTER).statusCode());
  }

  @Test
  void anAgentThatIsAStrangerDoesNotRegister() throws IOException {
    var index = cluster.agents();
    cluster.addAgent("cpus:64;mem:64000", "--credential=" + file("forged", "agent forged"));
    var log = cluster.directory().resolve("agent" + index + ".log");
    try {
      Awaitility.await("refusal in the agent's log")
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.readString(log).contains("does not let this agent in (401)"));
      assertEquals(1, state().path("slaves").size());
    } finally {
      cluster.agentProcess(index).kill();
    }
  }

  @Test
  void aCommandRunsForWhoHasASecret() throws Exception {
    // More than a piece, to its last byte: it is read through the master.
    var command = "head -c 700000 /dev/zero | tr '\\0' x; echo; echo end";
    try (var run = proffer("run", "--command=" + command)) {
      assertEquals(0, run.await(), run::everything);
      assertTrue(run.out().endsWith("x\nend\n"), "the end is missing");
      assertEquals(700_005, run.out().length());
    }
    var framework = state().path("completed_frameworks").path(0);
    assertEquals("alice", framework.path("principal").asText());
    try (var logs = proffer("logs", "task-1")) {
      assertEquals(0, logs.await(), logs::everything);
      assertTrue(logs.out().endsWith("x\nend\n"));
    }
    try (var agents = proffer("agents")) {
      assertEquals(0, agents.await(), agents::everything);
    }
  }

  @Test
  void whoShowsNothingIsToldWhatToShow() throws Exception {
    for (var command : List.of("agents", "logs", "run")) {
      var arguments = new ArrayList<>(List.of(command, "--master=" + Tool.master(cluster)));
      arguments.add(command.equals("run") ? "--command=true" : "task-1");
      if (command.equals("agents")) {
        arguments.removeLast();
      }
      try (var tool = Tool.proffer(directory, arguments.toArray(String[]::new))) {
        assertEquals(1, tool.await(), tool::everything);
        assertTrue(
            tool.err()
                .contains(
                    "wants to know who asks (401): give --principal and --secret_file, or set"
                        + " PROFFER_PRINCIPAL and PROFFER_SECRET_FILE."),
            tool::everything);
      }
    }
  }

  @Test
  void nobodySpeaksForTheFrameworkOfAnother() {
    var info =
        "{'user':'root','name':'f','roles':['r'],'principal':'bob',"
            + "'capabilities':[{'type':'MULTI_ROLE'}]}";
    var call = "{'type':'SUBSCRIBE','subscribe':{'framework_info':" + info + "}}";
    var answer =
        Json.post(
            cluster.masterUrl() + "/api/v1/scheduler",
            call.replace('\'', '"'),
            "Authorization",
            basic(ALICE));
    assertEquals(400, answer.statusCode());
    assertEquals(
        "Failed to validate scheduler::Call: Authenticated principal 'alice' does not match"
            + " principal 'bob' set in `FrameworkInfo`",
        answer.body());
  }

  @Test
  void credentialsAreReadAnewWhenAskedAndBrokenOnesAreNot() throws IOException {
    var known = directory.resolve("known-to-master");
    var reload = cluster.masterUrl() + "/credentials/reload";
    Files.writeString(known, lines(ALICE, AGENT, "carol:late"));
    assertEquals(401, get(cluster.masterUrl() + "/state", "carol:late").statusCode());
    assertEquals(401, Json.post(reload, "").statusCode());
    assertEquals(200, Json.post(reload, "", "Authorization", basic(ALICE)).statusCode());
    assertEquals(200, get(cluster.masterUrl() + "/state", "carol:late").statusCode());

    Files.writeString(known, lines(ALICE, AGENT) + "\nbroken");
    var refused = Json.post(reload, "", "Authorization", basic(ALICE));
    assertEquals(409, refused.statusCode());
    assertTrue(refused.body().startsWith("The credentials stay as they were: --credentials="));
    assertTrue(refused.body().endsWith("but line 3 has 1 words"), refused.body());
    assertEquals(200, get(cluster.masterUrl() + "/state", "carol:late").statusCode());

    Files.writeString(known, lines(ALICE, AGENT));
    cluster.masterProcess().signal("HUP");
    Awaitility.await("carol is forgotten")
        .atMost(Duration.ofSeconds(10))
        .until(() -> get(cluster.masterUrl() + "/state", "carol:late").statusCode() == 401);
    assertEquals(1, state().path("activated_slaves").asInt());
  }

  /** Searched for as they are, and as HTTP Basic writes them. */
  @Test
  void secretsAreNowhereToBeSeen() throws IOException {
    var agent = "http://127.0.0.1:" + cluster.agentPort(0);
    var seen = new StringBuilder();
    for (var path : List.of("/state", "/frameworks", "/metrics/snapshot", "/slaves")) {
      seen.append(get(cluster.masterUrl() + path, ALICE).body());
    }
    for (var path : List.of("/state", "/flags", "/metrics/snapshot", "/files/debug")) {
      seen.append(get(agent + path, MASTER).body());
    }
    assertTrue(seen.indexOf("known-to-master") > 0, "the names of the files are shown");
    assertTrue(seen.indexOf("known-to-agent") > 0, "the names of the files are shown");
    for (var log : List.of("master.log", "agent0.log")) {
      seen.append(Files.readString(cluster.directory().resolve(log)));
    }
    for (var pair : List.of(ALICE, AGENT, MASTER)) {
      var word = pair.substring(pair.indexOf(':') + 1);
      assertFalse(seen.toString().contains(word), "the secret of " + pair + " is shown");
      assertFalse(seen.toString().contains(basic(pair).substring(6)), pair + " is shown");
    }
  }

  private static Tool proffer(String command, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of(command, "--master=" + Tool.master(cluster)));
    all.addAll(List.of("--principal=alice", "--secret_file=" + secret));
    all.addAll(List.of(arguments));
    return Tool.proffer(directory, all.toArray(String[]::new));
  }

  private static void awaitAgents() {
    Awaitility.await("the agent registered")
        .atMost(Duration.ofSeconds(30))
        .until(() -> state().path("activated_slaves").asInt() == 1);
  }

  private static JsonNode state() {
    return Json.parse(get(cluster.masterUrl() + "/state", ALICE).body());
  }

  private static HttpResponse<String> get(String url, String pair) {
    return Json.send(HttpRequest.newBuilder(URI.create(url)).header("Authorization", basic(pair)));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String lines(String... pairs) {
    return String.join("\n", pairs).replace(':', ' ');
  }

  private static Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
