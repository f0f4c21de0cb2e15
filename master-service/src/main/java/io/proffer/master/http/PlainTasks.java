package io.proffer.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Message;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.v1.ContainerStatus;
import io.proffer.api.v1.Labels;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.fact.Task;
import io.proffer.master.http.piece.Form;
import io.proffer.master.http.piece.PlainJson;
import io.proffer.master.words.TaskWords;
import java.io.IOException;

/** Tasks as plain endpoints show them (json-shapes, LegacyTask). */
final class PlainTasks {
  /** An item of any list of tasks. */
  static final Form<Task> FORM = Form.json(PlainTasks::write);

  private PlainTasks() {}

  static void labels(JsonGenerator json, Labels labels) throws IOException {
    json.writeArrayFieldStart("labels");
    for (var label : labels.getLabelsList()) {
      JsonCodec.write(label, json);
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Task task) throws IOException {
    // Of its parts, not of the message of GET_TASKS: half of that would be made for nothing.
    var info = task.taskInfo();
    json.writeStartObject();
    json.writeStringField("id", task.id().value());
    json.writeStringField("name", info.getName());
    json.writeStringField("framework_id", task.framework().value());
    json.writeStringField("executor_id", task.executor().map(ExecutorId::value).orElse(""));
    json.writeStringField("slave_id", task.agent().value());
    json.writeStringField("state", task.state().name());
    PlainAgents.resources(json, "resources", task.resources());
    if (info.getLimitsCount() > 0) {
      json.writeObjectFieldStart("limits");
      for (var limit : info.getLimitsMap().entrySet()) {
        PlainJson.number(json, limit.getKey(), limit.getValue().getValue());
      }
      json.writeEndObject();
    }
    json.writeStringField("role", task.role());
    json.writeArrayFieldStart("statuses");
    for (var status : task.statuses()) {
      write(json, status);
    }
    json.writeEndArray();
    var user = TaskWords.user(info);
    if (user.isPresent()) {
      json.writeStringField("user", user.get());
    }
    if (info.hasLabels()) {
      labels(json, info.getLabels());
    }
    message(json, "discovery", info.hasDiscovery(), info.getDiscovery());
    message(json, "container", info.hasContainer(), info.getContainer());
    message(json, "health_check", info.hasHealthCheck(), info.getHealthCheck());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, TaskStatus status) throws IOException {
    json.writeStartObject();
    json.writeStringField("state", status.getState().name());
    PlainJson.number(json, "timestamp", status.getTimestamp());
    if (status.hasLabels()) {
      labels(json, status.getLabels());
    }
    if (status.hasContainerStatus()) {
      message(json, "container_status", true, withoutPid(status.getContainerStatus()));
    }
    if (status.hasHealthy()) {
      json.writeBooleanField("healthy", status.getHealthy());
    }
    json.writeEndObject();
  }

  private static ContainerStatus withoutPid(ContainerStatus status) {
    return status.hasExecutorPid() ? status.toBuilder().clearExecutorPid().build() : status;
  }

  private static void message(JsonGenerator json, String name, boolean present, Message message)
      throws IOException {
    if (present) {
      json.writeFieldName(name);
      JsonCodec.write(message, json);
    }
  }
}
