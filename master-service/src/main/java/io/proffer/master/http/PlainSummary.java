package io.proffer.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.http.piece.JsonDraft;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * {@code /state-summary} (operator-api, section 3.2): no tasks, but how many there are in each
 * state, of the frameworks that are not completed.
 */
final class PlainSummary {
  /** Those that are shown, in this order; tasks in others are counted nowhere. */
  private static final List<TaskState> STATES =
      List.of(
          TaskState.TASK_STAGING,
          TaskState.TASK_STARTING,
          TaskState.TASK_RUNNING,
          TaskState.TASK_KILLING,
          TaskState.TASK_FINISHED,
          TaskState.TASK_KILLED,
          TaskState.TASK_FAILED,
          TaskState.TASK_LOST,
          TaskState.TASK_ERROR,
          TaskState.TASK_UNREACHABLE);

  private final Map<FrameworkId, Tally<AgentId>> frameworks = new HashMap<>();
  private final Map<AgentId, Tally<FrameworkId>> agents = new HashMap<>();

  /** The tasks of one side, and where their other sides are. */
  private static final class Tally<O> {
    private final int[] counts = new int[STATES.size()];
    private final SequencedSet<O> others = new LinkedHashSet<>();

    void add(TaskState state, O other) {
      var index = STATES.indexOf(state);
      if (index >= 0) {
        counts[index]++;
      }
      others.add(other);
    }

    void write(JsonGenerator json) throws IOException {
      for (var i = 0; i < counts.length; i++) {
        json.writeNumberField(STATES.get(i).name(), counts[i]);
      }
    }
  }

  private PlainSummary(View view) {
    view.frameworks().forEach(framework -> frameworks.put(framework.id(), new Tally<>()));
    view.agents().forEach(agent -> agents.put(agent.id(), new Tally<>()));
    for (var tasks : List.of(view.tasks(), view.unreachableTasks(), view.completedTasks())) {
      for (var task : tasks) {
        var framework = frameworks.get(task.framework());
        if (framework != null) {
          framework.add(task.state(), task.agent());
          // One that is gone has tasks, and no row.
          Optional.ofNullable(agents.get(task.agent()))
              .ifPresent(agent -> agent.add(task.state(), task.framework()));
        }
      }
    }
  }

  /** The summary, with this page of each of its two lists. */
  static void write(View view, Page page, Optional<String> cluster, JsonDraft draft)
      throws IOException {
    var summary = new PlainSummary(view);
    var json = draft.json();
    json.writeStartObject();
    json.writeStringField("hostname", view.snapshot().master().info().getHostname());
    if (cluster.isPresent()) {
      json.writeStringField("cluster", cluster.get());
    }
    draft.rows("slaves", PlainAgents.FORM, page.of(view.agents()), summary::write);
    json.writeArrayFieldStart("frameworks");
    for (var framework : page.of(view.frameworks())) {
      summary.write(json, framework);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(JsonGenerator json, Agent agent) throws IOException {
    var tally = agents.get(agent.id());
    tally.write(json);
    json.writeArrayFieldStart("framework_ids");
    for (var id : tally.others) {
      json.writeString(id.value());
    }
    json.writeEndArray();
  }

  private void write(JsonGenerator json, Framework framework) throws IOException {
    var tally = frameworks.get(framework.id());
    json.writeStartObject();
    PlainFrameworks.summary(json, framework);
    tally.write(json);
    json.writeArrayFieldStart("slave_ids");
    for (var id : tally.others) {
      json.writeString(id.value());
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
