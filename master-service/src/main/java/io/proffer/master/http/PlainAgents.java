package io.proffer.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonNumbers;
import io.proffer.api.legacy.LegacyJson;
import io.proffer.api.resource.Format;
import io.proffer.api.resource.RangesAmount;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.SetAmount;
import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.http.piece.Form;
import io.proffer.master.http.piece.PlainJson;
import io.proffer.master.words.AgentWords;
import io.proffer.master.words.Times;
import java.io.IOException;
import java.util.SequencedSet;
import java.util.TreeSet;

/** Agents as plain endpoints show them (json-shapes, LegacySlave). */
final class PlainAgents {
  /** As {@code /state} and {@code /state-summary} list them. */
  static final Form<Agent> FORM =
      Form.json(
          (json, agent) -> {
            json.writeStartObject();
            write(json, agent);
            json.writeEndObject();
          });

  /** As {@code /slaves} lists them. */
  static final Form<Agent> FULL =
      Form.json(
          (json, agent) -> {
            json.writeStartObject();
            write(json, agent);
            writeFull(json, agent);
            json.writeEndObject();
          });

  private PlainAgents() {}

  private static void write(JsonGenerator json, Agent agent) throws IOException {
    json.writeStringField("id", agent.id().value());
    json.writeStringField("hostname", agent.info().getHostname());
    json.writeNumberField("port", agent.info().getPort());
    attributes(json, agent.info());
    if (agent.info().hasDomain()) {
      json.writeFieldName("domain");
      JsonCodec.write(agent.info().getDomain(), json);
    }
    json.writeStringField("pid", agent.pid());
    PlainJson.number(json, "registered_time", Times.seconds(agent.registered()));
    if (agent.reregistered().isPresent()) {
      PlainJson.number(json, "reregistered_time", Times.seconds(agent.reregistered().get()));
    }
    LegacyJson.resources(json, "resources", agent.total());
    LegacyJson.resources(json, "used_resources", agent.allocated());
    LegacyJson.resources(json, "offered_resources", agent.offered());
    json.writeObjectFieldStart("reserved_resources");
    for (var role : reservationRoles(agent.total())) {
      LegacyJson.resources(json, role, agent.total().reservedTo(role));
    }
    json.writeEndObject();
    LegacyJson.resources(json, "unreserved_resources", agent.total().unreserved());
    json.writeBooleanField("active", agent.active());
    json.writeBooleanField("deactivated", agent.deactivated());
    json.writeStringField("version", agent.version());
    json.writeArrayFieldStart("capabilities");
    for (var capability : agent.capabilities()) {
      json.writeString(capability.getType().name());
    }
    json.writeEndArray();
    if (agent.orders().drain().isPresent()) {
      var drain = agent.orders().drain().get();
      json.writeFieldName("drain_info");
      JsonCodec.write(AgentWords.info(drain), json);
      JsonNumbers.writeField(
          "estimated_drain_start_time_seconds", (double) drain.since().getEpochSecond(), json);
    }
  }

  /** The fields that only /slaves has. */
  private static void writeFull(JsonGenerator json, Agent agent) throws IOException {
    json.writeObjectFieldStart("reserved_resources_full");
    for (var role : reservationRoles(agent.total())) {
      full(json, role, agent.total().reservedTo(role));
    }
    json.writeEndObject();
    full(json, "unreserved_resources_full", agent.total().unreserved());
    full(json, "used_resources_full", agent.allocated());
    full(json, "offered_resources_full", agent.offered());
  }

  static void attributes(JsonGenerator json, AgentInfo info) throws IOException {
    json.writeObjectFieldStart("attributes");
    for (var attribute : info.getAttributesList()) {
      json.writeFieldName(attribute.getName());
      switch (attribute.getType()) {
        case SCALAR -> JsonNumbers.write(attribute.getScalar().getValue(), json);
        case TEXT -> json.writeString(attribute.getText().getValue());
        case RANGES -> json.writeString(RangesAmount.of(attribute.getRanges()).toString());
        case SET -> json.writeString(SetAmount.of(attribute.getSet().getItemList()).toString());
      }
    }
    json.writeEndObject();
  }

  private static void full(JsonGenerator json, String name, Resources resources)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (var message : resources.messagesFor(Format.ENDPOINT)) {
      JsonCodec.write(message, json);
    }
    json.writeEndArray();
  }

  private static SequencedSet<String> reservationRoles(Resources resources) {
    var roles = new TreeSet<String>();
    for (var element : resources) {
      element.kind().reservationRole().ifPresent(roles::add);
    }
    return roles;
  }
}
