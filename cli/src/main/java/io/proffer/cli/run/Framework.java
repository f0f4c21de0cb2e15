package io.proffer.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.EventStream;
import io.proffer.cli.client.SchedulerClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Runs one job to its end: follows the events, launches on offers, survives a lost stream. */
final class Framework {
  private static final Duration LATER = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration RECONNECT_WAIT = Duration.ofMillis(500);

  /** Sessions in ZooKeeper last 10 seconds by default; then another one is elected. */
  private static final Duration ELECTION_WAIT = Duration.ofSeconds(30);

  private final Job job;
  private final SchedulerClient client;
  private final Console console;
  private final Outputs outputs;
  private final Map<String, Attempt> attempts = new LinkedHashMap<>();
  private final Set<String> unconfirmed = new TreeSet<>();
  private final Farewell farewell;
  private volatile boolean stopping;
  private EventStream stream;
  private boolean suppressed;
  private boolean tooSmallTold;

  Framework(Job job, SchedulerClient client, Sandboxes sandboxes, Console console) {
    this.job = job;
    this.client = client;
    this.console = console;
    this.outputs = new Outputs(sandboxes, console);
    this.farewell = new Farewell(client, console);
    for (int i = 1; i <= job.instances(); i++) {
      attempts.put("task-" + i, new Attempt("task-" + i));
    }
  }

  /**
   * Runs until all tasks have ended and gives the exit code: 0 if all finished, else that of the
   * first that did not. The framework is torn down in either case.
   */
  int run() throws ClientException {
    try {
      subscribe();
      while (!done()) {
        follow(reconnect());
      }
      if (ended()) {
        outputs.drain();
      }
    } finally {
      farewell.say();
      if (stream != null) {
        stream.close();
      }
    }
    return ended() ? summary() : Interrupts.EXIT;
  }

  /** The first time; where an election is under way, its end is waited for. */
  private void subscribe() throws ClientException {
    long end = System.nanoTime() + ELECTION_WAIT.toNanos();
    boolean told = false;
    while (!stopping) {
      try {
        follow(client.subscribe(job.frameworkInfo()));
        return;
      } catch (ClientException failed) {
        if (!failed.isLeaderless() || System.nanoTime() > end) {
          throw failed;
        }
        if (!told) {
          console.progress(failed.getMessage() + " Waiting for a leader.");
          told = true;
        }
        pause();
      }
    }
  }

  /** Ends the framework and its tasks because of a signal, and gives the last line to say. */
  String stop() {
    stopping = true;
    return farewell.onSignal();
  }

  /** Until the job is done, then the stream stays open: a framework without one is not heard. */
  private void follow(EventStream opened) throws ClientException {
    stream = opened;
    try {
      for (var event = stream.next(); event.isPresent(); event = stream.next()) {
        handle(event.get());
        if (done()) {
          return;
        }
      }
    } catch (ClientException failed) {
      if (!failed.temporary()) {
        throw failed;
      }
      console.progress(failed.getMessage());
    }
    stream.close();
  }

  private void handle(JsonNode event) throws ClientException {
    switch (event.path("type").asText()) {
      case "SUBSCRIBED" -> subscribed(event.path("subscribed"));
      case "OFFERS" -> {
        for (var offer : event.path("offers").path("offers")) {
          use(offer);
        }
      }
      case "UPDATE" -> update(event.path("update").path("status"));
      case "FAILURE" -> console.progress(failure(event.path("failure")));
      case "ERROR" ->
          throw ClientException.fromMaster(event.path("error").path("message").asText());
      case "HEARTBEAT" -> reconcile();
      default -> {
        // Rescinds and kinds that newer masters may add ask nothing of this framework.
      }
    }
  }

  /** The end of an agent with all it ran, or of one executor there. */
  private static String failure(JsonNode failure) {
    var agent = failure.path("agent_id").path("value").asText();
    return failure.has("executor_id")
        ? "Executor "
            + failure.path("executor_id").path("value").asText()
            + " ended on agent "
            + agent
            + "."
        : "Agent " + agent + " was lost.";
  }

