package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.proffer.api.acl.Action;
import io.proffer.api.auth.Credential;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where rules allow nothing else, each action is what lets its calls in, and no other does. */
@Timeout(60)
class ActionsTest {
  private static final Credential ALICE = new Credential("alice", "wonder");
  private static final Credential ADMIN = new Credential("admin", "adamant");
  private static final String MACHINES = "'machines':[{'hostname':'spare'}]";

  /** What is asked of the master; a call of operators, unless it begins with a verb. */
  private static final Map<Action, List<String>> ASKED = new EnumMap<>(Action.class);

  /** Refused otherwise than with 403, or by agents: which test holds it. */
  private static final Map<Action, String> ELSEWHERE = new EnumMap<>(Action.class);

  static {
    ASKED.put(
        Action.TEARDOWN_FRAMEWORK,
        List.of(
            "{'type':'TEARDOWN','teardown':{'framework_id':{'value':'FRAMEWORK'}}}",
            "POST /teardown frameworkId=FRAMEWORK"));
    ASKED.put(
        Action.UPDATE_QUOTA,
        List.of(
            "{'type':'UPDATE_QUOTA','update_quota':{'quota_configs':[{'role':'r'}]}}",
            "{'type':'REMOVE_QUOTA','remove_quota':{'role':'r'}}",
            "DELETE /quota/r"));
    ASKED.put(
        Action.UPDATE_WEIGHT,
        List.of(
            "{'type':'UPDATE_WEIGHTS','update_weights':{'weight_infos':"
                + "[{'role':'r','weight':2}]}}",
            "PUT /weights [{'role':'r','weight':2}]"));
    ASKED.put(
        Action.GET_ENDPOINT,
        List.of("{'type':'GET_METRICS','get_metrics':{}}", "GET /metrics/snapshot"));
    ASKED.put(
        Action.ACCESS_MESOS_LOG,
        List.of(
            "{'type':'LIST_FILES','list_files':{'path':'/master/log'}}",
            "{'type':'READ_FILE','read_file':{'path':'/master/log','offset':0}}",
            "GET /files/browse?path=/master/log",
            "GET /files/read?path=/master/log",
            "GET /files/download?path=/master/log"));
    ASKED.put(Action.VIEW_FLAGS, List.of("{'type':'GET_FLAGS'}", "GET /flags"));
    ASKED.put(
        Action.SET_LOG_LEVEL,
        List.of(
            "{'type':'SET_LOGGING_LEVEL','set_logging_level':"
                + "{'level':0,'duration':{'nanoseconds':1}}}"));
    ASKED.put(
        Action.UPDATE_MAINTENANCE_SCHEDULE,
        List.of(
            "{'type':'UPDATE_MAINTENANCE_SCHEDULE','update_maintenance_schedule':{'schedule':{}}}",
            "POST /maintenance/schedule {}"));
    ASKED.put(
        Action.GET_MAINTENANCE_SCHEDULE,
        List.of("{'type':'GET_MAINTENANCE_SCHEDULE'}", "GET /maintenance/schedule"));
    ASKED.put(
        Action.START_MAINTENANCE,
        List.of(
            "{'type':'START_MAINTENANCE','start_maintenance':{" + MACHINES + "}}",
            "POST /machine/down [{'hostname':'spare'}]"));
    ASKED.put(
        Action.STOP_MAINTENANCE,
        List.of(
            "{'type':'STOP_MAINTENANCE','stop_maintenance':{" + MACHINES + "}}",
            "POST /machine/up [{'hostname':'spare'}]"));
    ASKED.put(
        Action.GET_MAINTENANCE_STATUS,
        List.of("{'type':'GET_MAINTENANCE_STATUS'}", "GET /maintenance/status"));
    for (var action :
        List.of(
            Action.DRAIN_AGENT,
            Action.DEACTIVATE_AGENT,
            Action.REACTIVATE_AGENT,
            Action.MARK_AGENT_GONE)) {
      ASKED.put(action, List.of(ofAgent(action, "")));
    }

    ELSEWHERE.put(Action.REGISTER_FRAMEWORK, "SchedulerRulesTest");
    ELSEWHERE.put(Action.RUN_TASK, "SchedulerRulesTest");
    ELSEWHERE.put(Action.RESERVE_RESOURCES, "RulesTest");
    ELSEWHERE.put(Action.REGISTER_AGENT, "RulesTest");
    ELSEWHERE.put(Action.GET_QUOTA, "SightTest");
    ELSEWHERE.put(Action.VIEW_ROLE, "SightTest");
    ELSEWHERE.put(Action.VIEW_FRAMEWORK, "SightTest");
    ELSEWHERE.put(Action.VIEW_TASK, "SightTest");
    ELSEWHERE.put(Action.VIEW_EXECUTOR, "SightTest");
    ELSEWHERE.put(Action.ACCESS_SANDBOX, "RulesTest of the agent");
    ELSEWHERE.put(Action.VIEW_CONTAINER, "RulesTest of the agent");
  }

