package io.proffer.agent.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Message;
import io.proffer.agent.core.fact.Task;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonNumbers;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.Labels;
import io.proffer.api.v1.TaskStatus;
import java.io.IOException;
import java.util.List;

/** The executors of {@code /state}: of a command task, one with its id. */
final class ExecutorsJson {
  /** What the reference adds for the executor of a command task; told, not charged. */
  static final Resources OVERHEAD = Resources.parse("cpus:0.1;mem:32", "*");

  private static final int LONGEST_COMMAND = 15;
  private static final int SHORTENED_COMMAND = 12;

  private ExecutorsJson() {}

  /** Writes one executor per task. */
  static void write(JsonGenerator out, String name, List<Task> tasks, boolean completed)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (var task : tasks) {
      executor(out, task, completed);
    }
    out.writeEndArray();
  }

  /** What the executor of a command task is called. */
  static String name(Task task) {
    return "Command Executor (Task: %s) (Command: %s)"
        .formatted(task.key().task().value(), command(task));
  }

  private static void executor(JsonGenerator out, Task task, boolean completed) throws IOException {
    var id = task.key().task().value();
    var own = completed ? OVERHEAD : OVERHEAD.plus(resources(task));
    out.writeStartObject();
    out.writeStringField("id", id);
    out.writeStringField("name", name(task));
    out.writeStringField("source", id);
    out.writeStringField("container", task.container().value());
    out.writeStringField("directory", task.directory());
    ResourcesJson.write(out, "resources", own);
    out.writeStringField("role", task.role());
    if (task.info().hasLabels()) {
      labels(out, task.info().getLabels());
    }
    tasks(out, "tasks", completed ? List.of() : List.of(task));
    tasks(out, "queued_tasks", List.of());
    tasks(out, "completed_tasks", completed ? List.of(task) : List.of());
    out.writeEndObject();
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
    out.writeStringField("executor_id", "");
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

  private static String command(Task task) {
    var command = task.info().getCommand();
    return command.getShell()
        ? "sh -c '" + shortened(command.getValue()) + "'"
        : "[" + shortened(command.getValue() + String.join(", ", command.getArgumentsList())) + "]";
  }

  private static String shortened(String text) {
    return text.length() > LONGEST_COMMAND ? text.substring(0, SHORTENED_COMMAND) + "..." : text;
  }
}
