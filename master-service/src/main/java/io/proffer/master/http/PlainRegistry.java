package io.proffer.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.id.AgentId;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.resource.Format;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.http.piece.Form;
import io.proffer.master.http.piece.JsonDraft;
import io.proffer.master.words.AgentWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The document of {@code /registrar(1)/registry} (json-shapes, section 8): the master that leads,
 * and the agents it has admitted. It is made of the tables, which the registry follows.
 */
final class PlainRegistry {
  private static final Form<Agent> REGISTERED =
      Form.json((json, agent) -> write(json, agent.info(), agent.deactivated()));
  private static final Form<AgentInfo> AWAITED =
      Form.json((json, info) -> write(json, info, false));
  private static final Form<AgentInfo> AWAITED_DEACTIVATED =
      Form.json((json, info) -> write(json, info, true));

  private PlainRegistry() {}

  static void write(View view, JsonDraft draft) throws IOException {
    var awaited = new ArrayList<AgentInfo>();
    var deactivated = new ArrayList<AgentInfo>();
    var ids = new HashSet<AgentId>();
    view.snapshot().deactivated().forEach(ids::add);
    for (var info : view.recovered()) {
      (ids.contains(AgentId.of(info.getId())) ? deactivated : awaited).add(info);
    }
    var json = draft.json();
    json.writeStartObject();
    json.writeObjectFieldStart("master");
    json.writeFieldName("info");
    JsonCodec.write(view.snapshot().master().info(), json);
    json.writeEndObject();
    json.writeObjectFieldStart("slaves");
    draft.rows(
        "slaves",
        List.of(
            new JsonDraft.Rows<>(REGISTERED, view.agents()),
            new JsonDraft.Rows<>(AWAITED, awaited),
            new JsonDraft.Rows<>(AWAITED_DEACTIVATED, deactivated)));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, AgentInfo info, boolean deactivated)
      throws IOException {
    var resources = Resources.of(info.getResourcesList()).messagesFor(Format.ENDPOINT);
    json.writeStartObject();
    json.writeBooleanField("deactivated", deactivated);
    json.writeFieldName("info");
    JsonCodec.write(
        AgentWords.info(info).toBuilder().clearResources().addAllResources(resources).build(),
        json);
    json.writeEndObject();
  }
}
