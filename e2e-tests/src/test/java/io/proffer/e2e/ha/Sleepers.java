package io.proffer.e2e.ha;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** Tasks that last, one an agent: whatever becomes of the cluster, they are the same processes. */
final class Sleepers implements AutoCloseable {
  private final Path traces;
  private final ObjectNode info = Scheduler.info("sleepers");
  private final Map<String, String> agents = new LinkedHashMap<>();
  private final Map<String, Long> processes = new LinkedHashMap<>();

  private Sleepers(Path traces) {
    this.traces = traces;
    info.put("failover_timeout", 600);
  }

  /** Launches one on each of so many agents and leaves them alone. */
  static Sleepers launch(String master, Path traces, int agents) {
    var all = new Sleepers(traces);
    try (var scheduler = Scheduler.subscribe(master, all.info)) {
      while (all.agents.size() < agents) {
        for (var offer : scheduler.await("OFFERS", event -> true).at("/offers/offers")) {
          var agent = offer.at("/agent_id/value").asText();
          var id = "sleeper" + all.agents.size();
          if (all.agents.containsValue(agent)) {
            continue;
          }
          all.agents.put(id, agent);
          var command = "echo $$ >> %s; exec sleep 600".formatted(traces.resolve(id));
          scheduler.launch(offer, List.of(Scheduler.task(id, command, offer)));
        }
      }
      for (var id : all.agents.keySet()) {
        scheduler.awaitUpdate(id, "TASK_RUNNING");
      }
      all.info.set("id", Json.of("{'value':'" + scheduler.frameworkId() + "'}"));
    }
    all.readProcesses();
    return all;
  }

  /** {@code exec} keeps the number of the shell, which may say it after RUNNING is told. */
  private void readProcesses() {
    for (var id : agents.keySet()) {
      var trace = traces.resolve(id);
      Awaitility.await("the start of " + id)
          .until(() -> Files.exists(trace) && Files.readString(trace).endsWith("\n"));
      processes.put(id, Long.valueOf(read(trace)));
    }
  }

  /** They run, on their agents and as the processes they were, and the master says so. */
  void check(String master) {
    try (var scheduler = Scheduler.subscribe(master, info)) {
      var call = Json.of("{'type':'RECONCILE','reconcile':{'tasks':[]}}");
      agents
          .keySet()
          .forEach(
              id ->
                  call.withArray("/reconcile/tasks")
                      .add(Json.of("{'task_id':{'value':'" + id + "'}}")));
      scheduler.accepted(call);
      for (var task : agents.entrySet()) {
        var id = task.getKey();
        var status = scheduler.awaitUpdate(id, "TASK_RUNNING");
        assertEquals(task.getValue(), status.at("/agent_id/value").asText(), id);
        assertEquals(Long.toString(processes.get(id)), read(traces.resolve(id)), id);
        assertTrue(
            ProcessHandle.of(processes.get(id)).map(ProcessHandle::isAlive).orElse(false), id);
      }
      scheduler.teardown();
    }
  }

  private static String read(Path trace) {
    try {
      return Files.readString(trace).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An agent that was started again is no ancestor of them, so nobody else ends them. */
  @Override
  public void close() {
    processes
        .values()
        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }
}
