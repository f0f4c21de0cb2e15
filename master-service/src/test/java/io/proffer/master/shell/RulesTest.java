package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.auth.Credential;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.resource.Resources;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules let two principals do: alice may do what the rules name, bob nothing. */
@Timeout(60)
class RulesTest {
  private static final Credential ALICE = new Credential("alice", "wonder");
  private static final Credential BOB = new Credential("bob", "build");
  private static final String ANY = "{\"type\": \"ANY\"}";
  private static final String OF_ALICE = "{\"principals\": {\"values\": [\"alice\"]}, ";

  @TempDir Path directory;
  private RunningMaster master;
  private Path acls;

  @BeforeEach
  void start() throws IOException {
    var log = Files.writeString(directory.resolve("log"), "a line of the log\n");
    var known = Files.writeString(directory.resolve("known"), "alice wonder\nbob build\n");
    acls = directory.resolve("acls");
    rules("");
    master =
        RunningMaster.start(
            Map.of(
                "registry",
                "in_memory",
                "credentials",
                known.toString(),
                "authenticate_http_readonly",
                "true",
                "authenticate_http_readwrite",
                "true",
                "external_log_file",
                log.toString(),
                "acls",
                acls.toString()));
  }

  @AfterEach
  void stop() {
    master.close();
  }

  /** Besides these, alice may read rules anew, and nobody anything. */
  private void rules(String members) throws IOException {
    Files.writeString(
        acls,
        "{\"permissive\": false, \"get_endpoints\": [%s\"paths\": {\"values\": [\"/metrics/snapshot\", \"/metrics/prometheus\", \"/files/debug\", \"/logging/toggle\", \"/credentials/reload\"]}}]%s}"
            .formatted(OF_ALICE, members.isEmpty() ? "" : ", " + members));
  }

  private void reload(String members) throws IOException, InterruptedException {
    rules(members);
    assertEquals(200, ask(ALICE, "POST", "/credentials/reload", "").statusCode());
  }

  private HttpResponse<String> ask(Credential who, String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        master.showing(who).request(path).method(method, HttpRequest.BodyPublishers.ofString(body));
    if (path.equals("/api/v1")) {
      request.header("Content-Type", RunningMaster.JSON).header("Accept", RunningMaster.JSON);
    }
    return master.send(request);
  }

