package io.proffer.api.json;

import java.util.List;
import java.util.Map;

/**
 * The repeated fields that print {@code []} when empty; all others are left out then. The lists of
 * the answers GET_STATE, GET_TASKS, GET_AGENTS, GET_FRAMEWORKS and GET_EXECUTORS of master and
 * agent (protocol/json-shapes.md, introduction and sections 4 and 6).
 */
final class EmptyLists {
  private static final String MASTER = "proffer.v1.master.Response.";
  private static final String AGENT = "proffer.v1.agent.Response.";

  private static final Map<String, List<String>> FIELDS =
      Map.of(
          MASTER + "GetAgents", List.of("agents", "recovered_agents"),
          MASTER + "GetFrameworks", List.of("frameworks", "completed_frameworks"),
          MASTER + "GetExecutors", List.of("executors"),
          MASTER + "GetTasks", List.of("tasks", "unreachable_tasks", "completed_tasks"),
          AGENT + "GetFrameworks", List.of("frameworks", "completed_frameworks"),
          AGENT + "GetExecutors", List.of("executors", "completed_executors"),
          AGENT + "GetTasks",
              List.of(
                  "pending_tasks",
                  "queued_tasks",
                  "launched_tasks",
                  "terminated_tasks",
                  "completed_tasks"));

  private EmptyLists() {}

  static boolean printed(String messageFullName, String field) {
    return FIELDS.getOrDefault(messageFullName, List.of()).contains(field);
  }
}
