package io.proffer.e2e.durability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.ExecutorClient;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Tasks that start, end, are killed and acknowledged all the time, some of them on executors of
 * their own. Each leaves a trace of its own, so that what is reported of it can be compared with
 * what it did.
 */
final class RestlessCrowd {
  private static final int MOST_ALIVE = 12;
  private static final int EXECUTORS = 2;

  /** One in so many runs on an executor. */
  private static final int HOSTED = 3;

  private static final Path EXAMPLES =
      Path.of(System.getProperty("project.root", "..")).toAbsolutePath().resolve("examples");

  private static final Duration LAST = Duration.ofSeconds(60);
  private static final Set<String> TERMINAL =
      Set.of(
          "TASK_FINISHED", "TASK_FAILED", "TASK_KILLED", "TASK_ERROR", "TASK_LOST", "TASK_DROPPED");

  private final Scheduler scheduler;
  private final Path traces;
  private final SplittableRandom chance;
  private final Map<String, Integer> exits = new LinkedHashMap<>();
  private final Set<String> hosted = new LinkedHashSet<>();
  private final Map<String, JsonNode> executors = new LinkedHashMap<>();
  private final Set<String> killed = new LinkedHashSet<>();
  private final Map<String, Set<End>> ends = new LinkedHashMap<>();
  private Optional<JsonNode> offer = Optional.empty();
  private int launched;
  private boolean heardExecutor;

  /**
   * What is said of an end: all of it is the same however often it is told, the uuid too, by which
   * a framework knows that it heard of it before.
   */
  private record End(String state, String source, String reason, String message, String uuid) {
    static End of(JsonNode status) {
      return new End(
          status.path("state").asText(),
          status.path("source").asText(),
          status.path("reason").asText(),
          status.path("message").asText(),
          status.path("uuid").asText());
    }
  }

  RestlessCrowd(Scheduler scheduler, Path traces, SplittableRandom chance) {
    this.scheduler = scheduler;
    this.traces = traces;
    this.chance = chance;
  }

  /** Goes on for so long. */
  void live(Duration time) {
    var end = System.nanoTime() + time.toNanos();
    for (var left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      hear(Duration.ofNanos(Math.min(left, 50_000_000)));
      if (alive().size() < MOST_ALIVE) {
        offer.ifPresent(this::launch);
      }
      if (chance.nextInt(10) == 0) {
        var all = alive();
        if (!all.isEmpty()) {
          kill(all.get(chance.nextInt(all.size())));
        }
      }
    }
  }

  /** Goes on until something was launched that was not yet there, or for so long. */
  void liveUntilItGrows(Duration limit) {
    var before = launched;
    var start = System.nanoTime();
    while (launched == before && System.nanoTime() - start < limit.toNanos()) {
      live(Duration.ofMillis(10));
    }
  }

  /** Goes on until an executor has told of a task, so that kills meet it. */
  void liveUntilAnExecutorSpeaks() {
    var start = System.nanoTime();
    while (!heardExecutor) {
      if (System.nanoTime() - start > LAST.toNanos()) {
        throw new AssertionError("no executor ever told of any of " + hosted);
      }
      live(Duration.ofMillis(10));
    }
  }

  /** Launches no more, and waits until everything has ended. */
  void end() {
    var start = System.nanoTime();
    var nextKill = start;
    while (!alive().isEmpty()) {
      if (System.nanoTime() - start > LAST.toNanos()) {
        throw new AssertionError("no end was ever told of " + alive());
      }
      // Some wait for nothing else; and a kill that an agent never got is not repeated by itself.
      if (System.nanoTime() - nextKill >= 0) {
        alive().forEach(this::kill);
        nextKill = System.nanoTime() + 3_000_000_000L;
      }
      hear(Duration.ofMillis(50));
    }
    executors.forEach(this::shutDown);
    // What is told twice must be told alike: updates that were under way may still come.
    for (var quiet = hear(Duration.ofSeconds(1)); quiet; quiet = hear(Duration.ofSeconds(1))) {}
  }