  private void subscribed(JsonNode subscribed) throws ClientException {
    boolean again = !client.frameworkId().isEmpty();
    client.subscribed(subscribed.path("framework_id").path("value").asText());
    console.progress(
        (again ? "Subscribed again as " : "Subscribed as framework ") + client.frameworkId());
    farewell.subscribed();
    suppressed = false;
    if (again) {
      attempts.values().stream().filter(Framework::open).map(Attempt::id).forEach(unconfirmed::add);
      reconcile();
    }
  }

  /** Repeated with each heartbeat: a master just started does not answer for agents it awaits. */
  private void reconcile() throws ClientException {
    if (!unconfirmed.isEmpty()) {
      client.reconcile(unconfirmed);
    }
  }

  private void use(JsonNode offer) throws ClientException {
    outputs.learn(offer);
    var id = offer.path("id").path("value").asText();
    var basket = new Basket(offer);
    var tasks = new ArrayList<JsonNode>();
    for (var attempt : waiting()) {
      var resources = basket.take(job.need());
      if (resources.isEmpty()) {
        break;
      }
      tasks.add(job.taskInfo(attempt.id(), offer, resources.get()));
      attempt.launching();
    }
    boolean more = !waiting().isEmpty();
    if (!tasks.isEmpty()) {
      console.progress(
          "Launching "
              + tasks.size()
              + " of "
              + job.instances()
              + " on "
              + offer.path("hostname").asText());
      client.launch(id, tasks, more ? SOON : LATER);
    } else {
      tellTooSmall(more);
      client.decline(List.of(id), more ? SOON : LATER);
    }
    if (!more && !suppressed) {
      suppressed = true;
      client.suppress();
    }
  }

  private void tellTooSmall(boolean more) {
    boolean nothingRuns = attempts.values().stream().noneMatch(Framework::open);
    if (more && nothingRuns && !tooSmallTold) {
      tooSmallTold = true;
      console.progress("No offer holds " + job.need() + " so far; still waiting.");
    }
  }

  private List<Attempt> waiting() {
    return attempts.values().stream().filter(attempt -> !attempt.launched()).toList();
  }

  private void update(JsonNode status) throws ClientException {
    var id = status.path("task_id").path("value").asText();
    var attempt = attempts.get(id);
    unconfirmed.remove(id);
    if (attempt != null && attempt.follow(status)) {
      tell(attempt);
      if (attempt.running() || attempt.ended()) {
        var agentId = status.path("agent_id").path("value").asText();
        outputs.start(agentId, client.frameworkId(), id, job.instances() > 1);
      }
      if (attempt.ended()) {
        outputs.finish(id);
      }
    }
    client.acknowledge(status);
  }

  private void tell(Attempt attempt) {
    var message = attempt.message().isEmpty() ? "" : ": " + attempt.message();
    console.progress(attempt.id() + " is " + attempt.state() + message);
  }

  private boolean done() {
    return stopping || ended();
  }

  private boolean ended() {
    return attempts.values().stream().allMatch(Attempt::ended);
  }

  private static boolean open(Attempt attempt) {
    return attempt.launched() && !attempt.ended();
  }

  private EventStream reconnect() throws ClientException {
    console.progress("The stream of events ended; subscribing again.");
    long end = System.nanoTime() + (long) (Job.FAILOVER_SECONDS * 1e9);
    while (true) {
      try {
        return client.subscribe(job.frameworkInfo());
      } catch (ClientException failed) {
        if (!failed.temporary() || System.nanoTime() > end) {
          throw failed;
        }
        pause();
      }
    }
  }

  private static void pause() throws ClientException {
    try {
      Thread.sleep(RECONNECT_WAIT);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw ClientException.fromMaster("Interrupted.");
    }
  }

  private int summary() {
    var failed = attempts.values().stream().filter(a -> a.failure().isPresent()).toList();
    int finished = attempts.size() - failed.size();
    console.progress(finished + " of " + attempts.size() + " finished.");
    if (failed.isEmpty()) {
      return console.lost() ? 1 : 0;
    }
    return failed.getFirst().failure().orElse(1);
  }
}
