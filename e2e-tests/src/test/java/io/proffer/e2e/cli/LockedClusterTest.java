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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that asks everybody, and those that it knows. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LockedClusterTest {
  private static final String ALICE = "alice:wonder-9f3a";
  private static final String AGENT = "agent:sesame-71bc";
  private static final String MASTER = "master:key-of-all-55de";
  private static final String STRANGER = "agent:forged-c08b";
  private static final String CAROL = "carol:late-3e1d";

  /** Where one address may show no more wrong secrets; far more than that are not needed. */
  private static final int GUESSES = 2000;

  /** All that the services and the tools of this class have answered, refusals too. */
  private static final StringBuilder SEEN = new StringBuilder();

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
            "--agent_http_credential=" + file("of-master", lines(MASTER)),
            // So that who guesses is told so, however slow the machine is.
            "--max_wrong_secrets_per_second=3");
    cluster.addAgent(
        Cluster.RESOURCES,
        "--http_credentials=file://" + file("known-to-agent", lines(MASTER)),
        "--authenticate_http_readonly",
        "--authenticate_http_readwrite",
        "--credential=" + file("of-agent", lines(AGENT)),
        "--max_wrong_secrets_per_second=3");
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
    cluster.addAgent("cpus:64;mem:64000", "--credential=" + file("of-stranger", lines(STRANGER)));
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
      SEEN.append(run.everything());
      assertTrue(run.out().endsWith("x\nend\n"), "the end is missing");
      assertEquals(700_005, run.out().length());
    }
    var framework = state().path("completed_frameworks").path(0);
    assertEquals("alice", framework.path("principal").asText());
    try (var logs = proffer("logs", "task-1")) {
      assertEquals(0, logs.await(), logs::everything);
      SEEN.append(logs.everything());
      assertTrue(logs.out().endsWith("x\nend\n"));
    }
    try (var agents = proffer("agents")) {
      assertEquals(0, agents.await(), agents::everything);
      SEEN.append(agents.everything());
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
        SEEN.append(tool.everything());
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
        post(
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
    Files.writeString(known, lines(ALICE, AGENT, CAROL));
    assertEquals(401, get(cluster.masterUrl() + "/state", CAROL).statusCode());
    assertEquals(401, post(reload, "").statusCode());
    assertEquals(200, post(reload, "", "Authorization", basic(ALICE)).statusCode());
    assertEquals(200, get(cluster.masterUrl() + "/state", CAROL).statusCode());

    Files.writeString(known, lines(ALICE, AGENT) + "\nbroken");
    var refused = post(reload, "", "Authorization", basic(ALICE));
    assertEquals(409, refused.statusCode());
    assertTrue(refused.body().startsWith("The credentials stay as they were: --credentials="));
    assertTrue(refused.body().endsWith("but line 3 has 1 words"), refused.body());
    assertEquals(200, get(cluster.masterUrl() + "/state", CAROL).statusCode());

    Files.writeString(known, lines(ALICE, AGENT));
    cluster.masterProcess().signal("HUP");
    Awaitility.await("carol is forgotten")
        .atMost(Duration.ofSeconds(10))
        .until(() -> get(cluster.masterUrl() + "/state", CAROL).statusCode() == 401);
    assertEquals(1, state().path("activated_slaves").asInt());
  }

  /**
   * Searched for as they are, and as HTTP Basic writes them, in all that was answered so far. Comes
   * last: whoever guesses too often is not heard any more.
   */
  @Test
  @Order(Integer.MAX_VALUE)
  void secretsAreNowhereToBeSeen() throws IOException {
    var agent = "http://127.0.0.1:" + cluster.agentPort(0);
    for (var path : List.of("/state", "/flags", "/frameworks", "/metrics/snapshot", "/slaves")) {
      assertEquals(200, get(cluster.masterUrl() + path, ALICE).statusCode(), path);
    }
    for (var path : List.of("/state", "/flags", "/metrics/snapshot", "/files/debug")) {
      assertEquals(200, get(agent + path, MASTER).statusCode(), path);
    }
    assertTrue(SEEN.indexOf("known-to-master") > 0, "the names of the files are shown");
    assertTrue(SEEN.indexOf("known-to-agent") > 0, "the names of the files are shown");
    var wrongCall = post(cluster.masterUrl() + "/api/v1", "{", "Authorization", basic(ALICE));
    assertEquals(400, wrongCall.statusCode());
    for (var url : List.of(cluster.masterUrl(), agent)) {
      // A secret, though of another.
      var wrong = "nobody:" + word(AGENT);
      var status = 401;
      for (var i = 0; status == 401 && i < GUESSES; i++) {
        status = get(url + "/state", wrong).statusCode();
      }
      assertEquals(429, status);
      post(url + "/api/v1", "{\"type\":\"GET_FLAGS\"}", "Authorization", basic(wrong));
    }
    var logs = new ArrayList<>(List.of("master.log"));
    for (var index = 0; index < cluster.agents(); index++) {
      logs.add("agent" + index + ".log");
    }
    for (var log : logs) {
      SEEN.append(Files.readString(cluster.directory().resolve(log)));
    }
    var all = SEEN.toString();
    for (var pair : List.of(ALICE, AGENT, MASTER, STRANGER, CAROL)) {
      var base64 = Base64.getEncoder().encodeToString(word(pair).getBytes(StandardCharsets.UTF_8));
      assertFalse(all.contains(word(pair)), () -> "the secret of " + pair + " is shown");
      assertFalse(all.contains(base64.replace("=", "")), () -> "that of " + pair + " is shown");
      assertFalse(all.contains(basic(pair).substring(6)), () -> pair + " is shown");
    }
  }

  private static String word(String pair) {
    return pair.substring(pair.indexOf(':') + 1);
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
    return heard(
        Json.send(HttpRequest.newBuilder(URI.create(url)).header("Authorization", basic(pair))));
  }

  private static HttpResponse<String> post(String url, String body, String... headers) {
    return heard(Json.post(url, body, headers));
  }

  private static HttpResponse<String> heard(HttpResponse<String> answer) {
    SEEN.append(answer.headers().map()).append(answer.body());
    return answer;
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
