package io.proffer.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.masterlink.DoubleMaster;
import io.proffer.api.acl.AclDocument;
import io.proffer.api.acl.Acls;
import io.proffer.api.acl.Action;
import io.proffer.api.auth.Credential;
import io.proffer.api.flags.Flags;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.v1.TaskState;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What rules let somebody read of an agent. Names are such that they can be searched for. */
@Timeout(120)
final class RulesTest {
  private static final long SEED = 8;
  private static final int ROUNDS = 12;
  private static final Credential ADMIN = new Credential("admin", "adamant");
  private static final Credential READER = new Credential("alice", "wonder");
  private static final List<String> USERS = List.of("ann", "bob", "root");

  /** The tasks of each framework, whose user is part of its name, and as whom they run. */
  private static final Map<String, List<String>> TASKS =
      Map.of("frame-ann", List.of("ann", "root"), "frame-bob", List.of("bob", "ann"));

  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Vertx vertx;
  private DoubleMaster master;
  private AgentAssembly agent;
  private Path acls;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    vertx = Vertx.vertx();
    master = new DoubleMaster(vertx, 0);
    acls = Files.writeString(directory.resolve("acls"), "{}");
    var known = Files.writeString(directory.resolve("known"), "admin adamant\nalice wonder\n");
    var flags = new LinkedHashMap<String, String>();
    flags.put("master", "127.0.0.1:" + master.port());
    flags.put("work_dir", directory.resolve("work").toString());
    flags.put("port", "0");
    flags.put("resources", "cpus:4;mem:1024;cpus(green):1");
    flags.put("switch_user", "false");
    flags.put("http_credentials", known.toString());
    flags.put("authenticate_http_readonly", "true");
    flags.put("authenticate_http_readwrite", "true");
    flags.put("acls", acls.toString());
    agent = AgentAssembly.start(Flags.fill(new AgentConfig(), flags));
    master.awaitSubscription();
    for (var framework : TASKS.entrySet()) {
      for (var user : framework.getValue()) {
        run(framework.getKey(), user);
      }
    }
  }

  @AfterEach
  void stop() {
    agent.close();
    master.close();
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static String task(String framework, String user) {
    return "task-of-" + framework + "-as-" + user;
  }

  private void run(String framework, String user) throws InterruptedException {
    var owner = framework.substring("frame-".length());
    var info = TaskMessages.framework(framework).toBuilder().setUser(owner).build();
    var task = TaskMessages.task(task(framework, user), "echo secret; sleep 1000");
    if (!user.equals(owner)) {
      task.getCommandBuilder().setUser(user);
    }
    master.send(record -> record.setRunTask(TaskMessages.run(info, task)));
    for (var state = TaskState.TASK_STAGING; state != TaskState.TASK_RUNNING; ) {
      var status = master.awaitRecord().getUpdate().getStatus();
      master.send(
          record ->
              record.setAcknowledgeUpdate(
                  ToAgent.AcknowledgeUpdate.newBuilder()
                      .setFrameworkId(info.getId())
                      .setTaskId(status.getTaskId())
                      .setUuid(status.getUuid())));
      state = status.getState();
    }
  }

  @Test
  void nothingHiddenIsInAnyByte() throws Exception {
    var random = new Random(SEED);
    var hidden = 0;
    for (var round = 0; round < ROUNDS; round++) {
      var document = document(random);
      reload(document);
      var rules = AclDocument.parse(document);
      var state = get("/state");
      var tasks = call("GET_TASKS");
      var all = state + tasks + call("GET_STATE") + call("GET_EXECUTORS") + call("GET_FRAMEWORKS");
      var containers = get("/containers") + get("/monitor/statistics") + call("GET_CONTAINERS");
      var debug = get("/files/debug");
      for (var framework : TASKS.entrySet()) {
        var name = framework.getKey();
        var owner = name.substring("frame-".length());
        var seen = allows(rules, Action.VIEW_FRAMEWORK, owner);
        assertEquals(seen, state.contains("\"id\":\"" + name + "\""), document);
        assertEquals(seen, call("GET_FRAMEWORKS").contains(name), document);
        assertTrue(seen || !all.replaceAll("task-of-frame-\\w+-as-\\w+", "").contains(name));
        for (var user : framework.getValue()) {
          var task = task(name, user);
          var told = seen && allows(rules, Action.VIEW_TASK, user);
          var executor = seen && allows(rules, Action.VIEW_EXECUTOR, user);
          assertEquals(told, tasks.contains(task), document);
          assertEquals(told && executor, state.contains(task), document);
          assertEquals(told && executor, call("GET_EXECUTORS").contains(task), document);
          if (!told) {
            hidden++;
            assertFalse(all.contains(task), () -> task + ": " + document);
          }
          assertEquals(allows(rules, Action.VIEW_CONTAINER, user), containers.contains(task));
          assertSandbox(allows(rules, Action.ACCESS_SANDBOX, user), name, task, debug);
        }
      }
      assertEquals(
          allows(rules, Action.VIEW_ROLE, "green"),
          (get("/state") + call("GET_AGENT")).contains("green"),
          document);
    }
    assertTrue(hidden > ROUNDS, "there was too little to hide: " + hidden);
  }

  private void assertSandbox(boolean allowed, String framework, String task, String debug) {
    var sandbox = "/frameworks/" + framework + "/executors/" + task + "/runs/latest";
    assertEquals(allowed, debug.contains(sandbox));
    for (var path :
        List.of(sandbox + "/stdout", sandbox + "/../../runs/latest/stdout", real(sandbox))) {
      for (var verb : List.of("read", "download", "browse")) {
        var answer = send(READER, to("/files/" + verb + "?path=" + path));
        assertEquals(allowed, answer.statusCode() != 403, path);
        assertEquals(allowed, !answer.body().equals("403 Forbidden."), path);
      }
      var read = "{\"type\":\"READ_FILE\",\"read_file\":{\"path\":\"" + path + "\",\"offset\":0}}";
      assertEquals(allowed, post(READER, "/api/v1", read).statusCode() != 403, path);
      var list = "{\"type\":\"LIST_FILES\",\"list_files\":{\"path\":\"" + path + "\"}}";
      assertEquals(allowed, post(READER, "/api/v1", list).statusCode() != 403, path);
    }
  }

  /** The same sandbox as it lies on the disk. */
  private String real(String sandbox) {
    return directory.resolve("work") + "/slaves/master-S0" + sandbox;
  }

  @Test
  void aSandboxThatNobodyRemembersIsForThoseWhoMayReadAll() throws Exception {
    var path =
        "/files/read?path=" + real("/frameworks/frame-ann/executors/gone/runs/latest/stdout");
    reload(
        "{\"permissive\": false, \"access_sandboxes\": [{\"principals\": {\"values\": [\"alice\"]},"
            + " \"users\": {\"values\": [\"ann\"]}}], "
            + FOR_ADMIN
            + "}");
    assertEquals(403, send(READER, to(path)).statusCode());
    reload(
        "{\"permissive\": false, \"access_sandboxes\": [{\"principals\": {\"values\": [\"alice\"]},"
            + " \"users\": {\"type\": \"ANY\"}}], "
            + FOR_ADMIN
            + "}");
    assertEquals(404, send(READER, to(path)).statusCode());
  }

  @Test
  void flagsFiguresAndTheLogAreForThoseWhoMay() throws Exception {
    reload("{\"permissive\": false, " + FOR_ADMIN + "}");
    for (var path :
        List.of(
            "/flags",
            "/containers",
            "/containerizer/debug",
            "/files/debug",
            "/metrics/snapshot",
            "/metrics/prometheus",
            "/monitor/statistics",
            "/logging/toggle")) {
      var refused = send(READER, to(path));
      assertEquals(403, refused.statusCode(), path);
      assertEquals("403 Forbidden.", refused.body());
      if (!path.equals("/flags")) {
        assertEquals(200, send(ADMIN, to(path)).statusCode(), path);
      }
    }
    assertEquals(403, post(READER, "/credentials/reload", "").statusCode());
    assertFalse(get("/state").contains("\"flags\""));
    var set =
        "{\"type\":\"SET_LOGGING_LEVEL\",\"set_logging_level\":{\"level\":0,\"duration\":{\"nanoseconds\":1}}}";
    for (var call :
        List.of("{\"type\":\"GET_FLAGS\"}", "{\"type\":\"GET_METRICS\",\"get_metrics\":{}}", set)) {
      assertEquals(403, post(READER, "/api/v1", call).statusCode(), call);
    }
    reload("{}");
    assertTrue(get("/state").contains("\"flags\""));
    assertEquals(200, post(READER, "/api/v1", set).statusCode());
    assertEquals(405, post(READER, "/flags", "").statusCode());
  }

  private static final String FOR_ADMIN =
      "\"get_endpoints\": [{\"principals\": {\"values\": [\"admin\"]}, \"paths\": {\"type\": \"ANY\"}}]";

  private static boolean allows(Acls rules, Action action, String user) {
    return rules.allows(action, Optional.of(READER.principal()), Optional.of(user));
  }

  private static String document(Random random) {
    var members = new ArrayList<String>();
    members.add("\"permissive\": " + random.nextBoolean());
    members.add(
        "\"get_endpoints\": [{\"principals\": {\"type\": \"ANY\"}, \"paths\": {\"type\": \"ANY\"}}]");
    // The flags say which resources it has, of all roles.
    members.add(
        "\"view_flags\": [{\"principals\": {\"type\": \"NONE\"}, \"flags\": {\"type\": \"ANY\"}}]");
    for (var action :
        List.of(
            Action.VIEW_FRAMEWORK,
            Action.VIEW_TASK,
            Action.VIEW_EXECUTOR,
            Action.VIEW_CONTAINER,
            Action.ACCESS_SANDBOX,
            Action.VIEW_ROLE)) {
      var rules = new ArrayList<String>();
      for (var i = random.nextInt(4); i > 0; i--) {
        rules.add(
            "{\"principals\": %s, \"%s\": %s}"
                .formatted(
                    side(random, List.of("alice", "other")),
                    action.object(),
                    side(random, action == Action.VIEW_ROLE ? List.of("green", "test") : USERS)));
      }
      members.add("\"%s\": [%s]".formatted(action.key(), String.join(", ", rules)));
    }
    return "{" + String.join(", ", members) + "}";
  }

  private static String side(Random random, List<String> values) {
    return switch (random.nextInt(4)) {
      case 0 -> "{\"type\": \"ANY\"}";
      case 1 -> "{\"type\": \"NONE\"}";
      default -> "{\"values\": [\"" + values.get(random.nextInt(values.size())) + "\"]}";
    };
  }

  private void reload(String document) throws IOException {
    Files.writeString(acls, document);
    var answer = post(ADMIN, "/credentials/reload", "");
    assertEquals(200, answer.statusCode(), answer::body);
  }

  private String get(String path) {
    var answer = send(READER, to(path));
    assertEquals(200, answer.statusCode(), answer::body);
    return answer.body();
  }

  private String call(String type) {
    var answer = post(READER, "/api/v1", "{\"type\":\"" + type + "\"}");
    assertEquals(200, answer.statusCode(), answer::body);
    return answer.body();
  }

  private HttpResponse<String> post(Credential who, String path, String body) {
    return send(
        who,
        to(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + agent.port() + path));
  }

  private HttpResponse<String> send(Credential who, HttpRequest.Builder request) {
    try {
      return client.send(
          request.header("Authorization", who.basic()).build(),
          BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
