package io.proffer.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.master.core.allocator.CompiledConstraints;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Framework;
import java.io.IOException;
import java.util.TreeSet;

/** The document of {@code offer_constraints_debug} (allocator, section 13). */
final class PlainConstraints {
  private PlainConstraints() {}

  static void write(View view, JsonDraft draft) throws IOException {
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
      excluded(framework, view, json);
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void excluded(Framework framework, View view, JsonGenerator json)
      throws IOException {
    var compiled = CompiledConstraints.compile(framework.constraints());
    if (!(compiled instanceof CompiledConstraints.Compiled(var constraints))) {
      throw new IllegalStateException(
          "framework " + framework.id() + " has offer constraints that were to be refused");
    }
    for (var role : new TreeSet<>(framework.constraints().getRoleConstraintsMap().keySet())) {
      json.writeArrayFieldStart(role);
      for (var agent : view.agents()) {
        if (excludes(constraints, role, agent)) {
          json.writeString(agent.id().value());
        }
      }
      json.writeEndArray();
    }
  }

  private static boolean excludes(CompiledConstraints constraints, String role, Agent agent) {
    var info = agent.info();
    return constraints.excludes(
        role, info.getHostname(), info.getDomain(), info.getAttributesList());
  }
}
