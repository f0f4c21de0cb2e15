package io.proffer.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.v1.CommandInfo;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.http.piece.Form;
import io.proffer.master.words.ExecutorWords;
import java.io.IOException;

/** Custom executors as plain endpoints show them (json-shapes, LegacyExecutor). */
final class PlainExecutors {
  /** An item of any list of executors. */
  static final Form<Executor> FORM = Form.json(PlainExecutors::write);

  private PlainExecutors() {}

  private static void write(JsonGenerator json, Executor executor) throws IOException {
    var info = ExecutorWords.info(executor);
    json.writeStartObject();
    json.writeStringField("executor_id", executor.id().value());
    json.writeStringField("name", info.getName());
    json.writeStringField("framework_id", executor.framework().value());
    command(json, info.getCommand());
    PlainAgents.resources(json, "resources", executor.resources());
    if (info.getResourcesCount() > 0) {
      json.writeStringField("role", executor.role());
    }
    if (info.hasLabels()) {
      PlainTasks.labels(json, info.getLabels());
    }
    if (info.hasType()) {
      json.writeStringField("type", info.getType().name());
    }
    json.writeStringField("slave_id", executor.agent().value());
    json.writeEndObject();
  }

  private static void command(JsonGenerator json, CommandInfo command) throws IOException {
    json.writeObjectFieldStart("command");
    if (command.hasShell()) {
      json.writeBooleanField("shell", command.getShell());
    }
    if (command.hasValue()) {
      json.writeStringField("value", command.getValue());
    }
    json.writeArrayFieldStart("argv");
    for (var argument : command.getArgumentsList()) {
      json.writeString(argument);
    }
    json.writeEndArray();
    if (command.hasEnvironment()) {
      json.writeFieldName("environment");
      JsonCodec.write(command.getEnvironment(), json);
    }
    json.writeArrayFieldStart("uris");
    for (var uri : command.getUrisList()) {
      json.writeStartObject();
      json.writeStringField("value", uri.getValue());
      json.writeBooleanField("executable", uri.getExecutable());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
