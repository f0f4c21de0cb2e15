package io.proffer.agent.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Message;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonNumbers;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.Labels;
import io.proffer.api.v1.TaskStatus;
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
    ResourcesJson.write(out, "resources", executor.resources());
    out.writeStringField("role", executor.role());
    if (info.hasLabels()) {
      labels(out, info.getLabels());
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
      var info = task.info();
      out.writeStartObject();
      out.writeStringField("id", info.getTaskId().getValue());
      out.writeStringField("name", info.getName());
      out.writeStringField("slave_id", info.getAgentId().getValue());
      ResourcesJson.write(out, "resources", resources(task));
      out.writeStringField("role", task.role());
      out.writeStringField("executor_id", task.executorId().value());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void tasks(JsonGenerator out, String name, List<Task> tasks) throws IOException {
    out.writeArrayFieldStart(name);
    for (var task : tasks) {
      task(out, task);
    }
    out.writeEndArray();
  }

  private static void task(JsonGenerator out, Task task) throws IOException {
    var info = task.info();
    out.writeStartObject();
    out.writeStringField("id", info.getTaskId().getValue());
    out.writeStringField("name", info.getName());
    out.writeStringField("framework_id", task.key().framework().value());
    out.writeStringField(
        "executor_id", task.executor().map(key -> key.executor().value()).orElse(""));
    out.writeStringField("slave_id", info.getAgentId().getValue());
    out.writeStringField("state", task.state().name());
    ResourcesJson.write(out, "resources", resources(task));
    out.writeStringField("role", task.role());
    out.writeArrayFieldStart("statuses");
    for (var status : task.statuses()) {
      status(out, status);
    }
    out.writeEndArray();
    if (info.hasLabels()) {
      labels(out, info.getLabels());
    }
    if (info.hasDiscovery()) {
      message(out, "discovery", info.getDiscovery());
    }
    if (info.hasContainer()) {
      message(out, "container", info.getContainer());
    }
    out.writeEndObject();
  }

  private static void status(JsonGenerator out, TaskStatus status) throws IOException {
    out.writeStartObject();
    out.writeStringField("state", status.getState().name());
    JsonNumbers.writeField("timestamp", status.getTimestamp(), out);
    if (status.hasContainerStatus()) {
      message(
          out,
          "container_status",
          status.getContainerStatus().toBuilder().clearExecutorPid().build());
    }
    out.writeEndObject();
  }

  private static void labels(JsonGenerator out, Labels labels) throws IOException {
    out.writeArrayFieldStart("labels");
    for (var label : labels.getLabelsList()) {
      JsonCodec.write(label, out);
    }
    out.writeEndArray();
  }

  private static void message(JsonGenerator out, String name, Message message) throws IOException {
    out.writeFieldName(name);
    JsonCodec.write(message, out);
  }

  private static Resources resources(Task task) {
    return Resources.of(task.info().getResourcesList()).withoutAllocation();
  }
}