  private HttpResponse<String> call(Credential who, String call)
      throws IOException, InterruptedException {
    return ask(who, "POST", "/api/v1", call.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource({
    "/metrics/snapshot",
    "/metrics/prometheus",
    "/files/debug",
    "/logging/toggle",
  })
  void endpointsAreOpenToWhomTheirPathIs(String path) throws Exception {
    assertEquals(200, ask(ALICE, "GET", path, "").statusCode());
    assertForbidden(ask(BOB, "GET", path, ""));
    assertForbidden(ask(BOB, "GET", path + "?level=1&duration=1secs", ""));
  }

  @Test
  void figuresAreNotToBeHadByACallEither() throws Exception {
    assertEquals(200, call(ALICE, "{'type':'GET_METRICS','get_metrics':{}}").statusCode());
    assertForbidden(call(BOB, "{'type':'GET_METRICS','get_metrics':{}}"));
  }

  @Test
  void rulesAreReadAnewByWhoMayAndABrokenFileChangesNothing() throws Exception {
    assertForbidden(ask(BOB, "POST", "/credentials/reload", ""));
    Files.writeString(acls, "{\"permissive\": true, \"run_task\": []}");
    var broken = ask(ALICE, "POST", "/credentials/reload", "");
    assertEquals(409, broken.statusCode());
    assertEquals(
        "The rules and credentials stay as they were: --acls: of '"
            + acls
            + "': unknown member 'run_task'. Did you mean 'run_tasks'?",
        broken.body());
    assertForbidden(ask(BOB, "GET", "/metrics/snapshot", ""));
    Files.writeString(acls, "{}");
    assertEquals(200, ask(ALICE, "POST", "/credentials/reload", "").statusCode());
    assertEquals(200, ask(BOB, "GET", "/metrics/snapshot", "").statusCode());
  }

  @Test
  void twoWhoAskForOtherRulesAtOnceAreBothAnswered() throws Exception {
    Files.writeString(acls, "{}");
    var asked =
        Stream.generate(() -> new FutureTask<>(() -> ask(ALICE, "POST", "/credentials/reload", "")))
            .limit(2)
            .toList();
    asked.forEach(Thread::startVirtualThread);
    for (var one : asked) {
      assertEquals(200, one.get().statusCode());
    }
    assertEquals(200, ask(BOB, "GET", "/metrics/snapshot", "").statusCode());
  }

  @Test
  void flagsAreForThoseWhoMayViewThemAndInsistOnGet() throws Exception {
    assertForbidden(ask(ALICE, "GET", "/flags", ""));
    assertForbidden(call(ALICE, "{'type':'GET_FLAGS'}"));
    assertFalse(ask(ALICE, "GET", "/state", "").body().contains("\"flags\""));
    assertFalse(ask(ALICE, "GET", "/state", "").body().contains("external_log_file"));

    reload("\"view_flags\": [" + OF_ALICE + "\"flags\": " + ANY + "}]");

    assertTrue(ask(ALICE, "GET", "/flags", "").body().contains("\"acls\":\"" + acls));
    assertEquals(200, call(ALICE, "{'type':'GET_FLAGS'}").statusCode());
    assertTrue(ask(ALICE, "GET", "/state", "").body().contains("\"flags\""));
    var post = ask(ALICE, "POST", "/flags", "");
    assertEquals(405, post.statusCode());
    assertEquals(
        "405 Method Not Allowed. Expecting one of { 'GET' }, but received 'POST'.", post.body());
    assertForbidden(ask(BOB, "GET", "/flags", ""));
  }

  @Test
  void theLevelOfTheLogIsSetByWhoMay() throws Exception {
    var set =
        "{'type':'SET_LOGGING_LEVEL','set_logging_level':{'level':0,'duration':{'nanoseconds':1}}}";
    assertForbidden(call(ALICE, set));
    assertForbidden(ask(ALICE, "POST", "/logging/toggle?level=0&duration=1secs", ""));
    assertEquals(200, call(ALICE, "{'type':'GET_LOGGING_LEVEL'}").statusCode());

    reload("\"set_log_level\": [" + OF_ALICE + "\"level\": " + ANY + "}]");

    assertEquals(200, call(ALICE, set).statusCode());
    var toggle = "/logging/toggle?level=0&duration=1secs";
    assertEquals(200, ask(ALICE, "POST", toggle, "").statusCode());
    assertForbidden(call(BOB, set));
  }

  @Test
  void theLogIsReadByWhoMay() throws Exception {
    var list = "{'type':'LIST_FILES','list_files':{'path':'/master/log'}}";
    var read = "{'type':'READ_FILE','read_file':{'path':'/master/log','offset':0}}";
    for (var verb : new String[] {"browse", "read", "download"}) {
      assertForbidden(ask(ALICE, "GET", "/files/" + verb + "?path=/master/log", ""));
      assertForbidden(ask(ALICE, "GET", "/files/" + verb + "?path=/master/log//", ""));
      assertEquals(404, ask(ALICE, "GET", "/files/" + verb + "?path=/x", "").statusCode());
    }
    assertForbidden(call(ALICE, list));
    assertForbidden(call(ALICE, read));
    assertEquals("{}", ask(ALICE, "GET", "/files/debug", "").body());

    reload("\"access_mesos_logs\": [" + OF_ALICE + "\"logs\": " + ANY + "}]");

    assertTrue(
        ask(ALICE, "GET", "/files/read?path=/master/log&offset=0", "").body().contains("a line"));
    assertEquals(200, call(ALICE, list).statusCode());
    assertEquals(200, call(ALICE, read).statusCode());
    assertTrue(ask(ALICE, "GET", "/files/debug", "").body().contains("/master/log"));
    assertForbidden(call(BOB, read));
  }

  @Test
  void agentsComeOnlyWhenRulesLetThemAndTheirReservations() throws Exception {
    var reserved = ScriptedAgent.subscription();
    reserved
        .getAgentInfoBuilder()
        .clearResources()
        .addAllResources(Resources.parse("cpus(red):1;cpus(blue):2;mem:32", "*").messages());
    assertRefused(
        "The rules of the master (--acls, register_agents) do not let agents that nobody asks who"
            + " they are (--authenticate_agents) register agents",
        reserved);

    // Nobody asked who it is: the request is ANY, and only rules about ANY are about it.
    reload("\"register_agents\": [" + OF_ALICE + "\"agents\": " + ANY + "}]");
    assertRefused("The rules of the master (--acls, register_agents) do not let", reserved);
    var all = "{\"principals\": " + ANY + ", ";
    var register = "\"register_agents\": [" + all + "\"agents\": " + ANY + "}]";
    reload(register);
    assertRefused(
        "The rules of the master (--acls, reserve_resources) do not let agents that nobody asks"
            + " who they are (--authenticate_agents) reserve resources for blue, red",
        reserved);
    reload(register + ", \"reserve_resources\": [" + all + "\"roles\": {\"values\": [\"red\"]}}]");
    assertRefused("who they are (--authenticate_agents) reserve resources for blue", reserved);

    reload(register + ", \"reserve_resources\": [" + all + "\"roles\": " + ANY + "}]");
    ScriptedAgent.register(master, reserved).close();
  }

  @Test
  void whoMayNotSeeFlagsAloneIsToldWhatIsNewOfAllThatHasNone() throws Exception {
    Files.writeString(
        acls,
        "{\"view_flags\": [{\"principals\": {\"values\": [\"bob\"]}, \"flags\": {\"type\": \"NONE\"}}]}");
    assertEquals(200, ask(ALICE, "POST", "/credentials/reload", "").statusCode());

    for (var path : List.of("/tasks", "/slaves", "/frameworks", "/roles", "/state-summary")) {
      var tag = ask(BOB, "GET", path, "").headers().firstValue("ETag").orElse("no tag: " + path);
      assertEquals(304, askAgain(BOB, path, tag).statusCode(), tag);
      assertEquals(304, askAgain(ALICE, path, tag).statusCode(), "it is the same for both");
    }
    var ofAlice = ask(ALICE, "GET", "/state", "");
    assertTrue(ofAlice.body().contains("\"flags\""), ofAlice::body);
    var ofBob = askAgain(BOB, "/state", ofAlice.headers().firstValue("ETag").orElseThrow());
    assertEquals(200, ofBob.statusCode());
    assertTrue(ofBob.headers().firstValue("ETag").isEmpty());
    assertFalse(ofBob.body().contains("\"flags\""), ofBob::body);
    assertFalse(ofBob.body().contains("external_log_file"), ofBob::body);
  }

  private HttpResponse<String> askAgain(Credential who, String path, String tag)
      throws IOException, InterruptedException {
    return master.send(master.showing(who).request(path).header("If-None-Match", tag).GET());
  }

  private void assertRefused(String words, Subscribe.Builder subscription) throws IOException {
    try (var agent = ScriptedAgent.open(master, subscription)) {
      assertTrue(agent.stream().head().startsWith("HTTP/1.1 403 "), agent.stream().head());
      var body = agent.stream().body();
      assertTrue(body.contains(words), body);
    }
  }

  private static void assertForbidden(HttpResponse<String> answer) {
    assertEquals(403, answer.statusCode(), answer::body);
    assertEquals("403 Forbidden.", answer.body());
  }
}
