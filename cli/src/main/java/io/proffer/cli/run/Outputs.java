package io.proffer.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** The tails of all tasks of a run. Used by the thread that reads the events only. */
final class Outputs {
  private static final int REQUESTS_AT_ONCE = 16;
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);
  private static final Duration CHECK = Duration.ofMillis(200);

  private final Console console;
  private final Semaphore turns = new Semaphore(REQUESTS_AT_ONCE);
  private final Sandboxes sandboxes;
  private final Map<String, URI> agents = new LinkedHashMap<>();
  private final Map<String, Running> tails = new LinkedHashMap<>();

  Outputs(Sandboxes sandboxes, Console console) {
    this.sandboxes = sandboxes;
    this.console = console;
  }

  private record Running(Tail tail, Thread thread) {}

  /** Remembers where an agent's files are. */
  void learn(JsonNode offer) {
    agents.put(offer.path("agent_id").path("value").asText(), address(offer));
  }

  /** Starts copying the output of a task whose agent is known, once. */
  void start(String agentId, String frameworkId, String taskId, boolean prefixed) {
    var agent = agents.get(agentId);
    if (agent == null || tails.containsKey(taskId)) {
      return;
    }
    var directory = "/frameworks/" + frameworkId + "/executors/" + taskId + "/runs/latest";
    var prefix = prefixed ? "[" + taskId + "] " : "";
    var tail =
        new Tail(
            sandboxes.reader().at(agentId, agent),
            sandboxes.pageBytes(),
            directory,
            prefix,
            turns,
            console);
    tails.put(taskId, new Running(tail, Thread.ofVirtual().name("tail-" + taskId).start(tail)));
  }

  /** The task has ended. */
  void finish(String taskId) {
    var running = tails.get(taskId);
    if (running != null) {
      running.tail().finish();
    }
  }

  /** Waits until all is shown that ended tasks wrote, however slow the reader; not for agents. */
  void drain() {
    tails.values().forEach(running -> running.tail().finish());
    try {
      for (var running : tails.values()) {
        while (!running.thread().join(CHECK)) {
          if (running.tail().waitsSince(LAST_WORDS)) {
            running.thread().interrupt();
          }
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static URI address(JsonNode offer) {
    var address = offer.path("url").path("address");
    var host =
        address.hasNonNull("ip") ? address.path("ip").asText() : address.path("hostname").asText();
    var inUrl = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + inUrl + ":" + address.path("port").asInt() + "/");
  }
}