  /** Each task has one end, and it is the one its trace shows. */
  void check() throws IOException {
    for (var task : exits.keySet()) {
      var told = ends.get(task);
      var trace = traces.resolve(task);
      var did = Files.exists(trace) ? Files.readString(trace) : "";
      if (told.size() != 1 || !isTrue(task, told.iterator().next(), did)) {
        throw new AssertionError(
            "of %s%s, which was to exit with %d and left '%s', was told: %s"
                .formatted(
                    task,
                    killed.contains(task) ? ", which was killed" : "",
                    exits.get(task),
                    did.strip(),
                    told));
      }
    }
  }

  private boolean isTrue(String task, End end, String did) {
    var told = end.state() + " " + end.message();
    var exit = exits.get(task);
    var natural =
        (exit == 0 ? "TASK_FINISHED " : "TASK_FAILED ")
            + (hosted.contains(task) ? "exited with status " : "Command exited with status ")
            + exit;
    if (told.equals(natural)) {
      return did.contains("end");
    }
    if (told.startsWith("TASK_KILLED ")) {
      return killed.contains(task);
    }
    // It never came to run, or more was launched than a small offer held: nobody may say so of one
    // that did run.
    return did.isEmpty()
        && (told.startsWith("TASK_DROPPED ")
            || told.startsWith("TASK_LOST ")
            || told.startsWith("TASK_ERROR "));
  }

  private List<String> alive() {
    var all = new ArrayList<>(exits.keySet());
    all.removeAll(ends.keySet());
    return all;
  }

  private void launch(JsonNode from) {
    offer = Optional.empty();
    var tasks = new ArrayList<ObjectNode>();
    for (var count = 1 + chance.nextInt(4); count > 0; count--) {
      var id = "t" + launched++;
      var exit = chance.nextInt(3) == 0 ? 3 : 0;
      exits.put(id, exit);
      var trace = traces.resolve(id);
      var seconds = chance.nextInt(4) == 0 ? 600 : chance.nextInt(2000) / 1000.0;
      var command =
          "echo start >> %s; sleep %s; echo end >> %s; exit %d"
              .formatted(trace, seconds, trace, exit);
      tasks.add(
          chance.nextInt(HOSTED) == 0
              ? hosted(id, command, from)
              : Scheduler.task(id, command, from));
    }
    scheduler.launch(from, tasks);
  }

  /** A task whose executor, the one of the examples, runs its data as a command. */
  private ObjectNode hosted(String id, String command, JsonNode from) {
    var executor = "executor-" + chance.nextInt(EXECUTORS);
    hosted.add(id);
    executors.put(executor, from.get("agent_id"));
    return ExecutorClient.task(
            id,
            executor,
            "exec python3 " + EXAMPLES.resolve("executor.py"),
            from,
            scheduler.frameworkId())
        .put("data", command.getBytes(StandardCharsets.UTF_8));
  }

  private void shutDown(String executor, JsonNode agent) {
    var call = Json.of("{'type':'SHUTDOWN','shutdown':{'executor_id':{}}}");
    var shutdown = (ObjectNode) call.get("shutdown");
    shutdown.set("agent_id", agent);
    ((ObjectNode) shutdown.get("executor_id")).put("value", executor);
    scheduler.accepted(call);
  }

  private void kill(String task) {
    killed.add(task);
    scheduler.accepted(Json.of("{'type':'KILL','kill':{'task_id':{'value':'" + task + "'}}}"));
  }

  /** Takes one event; false when none came. */
  private boolean hear(Duration limit) {
    var event = scheduler.next(limit);
    if (event == null) {
      return false;
    }
    switch (event.path("type").asText()) {
      case "OFFERS" -> offer = Optional.of(event.at("/offers/offers/0"));
      case "RESCIND" -> offer = Optional.empty();
      case "UPDATE" -> update(event.at("/update/status"));
      default -> {}
    }
    return true;
  }

  private void update(JsonNode status) {
    var task = status.at("/task_id/value").asText();
    var state = status.path("state").asText();
    heardExecutor |= hosted.contains(task) && state.equals("TASK_RUNNING");
    if (TERMINAL.contains(state)) {
      ends.computeIfAbsent(task, id -> new LinkedHashSet<>()).add(End.of(status));
    } else if (ends.containsKey(task) && !state.equals("TASK_UNKNOWN")) {
      // Of one whose end was acknowledged a late kill is told that it is unknown.
      throw new AssertionError(task + " had ended as " + ends.get(task) + ", and then: " + status);
    }
    scheduler.acknowledge(status);
  }
}
