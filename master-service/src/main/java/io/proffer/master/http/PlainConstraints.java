package io.proffer.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.http.piece.JsonDraft;
import java.io.IOException;
import java.util.TreeSet;

/** The document of {@code offer_constraints_debug} (allocator, section 13). */
final class PlainConstraints {
  private PlainConstraints() {}

  static void write(View view, PlainEndpoints.Exclusion exclusion, JsonDraft draft)
      throws IOException {
    var json = draft.json();
    json.writeStartObject();
    json.writeObjectFieldStart("frameworks");
    for (var framework : view.frameworks()) {
      json.writeObjectFieldStart(framework.id().value());
      json.writeArrayFieldStart("suppressed_roles");
      for (var role : framework.suppressed()) {
        json.writeString(role);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("excluded_by_attribute_constraints");
      excluded(framework, view, exclusion, json);
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void excluded(
      Framework framework, View view, PlainEndpoints.Exclusion exclusion, JsonGenerator json)
      throws IOException {
    for (var role : new TreeSet<>(framework.constraints().getRoleConstraintsMap().keySet())) {
      var excluded = exclusion.of(framework, role);
      json.writeArrayFieldStart(role);
      for (var agent : view.agents()) {
        if (excluded.test(agent)) {
          json.writeString(agent.id().value());
        }
      }
      json.writeEndArray();
    }
  }
}