  @TempDir Path directory;
  private RunningMaster master;
  private ScriptedScheduler scheduler;
  private Path acls;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    var log = Files.writeString(directory.resolve("log"), "a line of the log\n");
    var known = Files.writeString(directory.resolve("known"), "alice wonder\nadmin adamant\n");
    acls = Files.writeString(directory.resolve("acls"), "{}");
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
    scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build());
  }

  @AfterEach
  void stop() throws IOException {
    scheduler.close();
    master.close();
  }

  /** A new action that is honoured needs a row. */
  @Test
  void everyActionIsHeldSomewhere() {
    for (var action : Action.values()) {
      var holders = Stream.of(ASKED, ELSEWHERE).filter(rows -> rows.containsKey(action)).count();
      assertEquals(action.later().isEmpty() ? 1 : 0, holders, action::toString);
    }
  }

  static Stream<Arguments> asked() {
    return ASKED.entrySet().stream()
        .flatMap(row -> row.getValue().stream().map(asked -> Arguments.of(row.getKey(), asked)));
  }

  @ParameterizedTest
  @MethodSource("asked")
  void onlyTheRightActionLetsACallIn(Action action, String asked) throws Exception {
    reload(EnumSet.complementOf(EnumSet.of(action)));
    var refused = ask(asked);
    assertEquals(403, refused.statusCode(), refused::body);

    reload(EnumSet.of(action));
    var taken = ask(asked);
    assertFalse(Set.of(401, 403, 501).contains(taken.statusCode()), taken::body);
  }

  @Test
  void agentsThatAreGoneWhenDrainedNeedBothRights() throws Exception {
    var call = ofAgent(Action.DRAIN_AGENT, ",'mark_gone':true");
    for (var one : List.of(Action.DRAIN_AGENT, Action.MARK_AGENT_GONE)) {
      reload(EnumSet.complementOf(EnumSet.of(one)));
      assertEquals(403, ask(call).statusCode(), "all but " + one);
    }
    reload(EnumSet.of(Action.DRAIN_AGENT, Action.MARK_AGENT_GONE));
    assertEquals(400, ask(call).statusCode());
  }

  private static String ofAgent(Action action, String more) {
    return "{'type':'%s','%s':{'agent_id':{'value':'nobody'}%s}}"
        .formatted(action, action.toString().toLowerCase(Locale.ROOT), more);
  }

  /** Alice may do these from now on, with whatever it is. */
  private void reload(Collection<Action> allowed) throws IOException, InterruptedException {
    var members =
        Arrays.stream(Action.values())
            .filter(action -> action.later().isEmpty())
            .map(action -> member(action, allowed.contains(action)))
            .collect(Collectors.joining(", "));
    Files.writeString(acls, "{\"permissive\": false, " + members + "}");
    var answer =
        master
            .showing(ADMIN)
            .send(master.request("/credentials/reload").POST(HttpRequest.BodyPublishers.noBody()));
    assertEquals(200, answer.statusCode(), answer::body);
  }

  private static String member(Action action, boolean allowed) {
    var principals = allowed ? "\"admin\", \"alice\"" : "\"admin\"";
    return "\"%s\": [{\"principals\": {\"values\": [%s]}, \"%s\": {\"type\": \"ANY\"}}]"
        .formatted(action.key(), principals, action.object());
  }

  private HttpResponse<String> ask(String asked) throws IOException, InterruptedException {
    var named = asked.replace("FRAMEWORK'", scheduler.id().getValue() + "'").replace('\'', '"');
    if (named.startsWith("{")) {
      return send("POST", "/api/v1", named);
    }
    var words = named.split(" ", 3);
    var body = words.length == 3 ? words[2] : "";
    return send(words[0], words[1], body.replace("=FRAMEWORK", "=" + scheduler.id().getValue()));
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return master.send(
        master
            .showing(ALICE)
            .request(path)
            .header("Content-Type", RunningMaster.JSON)
            .header("Accept", RunningMaster.JSON)
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }
}
