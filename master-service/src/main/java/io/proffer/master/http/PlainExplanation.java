package io.proffer.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.master.core.fact.Explanation;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.http.piece.PlainJson;
import java.io.IOException;
import java.io.OutputStream;

/** The document of {@code /api/v1/explain}. */
final class PlainExplanation {
  private PlainExplanation() {}

  static void write(Explanation explanation, OutputStream out) throws IOException {
    PlainJson.write(
        out,
        json -> {
          json.writeStartObject();
          json.writeStringField("framework_id", explanation.framework().value());
          json.writeArrayFieldStart("roles");
          for (var role : explanation.roles()) {
            json.writeStartObject();
            json.writeStringField("role", role.role());
            json.writeArrayFieldStart("findings");
            for (var finding : role.findings()) {
              write(finding, json);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void write(Finding finding, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("reason", finding.reason().name());
    json.writeStringField("sentence", finding.sentence());
    json.writeNumberField("agents", finding.agents());
    json.writeArrayFieldStart("examples");
    for (var agent : finding.examples()) {
      json.writeString(agent.value());
    }
    json.writeEndArray();
    json.writeObjectFieldStart("details");
    for (var detail : finding.details().entrySet()) {
      json.writeStringField(detail.getKey(), detail.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
