package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.acl.AclDocument;
import io.proffer.api.acl.Acls;
import io.proffer.api.acl.Action;
import io.proffer.api.auth.Credential;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.Filters;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the rules: nothing that somebody may not see is in a byte of any read, and what they may
 * see is there. The names of everything are such that they can be searched for.
 */
@Timeout(120)
class SightTest {
  /** Each byte a character. */
  private static final Charset ISO = StandardCharsets.ISO_8859_1;

  private static final long SEED = 20261129;
  private static final int ROUNDS = 16;
  private static final List<String> USERS = List.of("ann", "bob", "root");
  private static final List<String> ROLES = List.of("red", "blue", "green", "red/deep");
  private static final Credential ADMIN = new Credential("admin", "adamant");
  private static final List<Credential> READERS =
      List.of(new Credential("alice", "wonder"), new Credential("carl", "secret"));

  private static final List<String> READS =
      List.of(
          "/state",
          "/master/state",
          "/state-summary",
          "/frameworks",
          "/tasks",
          "/tasks?limit=2",
          "/slaves",
          "/roles",
          "/registrar(1)/registry",
          "/hierarchical-allocator(1)/offer_constraints_debug",
          "/weights",
          "/quota",
          "/maintenance/status");
  private static final List<String> CALLS =
      List.of(
              "GET_STATE",
              "GET_TASKS",
              "GET_EXECUTORS",
              "GET_FRAMEWORKS",
              "GET_AGENTS",
              "GET_ROLES",
              "GET_WEIGHTS",
              "GET_QUOTA",
              "GET_MAINTENANCE_STATUS",
              "GET_MASTER")
          .stream()
          .map(type -> "{\"type\":\"" + type + "\"}")
          .toList();

  @TempDir Path directory;

  /** A thing with a name; who may see it depends on whose it is. */
  private record Thing(String owner, Optional<String> user, Kind kind) {
    enum Kind {
      FRAMEWORK,
      TASK,
      EXECUTOR
    }

    boolean isSeen(Acls acls, String reader) {
      var who = Optional.of(reader);
      return acls.allows(Action.VIEW_FRAMEWORK, who, Optional.of(owner))
          && switch (kind) {
            case FRAMEWORK -> true;
            case TASK -> acls.allows(Action.VIEW_TASK, who, user);
            case EXECUTOR -> acls.allows(Action.VIEW_EXECUTOR, who, user);
          };
    }
  }

  private final Map<String, Thing> things = new TreeMap<>();
  private final Map<String, String> executorOfTask = new LinkedHashMap<>();
  private String agreed = "";

  @Test
  void nothingHiddenIsInAnyByte() throws Exception {
    var known =
        Files.writeString(directory.resolve("known"), "admin adamant\nalice wonder\ncarl secret\n");
    var acls = Files.writeString(directory.resolve("acls"), "{}");
    var flags =
        Map.of(
            "registry", "in_memory",
            "credentials", known.toString(),
            "authenticate_http_readonly", "true",
            "authenticate_http_readwrite", "true",
            "acls", acls.toString());
    try (var master = withRoles(RunningMaster.start(flags).showing(ADMIN));
        var agent = agent(master);
        var first = framework(master, agent, "ann", "red");
        var second = framework(master, agent, "bob", "blue");
        var third = framework(master, agent, "ann", "red/deep")) {
      completed(master, agent);
      second.agreeToInverseOffers();
      agreed = second.id().getValue();
      var random = new Random(SEED);
      var hidden = 0;
      for (var round = 0; round < ROUNDS; round++) {
        var document = document(random);
        Files.writeString(acls, document);
        master.showing(ADMIN);
        var reload =
            master.request("/credentials/reload").POST(HttpRequest.BodyPublishers.noBody());
        assertEquals(200, master.send(reload).statusCode());
        for (var reader : READERS) {
          hidden += look(master, AclDocument.parse(document), reader, document, round);
        }
      }
      assertTrue(hidden > ROUNDS, "there was too little to hide: " + hidden);
      assertTrue(List.of(first, second, third).stream().allMatch(f -> f.id().isInitialized()));
    }
  }

