package io.proffer.agent.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.api.legacy.LegacyJson;
import io.proffer.api.legacy.LegacyTask;
import io.proffer.api.resource.Resources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The executors of {@code /state}. */
final class ExecutorsJson {
  private ExecutorsJson() {}

  static void write(JsonGenerator out, String name, List<Held> executors) throws IOException {
    out.writeArrayFieldStart(name);
    for (var executor : executors) {
      executor(out, executor);
    }
    out.writeEndArray();
  }

  @SuppressWarnings("deprecation") // tools of the reference still read `source`
  private static void executor(JsonGenerator out, Held executor) throws IOException {
    var info = executor.info();
    out.writeStartObject();
    out.writeStringField("id", info.getExecutorId().getValue());
    out.writeStringField("name", info.getName());
    out.writeStringField("source", info.getSource());
    out.writeStringField("container", executor.container().value());
    out.writeStringField("directory", executor.directory());
    LegacyJson.resources(out, "resources", executor.resources());
    out.writeStringField("role", executor.role());
    if (info.hasLabels()) {
      LegacyJson.labels(out, info.getLabels());
    }
    if (info.hasType()) {
      out.writeStringField("type", info.getType().name());
    }
    var queued = new ArrayList<Task>();
    var given = new ArrayList<Task>();
    executor.tasks().forEach(task -> (isQueued(task) ? queued : given).add(task));
    tasks(out, "tasks", given);
    queued(out, queued);
    tasks(out, "completed_tasks", executor.completed());
    out.writeEndObject();
  }

  private static boolean isQueued(Task task) {
    return task.progress() instanceof Progress.Queued;
  }

  /** Nothing was heard of these: they look as their framework described them. */
  private static void queued(JsonGenerator out, List<Task> tasks) throws IOException {
    out.writeArrayFieldStart("queued_tasks");
    for (var task : tasks) {
      LegacyTask.writeQueued(out, task.info(), resources(task), task.role());
    }
    out.writeEndArray();
  }

  private static void tasks(JsonGenerator out, String name, List<Task> tasks) throws IOException {
    out.writeArrayFieldStart(name);
    for (var task : tasks) {
      shown(task).write(out);
    }
    out.writeEndArray();
  }

  private static LegacyTask shown(Task task) {
    return new LegacyTask(
        task.info(),
        task.key().framework().value(),
        task.executor().map(key -> key.executor().value()).orElse(""),
        task.state(),
        resources(task),
        task.role(),
        task.statuses());
  }

  private static Resources resources(Task task) {
    return Resources.of(task.info().getResourcesList()).withoutAllocation();
  }
}
