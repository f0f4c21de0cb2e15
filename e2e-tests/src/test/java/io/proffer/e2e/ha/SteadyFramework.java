package io.proffer.e2e.ha;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Form;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
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
 * A framework as a careful author writes one: it asks any master, subscribes again with its id when
 * the stream ends, acknowledges, and reconciles what it has not heard of. Each of its tasks leaves
 * a trace, so that what it is told can be compared with what was done.
 */
final class SteadyFramework implements AutoCloseable {
  private static final int MOST_ALIVE = 15;
  private static final int MOST_AN_OFFER = 8;

  /** A master that is stopped takes connections and never answers: then another is asked. */
  private static final Duration ANSWERED = Duration.ofSeconds(2);

  /** Who heard nothing for so long asks whether the stream is still one. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private static final Set<String> RAN = Set.of("TASK_FINISHED", "TASK_FAILED");
  private static final Set<String> NEVER_RAN = Set.of("TASK_DROPPED", "TASK_LOST", "TASK_ERROR");

  private final String role;
  private final Form form;
  private final List<String> masters;
  private final Path traces;
  private final SplittableRandom chance;
  private final ObjectNode info;
  private final Map<String, Integer> exits = new LinkedHashMap<>();
  private final Map<String, String> ends = new LinkedHashMap<>();
  private final Set<String> leaders = new LinkedHashSet<>();
  private Optional<Scheduler> scheduler = Optional.empty();
  private long heardNanos = System.nanoTime();
  private boolean isSettling;
  private int turn;
  private int subscriptions;

  /** One that speaks JSON. */
  SteadyFramework(List<String> masters, Path traces, SplittableRandom chance) {
    this("steady", Form.JSON, masters, traces, chance);
  }

  SteadyFramework(
      String role, Form form, List<String> masters, Path traces, SplittableRandom chance) {
    this.role = role;
    this.form = form;
    this.masters = List.copyOf(masters);
    this.traces = traces;
    this.chance = chance;
    this.info = Scheduler.info(role);
    info.put("failover_timeout", 600);
  }

  int launched() {
    return exits.size();
  }

  int subscriptions() {
    return subscriptions;
  }

  /** Ids of the masters that led when it subscribed; each term has its own. */
  Set<String> leaders() {
    return Set.copyOf(leaders);
  }

  /** How many tasks ended in a state. */
  long ended(String state) {
    return ends.values().stream().filter(state::equals).count();
  }