  private int look(RunningMaster master, Acls acls, Credential reader, String document, int round)
      throws IOException, InterruptedException {
    master.showing(reader);
    var answers = new LinkedHashMap<String, String>();
    for (var path : READS) {
      answers.put(path, new String(bytes(master, master.request(path).GET()), ISO));
    }
    for (var call : CALLS) {
      for (var type : List.of(RunningMaster.JSON, RunningMaster.PROTOBUF)) {
        var request =
            master
                .request("/api/v1")
                .header("Content-Type", RunningMaster.JSON)
                .header("Accept", type)
                .POST(HttpRequest.BodyPublishers.ofString(call));
        answers.put(call + type, new String(bytes(master, request), ISO));
      }
    }
    try (var stream =
        Stream.open(
            master.port(),
            "/api/v1",
            "Content-Type: application/json\r\nAccept: application/json\r\n" + master.shown(),
            "{\"type\":\"SUBSCRIBE\"}".getBytes(StandardCharsets.UTF_8))) {
      answers.put("SUBSCRIBE", stream.nextText());
    }
    var why = "round " + round + ", " + reader + ", rules " + document;
    var hidden = 0;
    for (var thing : things.entrySet()) {
      var name = thing.getKey();
      var seen = thing.getValue().isSeen(acls, reader.principal());
      if (seen) {
        var away = answers.get("/maintenance/status").contains(name);
        assertEquals(name.equals(agreed), away, () -> name + " of /maintenance/status: " + why);
        for (var whole : List.of("/state", CALLS.getFirst() + RunningMaster.JSON, "SUBSCRIBE")) {
          assertTrue(answers.get(whole).contains(name), () -> name + " of " + whole + ": " + why);
        }
      } else if (!isNamedByWhatIsSeen(name, acls, reader)) {
        hidden++;
        answers.forEach(
            (read, answer) ->
                assertFalse(answer.contains(name), () -> name + " in " + read + ": " + why));
      }
    }
    for (var role : ROLES) {
      var seen = acls.allows(Action.VIEW_ROLE, Optional.of(reader.principal()), Optional.of(role));
      for (var read : List.of("/roles", "{\"type\":\"GET_ROLES\"}" + RunningMaster.JSON)) {
        assertEquals(seen, answers.get(read).contains("\"" + role + "\""), () -> role + read + why);
      }
      if (!seen && role.equals("green")) {
        hidden++;
        answers.forEach(
            (read, answer) -> assertFalse(answer.contains(role), () -> role + read + why));
      }
    }
    checkSettings(acls, reader, answers, why);
    return hidden;
  }

  /** A weight is seen with its role; a quota by a right of its own. */
  private static void checkSettings(
      Acls acls, Credential reader, Map<String, String> answers, String why) {
    var who = Optional.of(reader.principal());
    var weight = acls.allows(Action.VIEW_ROLE, who, Optional.of("green"));
    for (var read : List.of("/weights", "{\"type\":\"GET_WEIGHTS\"}" + RunningMaster.JSON)) {
      assertEquals(weight, answers.get(read).contains("\"green\""), () -> read + why);
    }
    var quota = acls.allows(Action.GET_QUOTA, who, Optional.of("amber"));
    for (var read : List.of("/quota", "{\"type\":\"GET_QUOTA\"}" + RunningMaster.JSON)) {
      assertEquals(quota, answers.get(read).contains("\"amber\""), () -> read + why);
    }
  }

  /** A role with a weight, and one with a quota; the machine is to be away. */
  private static RunningMaster withRoles(RunningMaster master)
      throws IOException, InterruptedException {
    for (var change :
        List.of(
            "{\"type\":\"UPDATE_WEIGHTS\",\"update_weights\":{\"weight_infos\":"
                + "[{\"role\":\"green\",\"weight\":2}]}}",
            "{\"type\":\"UPDATE_QUOTA\",\"update_quota\":{\"quota_configs\":"
                + "[{\"role\":\"amber\",\"limits\":{\"cpus\":{\"value\":2}}}]}}",
            "{\"type\":\"UPDATE_MAINTENANCE_SCHEDULE\",\"update_maintenance_schedule\":"
                + "{\"schedule\":{\"windows\":[{\"machine_ids\":[{\"hostname\":\"host-a\","
                + "\"ip\":\"127.0.0.1\"}],\"unavailability\":"
                + "{\"start\":{\"nanoseconds\":7}}}]}}}")) {
      assertEquals("", master.operator(change));
    }
    return master;
  }

  private static byte[] bytes(RunningMaster master, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var answer = master.sendForBytes(request);
    assertEquals(200, answer.statusCode());
    return answer.body();
  }

  /** A task that may be seen says which executor it runs in. */
  private boolean isNamedByWhatIsSeen(String name, Acls acls, Credential reader) {
    return executorOfTask.entrySet().stream()
        .anyMatch(
            entry ->
                entry.getValue().equals(name)
                    && things.get(entry.getKey()).isSeen(acls, reader.principal()));
  }

  private static String document(Random random) {
    var members = new ArrayList<String>();
    members.add("\"permissive\": " + random.nextBoolean());
    members.add(
        "\"get_endpoints\": [{\"principals\": {\"values\": [\"admin\"]}, \"paths\": {\"type\":"
            + " \"ANY\"}}], \"get_maintenance_statuses\": [{\"principals\": {\"type\": \"ANY\"},"
            + " \"machines\": {\"type\": \"ANY\"}}]");
    for (var action :
        List.of(
            Action.VIEW_FRAMEWORK,
            Action.VIEW_TASK,
            Action.VIEW_EXECUTOR,
            Action.VIEW_ROLE,
            Action.GET_QUOTA)) {
      var rules = new ArrayList<String>();
      for (var i = random.nextInt(4); i > 0; i--) {
        rules.add(
            "{\"principals\": %s, \"%s\": %s}"
                .formatted(
                    side(random, List.of("alice", "carl")),
                    action.object(),
                    side(random, objects(action))));
      }
      members.add("\"%s\": [%s]".formatted(action.key(), String.join(", ", rules)));
    }
    return "{" + String.join(", ", members) + "}";
  }

