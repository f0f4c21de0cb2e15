package io.proffer.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The cluster as its events tell it, from SUBSCRIBED on. */
final class LiveState {
  private static final Set<String> ENDED =
      Set.of(
          "TASK_FINISHED",
          "TASK_FAILED",
          "TASK_KILLED",
          "TASK_ERROR",
          "TASK_LOST",
          "TASK_DROPPED",
          "TASK_GONE",
          "TASK_GONE_BY_OPERATOR");

  /** An agent or a framework. */
  record Member(String id, String name) {}

  /** What of a task is shown; {@code since} counts changes of the cluster. */
  record Task(
      String id,
      String framework,
      String agent,
      String state,
      BigDecimal cpus,
      BigDecimal mem,
      long since) {}

  private record Key(String framework, String task) {}

  private final Map<String, Member> agents = new LinkedHashMap<>();

  /** Of which change each was heard of last. */
  private final Map<String, Long> agentsHeard = new HashMap<>();

  private final Map<String, Member> frameworks = new LinkedHashMap<>();
  private final Map<Key, Task> tasks = new LinkedHashMap<>();

  /** How tasks ended since we watch. */
  private final Map<String, Long> ended = new TreeMap<>();

  private long changes;

  void take(JsonNode event) {
    changes++;
    switch (event.path("type").asText()) {
      case "SUBSCRIBED" -> subscribed(event.path("subscribed"));
      case "AGENT_ADDED" -> agent(event.at("/agent_added/agent"));
      case "AGENT_REMOVED" -> drop(id(event.path("agent_removed"), "agent_id"));
      case "FRAMEWORK_ADDED" -> framework(event.at("/framework_added/framework"));
      case "FRAMEWORK_UPDATED" -> framework(event.at("/framework_updated/framework"));
      case "FRAMEWORK_REMOVED" ->
          frameworks.remove(id(event.at("/framework_removed/framework_info"), "id"));
      case "TASK_ADDED" -> task(event.at("/task_added/task"));
      case "TASK_UPDATED" -> update(event.path("task_updated"));
      default -> changes--; // A heartbeat, or what a newer master tells.
    }
  }

  /** How much has been heard so far: what was asked now is older than what comes later. */
  long changes() {
    return changes;
  }

  /**
   * Drops agents that are not there any more: of one that is out of reach or marked gone no event
   * tells.
   *
   * @param answer of GET_AGENTS
   * @param asked what {@link #changes} was before that was asked; who came later stays
   */
  void keepAgents(JsonNode answer, long asked) {
    var there = new HashSet<String>();
    answer.at("/get_agents/agents").forEach(agent -> there.add(id(agent.path("agent_info"), "id")));
    var gone =
        agents.keySet().stream()
            .filter(id -> !there.contains(id) && agentsHeard.get(id) <= asked)
            .toList();
    gone.forEach(this::drop);
  }

  List<Member> agents() {
    return List.copyOf(agents.values());
  }

  List<Member> frameworks() {
    return List.copyOf(frameworks.values());
  }

  /** Those that have not ended, the one that changed last first. */
  List<Task> tasks() {
    var all = new ArrayList<>(tasks.values());
    all.sort(Comparator.comparingLong(Task::since).reversed());
    return all;
  }

  /** How many tasks ended in each state since we watch. */
  Map<String, Long> ended() {
    return Map.copyOf(ended);
  }

  private void subscribed(JsonNode subscribed) {
    var state = subscribed.path("get_state");
    if (state.isMissingNode()) {
      return; // It goes on where it was.
    }
    agents.clear();
    agentsHeard.clear();
    frameworks.clear();
    tasks.clear();
    state.at("/get_agents/agents").forEach(this::agent);
    state.at("/get_frameworks/frameworks").forEach(this::framework);
    state.at("/get_tasks/tasks").forEach(this::task);
  }

  private void agent(JsonNode agent) {
    var info = agent.path("agent_info");
    var id = id(info, "id");
    agents.put(
        id, new Member(id, info.path("hostname").asText() + ":" + info.path("port").asInt(5051)));
    agentsHeard.put(id, changes);
  }

  private void drop(String agent) {
    agents.remove(agent);
    agentsHeard.remove(agent);
  }

  private void framework(JsonNode framework) {
    var info = framework.path("framework_info");
    var id = id(info, "id");
    frameworks.put(id, new Member(id, info.path("name").asText()));
  }

  private void task(JsonNode task) {
    var row =
        new Task(
            id(task, "task_id"),
            id(task, "framework_id"),
            id(task, "agent_id"),
            task.path("state").asText(),
            scalar(task, "cpus"),
            scalar(task, "mem"),
            changes);
    if (!ENDED.contains(row.state())) {
      tasks.put(new Key(row.framework(), row.id()), row);
    }
  }

  private void update(JsonNode update) {
    var state = update.path("state").asText();
    var key = new Key(id(update, "framework_id"), id(update.path("status"), "task_id"));
    var known = tasks.get(key);
    if (known == null) {
      return;
    }
    if (ENDED.contains(state) || state.equals("TASK_UNREACHABLE")) {
      tasks.remove(key);
      ended.merge(state, 1L, Long::sum);
    } else {
      tasks.put(
          key,
          new Task(
              known.id(),
              known.framework(),
              known.agent(),
              state,
              known.cpus(),
              known.mem(),
              changes));
    }
  }

  private static BigDecimal scalar(JsonNode task, String name) {
    var sum = BigDecimal.ZERO;
    for (var resource : task.path("resources")) {
      if (resource.path("name").asText().equals(name)) {
        sum = sum.add(resource.at("/scalar/value").decimalValue());
      }
    }
    return sum;
  }

  private static String id(JsonNode parent, String name) {
    return parent.path(name).path("value").asText("-");
  }
}