  /** Goes on for so long. */
  void live(Duration time) {
    var end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      hear(Duration.ofMillis(50));
    }
  }

  /** Launches no more, and asks until it knows the end of each task. */
  void settle(Duration limit) {
    isSettling = true;
    var end = System.nanoTime() + limit.toNanos();
    var nextQuestion = System.nanoTime();
    while (!alive().isEmpty()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("no end was ever told of " + alive());
      }
      if (System.nanoTime() - nextQuestion >= 0) {
        reconcile();
        nextQuestion = System.nanoTime() + Duration.ofSeconds(3).toNanos();
      }
      hear(Duration.ofMillis(50));
    }
  }

  /** What was told of each task is what it did. */
  void check() throws IOException {
    for (var task : exits.entrySet()) {
      var trace = traces.resolve(task.getKey());
      var did = Files.exists(trace) ? Files.readString(trace).strip() : "";
      var told = ends.get(task.getKey());
      var isTrue =
          RAN.contains(told)
              ? did.equals("start\nend")
                  && told.equals(task.getValue() == 0 ? "TASK_FINISHED" : "TASK_FAILED")
              : did.isEmpty();
      if (!isTrue) {
        throw new AssertionError(
            "of %s, which was to exit with %d and left '%s', was told %s"
                .formatted(task.getKey(), task.getValue(), did, told));
      }
    }
  }

  private List<String> alive() {
    var all = new ArrayList<>(exits.keySet());
    all.removeAll(ends.keySet());
    return all;
  }

  /** Nothing is kept for later: others want it too. */
  private void use(JsonNode offer) {
    var room = isSettling ? 0 : MOST_ALIVE - alive().size();
    if (room > 0) {
      launch(offer, 1 + chance.nextInt(Math.min(room, MOST_AN_OFFER)));
    } else {
      var call = Json.of("{'type':'DECLINE','decline':{'filters':{'refuse_seconds':1}}}");
      call.withArray("/decline/offer_ids").add(offer.get("id"));
      trying(it -> it.accepted(call));
    }
  }

  private void launch(JsonNode offer, int count) {
    var tasks = new ArrayList<ObjectNode>();
    while (tasks.size() < count) {
      var id = role + exits.size();
      var exit = chance.nextInt(4) == 0 ? 3 : 0;
      exits.put(id, exit);
      var trace = traces.resolve(id);
      tasks.add(
          Scheduler.task(
              id,
              "echo start >> %s; sleep %s; echo end >> %s; exit %d"
                  .formatted(trace, chance.nextInt(1500) / 1000.0, trace, exit),
              offer));
    }
    trying(it -> it.launch(offer, tasks));
  }

  private void reconcile() {
    var call = Json.of("{'type':'RECONCILE','reconcile':{'tasks':[]}}");
    for (var id : alive()) {
      call.withArray("/reconcile/tasks").add(Json.of("{'task_id':{'value':'" + id + "'}}"));
    }
    trying(it -> it.accepted(call));
  }

  private void hear(Duration limit) {
    var heard = scheduler.map(it -> Optional.ofNullable(it.next(limit))).orElse(Optional.empty());
    if (heard.isEmpty()) {
      if (scheduler.isEmpty() || scheduler.get().ended()) {
        subscribe();
      } else if (System.nanoTime() - heardNanos > SILENCE.toNanos()) {
        heardNanos = System.nanoTime();
        reconcile();
      }
      return;
    }
    heardNanos = System.nanoTime();
    var event = heard.get();
    switch (event.path("type").asText()) {
      case "OFFERS" -> event.at("/offers/offers").forEach(this::use);
      case "UPDATE" -> update(event.at("/update/status"));
      default -> {}
    }
  }

  private void update(JsonNode status) {
    var task = status.at("/task_id/value").asText();
    var state = status.path("state").asText();
    // Of a task that nobody knows: it never arrived, or its end was acknowledged.
    var end = state.equals("TASK_UNKNOWN") || state.equals("TASK_GONE") ? "TASK_LOST" : state;
    if (RAN.contains(end) || NEVER_RAN.contains(end)) {
      var before = ends.putIfAbsent(task, end);
      if (before != null && RAN.contains(end) && !before.equals(end)) {
        throw new AssertionError(task + " had ended as " + before + ", and then: " + status);
      }
    }
    trying(it -> it.acknowledge(status));
  }

  private void subscribe() {
    scheduler.ifPresent(Scheduler::close);
    scheduler = Optional.empty();
    try {
      var next = Scheduler.subscribe(ANSWERED, masters.get(turn++ % masters.size()), form, info);
      info.set("id", Json.of("{'value':'" + next.frameworkId() + "'}"));
      leaders.add(next.masterId());
      scheduler = Optional.of(next);
      subscriptions++;
    } catch (RuntimeException | AssertionError e) {
      pause(); // Nobody leads now, or this master is away: the next one is asked.
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private interface Call {
    void to(Scheduler scheduler);
  }

  /** A call that is not taken is no failure: the stream ends too, or it is asked about later. */
  private void trying(Call call) {
    try {
      scheduler.ifPresent(call::to);
    } catch (RuntimeException | AssertionError e) {
      scheduler.ifPresent(Scheduler::close);
      scheduler = Optional.empty();
    }
  }

  @Override
  public void close() {
    scheduler.ifPresent(
        it -> {
          it.teardown();
          it.close();
        });
  }
}
