package io.proffer.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.legacy.LegacyJson;
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
    LegacyJson.command(json, info.getCommand());
    LegacyJson.resources(json, "resources", executor.resources());
    if (info.getResourcesCount() > 0) {
      json.writeStringField("role", executor.role());
    }
    if (info.hasLabels()) {
      LegacyJson.labels(json, info.getLabels());
    }
    if (info.hasType()) {
      json.writeStringField("type", info.getType().name());
    }
    json.writeStringField("slave_id", executor.agent().value());
    json.writeEndObject();
  }
}