  private static List<String> objects(Action action) {
    return switch (action) {
      case VIEW_ROLE -> ROLES;
      case GET_QUOTA -> List.of("amber", "red");
      default -> USERS;
    };
  }

  private static String side(Random random, List<String> values) {
    return switch (random.nextInt(4)) {
      case 0 -> "{\"type\": \"ANY\"}";
      case 1 -> "{\"type\": \"NONE\"}";
      default -> "{\"values\": [\"" + values.get(random.nextInt(values.size())) + "\"]}";
    };
  }

  private static ScriptedAgent agent(RunningMaster master) throws IOException {
    var subscription = ScriptedAgent.subscription();
    subscription
        .getAgentInfoBuilder()
        .clearResources()
        .addAllResources(
            Resources.parse("cpus:40;mem:40960;cpus(green):1;cpus(blue):1", "*").messages());
    return ScriptedAgent.register(master, subscription);
  }

  /** One with tasks as itself, as another and in an executor; its agent reports them running. */
  private ScriptedScheduler framework(
      RunningMaster master, ScriptedAgent agent, String user, String role) throws Exception {
    var info =
        ScriptedScheduler.info().setUser(user).clearRoles().addRoles(role).setName("f").build();
    var scheduler = ScriptedScheduler.subscribe(master, info);
    var id = scheduler.id().getValue();
    things.put(id, new Thing(user, Optional.empty(), Thing.Kind.FRAMEWORK));
    var offer = scheduler.next(Event.Type.OFFERS).getOffers().getOffers(0);
    var tasks = new ArrayList<TaskInfo>();
    for (var as : List.of("", "root", "ann")) {
      // No name is the beginning of another.
      var whose = "%s-%s-%s".formatted(role.replace('/', '.'), user, as.isEmpty() ? "self" : as);
      var name = "task-" + whose;
      tasks.add(task(name + "-command", offer, Optional.empty(), as));
      things.put(name + "-command", thing(user, as, Thing.Kind.TASK));
      var executor = "runner-" + whose;
      tasks.add(task(name + "-custom", offer, Optional.of(executor), as));
      things.put(name + "-custom", thing(user, as, Thing.Kind.TASK));
      things.put(executor, thing(user, as, Thing.Kind.EXECUTOR));
      executorOfTask.put(name + "-custom", executor);
    }
    accept(scheduler, offer, tasks);
    for (var task : tasks) {
      agent.send(agent.update(scheduler.id(), task.getTaskId().getValue(), TaskState.TASK_RUNNING));
    }
    return scheduler;
  }

  private static Thing thing(String owner, String user, Thing.Kind kind) {
    return new Thing(owner, Optional.of(user.isEmpty() ? owner : user), kind);
  }

  /** One that ran a task and is gone. */
  private void completed(RunningMaster master, ScriptedAgent agent) throws Exception {
    var info = ScriptedScheduler.info().setUser("bob").clearRoles().addRoles("blue").build();
    try (var scheduler = ScriptedScheduler.subscribe(master, info)) {
      var offer = scheduler.next(Event.Type.OFFERS).getOffers().getOffers(0);
      accept(scheduler, offer, List.of(task("task-gone", offer, Optional.empty(), "root")));
      agent.send(agent.update(scheduler.id(), "task-gone", TaskState.TASK_FINISHED));
      scheduler.call(Call.newBuilder().setType(Call.Type.TEARDOWN));
      things.put(
          scheduler.id().getValue(), new Thing("bob", Optional.empty(), Thing.Kind.FRAMEWORK));
      things.put("task-gone", thing("bob", "root", Thing.Kind.TASK));
    }
  }

  private static void accept(ScriptedScheduler scheduler, Offer offer, List<TaskInfo> tasks)
      throws IOException, InterruptedException {
    var launch = Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH);
    launch.getLaunchBuilder().addAllTaskInfos(tasks);
    var answer =
        scheduler.call(
            Call.newBuilder()
                .setType(Call.Type.ACCEPT)
                .setAccept(
                    Call.Accept.newBuilder()
                        .addOfferIds(offer.getId())
                        .addOperations(launch)
                        // All else is for the next framework.
                        .setFilters(Filters.newBuilder().setRefuseSeconds(1000))));
    assertEquals(202, answer.statusCode(), answer::body);
  }

  private static TaskInfo task(String id, Offer offer, Optional<String> executor, String user) {
    var command = CommandInfo.newBuilder().setValue("true");
    if (!user.isEmpty()) {
      command.setUser(user);
    }
    var task =
        TaskInfo.newBuilder()
            .setName(id)
            .setTaskId(TaskID.newBuilder().setValue(id))
            .setAgentId(offer.getAgentId())
            .addAllResources(Resources.parse("cpus:0.5;mem:32", "*").messages());
    executor.ifPresentOrElse(
        name ->
            task.setExecutor(
                ExecutorInfo.newBuilder()
                    .setExecutorId(ExecutorID.newBuilder().setValue(name))
                    .setCommand(command)
                    .addAllResources(Resources.parse("cpus:0.1", "*").messages())),
        () -> task.setCommand(command));
    return task.build();
  }
}
