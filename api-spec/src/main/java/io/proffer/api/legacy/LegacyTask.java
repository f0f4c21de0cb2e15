package io.proffer.api.legacy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.json.JsonNumbers;
import io.proffer.api.resource.Resources;
import io.proffer.api.task.TaskUser;
import io.proffer.api.v1.ContainerStatus;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.io.IOException;
import java.util.List;

/**
 * A task as the older endpoints show it (json-shapes, LegacyTask). Of its parts, not of the message
 * of GET_TASKS: half of that would be made for nothing.
 *
 * @param executor the id of its custom executor; empty for a command task
 * @param statuses the oldest first
 */
public record LegacyTask(
    TaskInfo info,
    String framework,
    String executor,
    TaskState state,
    Resources resources,
    String role,
    List<TaskStatus> statuses) {

  /** As one object. */
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", info.getTaskId().getValue());
    json.writeStringField("name", info.getName());
    json.writeStringField("framework_id", framework);
    json.writeStringField("executor_id", executor);
    json.writeStringField("slave_id", info.getAgentId().getValue());
    json.writeStringField("state", state.name());
    LegacyJson.resources(json, "resources", resources);
    if (info.getLimitsCount() > 0) {
      json.writeObjectFieldStart("limits");
      for (var limit : info.getLimitsMap().entrySet()) {
        JsonNumbers.writeField(limit.getKey(), limit.getValue().getValue(), json);
      }
      json.writeEndObject();
    }
    json.writeStringField("role", role);
    json.writeArrayFieldStart("statuses");
    for (var status : statuses) {
      write(json, status);
    }
    json.writeEndArray();
    var user = TaskUser.named(info);
    if (user.isPresent()) {
      json.writeStringField("user", user.get());
    }
    if (info.hasLabels()) {
      LegacyJson.labels(json, info.getLabels());
    }
    if (info.hasDiscovery()) {
      LegacyJson.message(json, "discovery", info.getDiscovery());
    }
    if (info.hasContainer()) {
      LegacyJson.message(json, "container", info.getContainer());
    }
    if (info.hasHealthCheck()) {
      LegacyJson.message(json, "health_check", info.getHealthCheck());
    }
    json.writeEndObject();
  }

  /** One that its executor has not been given yet: as its framework described it. */
  public static void writeQueued(
      JsonGenerator json, TaskInfo info, Resources resources, String role) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", info.getTaskId().getValue());
    json.writeStringField("name", info.getName());
    json.writeStringField("slave_id", info.getAgentId().getValue());
    LegacyJson.resources(json, "resources", resources);
    json.writeStringField("role", role);
    if (info.hasCommand()) {
      LegacyJson.command(json, info.getCommand());
    }
    if (info.hasExecutor()) {
      json.writeStringField("executor_id", info.getExecutor().getExecutorId().getValue());
    }
    if (info.hasDiscovery()) {
      LegacyJson.message(json, "discovery", info.getDiscovery());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, TaskStatus status) throws IOException {
    json.writeStartObject();
    json.writeStringField("state", status.getState().name());
    JsonNumbers.writeField("timestamp", status.getTimestamp(), json);
    if (status.hasLabels()) {
      LegacyJson.labels(json, status.getLabels());
    }
    if (status.hasContainerStatus()) {
      LegacyJson.message(json, "container_status", withoutPid(status.getContainerStatus()));
    }
    if (status.hasHealthy()) {
      json.writeBooleanField("healthy", status.getHealthy());
    }
    json.writeEndObject();
  }

  private static ContainerStatus withoutPid(ContainerStatus status) {
    return status.hasExecutorPid() ? status.toBuilder().clearExecutorPid().build() : status;
  }
}
