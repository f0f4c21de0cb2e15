package io.proffer.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.version.Version;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.http.piece.JsonDraft;
import io.proffer.master.http.piece.PlainJson;
import io.proffer.master.words.Times;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** The documents of the plain endpoints (json-shapes, section 8), keys in the reference's order. */
final class PlainDocuments {
  private static final int RECOVERED_SHOWN = 5;
  private static final List<String> LOGS = List.of("log_dir", "external_log_file");

  private PlainDocuments() {}

  static void version(OutputStream out) throws IOException {
    PlainJson.write(
        out,
        json -> {
          json.writeStartObject();
          json.writeStringField("build_date", Version.buildDate());
          PlainJson.number(json, "build_time", Version.buildTime());
          json.writeStringField("build_user", Version.buildUser());
          json.writeStringField("git_sha", Version.gitSha());
          json.writeStringField("proffer_version", Version.proffer());
          json.writeStringField("version", Version.PROTOCOL);
          json.writeEndObject();
        });
  }

  static void flags(Map<String, String> flags, OutputStream out) throws IOException {
    PlainJson.write(
        out,
        json -> {
          json.writeStartObject();
          flags(json, flags);
          json.writeEndObject();
        });
  }

  private static void flags(JsonGenerator json, Map<String, String> flags) throws IOException {
    json.writeObjectFieldStart("flags");
    for (var flag : flags.entrySet()) {
      json.writeStringField(flag.getKey(), flag.getValue());
    }
    json.writeEndObject();
  }

  /**
   * All there is, or this page of its agents and of its frameworks, each with what belongs to it.
   *
   * @param showFlags whether the reader may see them
   */
  static void state(
      View view,
      Page page,
      PlainEndpoints.Description description,
      boolean showFlags,
      JsonDraft draft)
      throws IOException {
    var json = draft.json();
    json.writeStartObject();
    master(json, view.snapshot());
    if (description.cluster().isPresent()) {
      json.writeStringField("cluster", description.cluster().get());
    }
    if (showFlags) {
      for (var log : LOGS) {
        if (description.flags().containsKey(log)) {
          json.writeStringField(log, description.flags().get(log));
        }
      }
      flags(json, description.flags());
    }
    draft.rows("slaves", PlainAgents.FORM, page.of(view.agents()));
    recovered(json, view.recovered(), page, RECOVERED_SHOWN);
    PlainFrameworks.writeAll(draft, view, page);
    empty(json, "orphan_tasks");
    empty(json, "unregistered_frameworks");
    json.writeEndObject();
  }

  static void agents(View view, Page page, JsonDraft draft) throws IOException {
    var json = draft.json();
    json.writeStartObject();
    draft.rows("slaves", PlainAgents.FULL, page.of(view.agents()));
    recovered(json, view.recovered(), page, Integer.MAX_VALUE);
    json.writeEndObject();
  }

  static void frameworks(View view, Page page, JsonDraft draft) throws IOException {
    var json = draft.json();
    json.writeStartObject();
    PlainFrameworks.writeAll(draft, view, page);
    empty(json, "unregistered_frameworks");
    json.writeEndObject();
  }

  static void tasks(View view, Page page, JsonDraft draft) throws IOException {
    var json = draft.json();
    json.writeStartObject();
    draft.rows("tasks", PlainTasks.FORM, page.ofTasks(view));
    json.writeEndObject();
  }

  private static void master(JsonGenerator json, Snapshot snapshot) throws IOException {
    var facts = snapshot.master();
    var info = facts.info();
    json.writeStringField("version", Version.PROTOCOL);
    json.writeStringField("proffer_version", Version.proffer());
    json.writeStringField("git_sha", Version.gitSha());
    json.writeStringField("build_date", Version.buildDate());
    PlainJson.number(json, "build_time", Version.buildTime());
    json.writeStringField("build_user", Version.buildUser());
    PlainJson.number(json, "start_time", Times.seconds(facts.started()));
    PlainJson.number(json, "elected_time", Times.seconds(facts.elected()));
    json.writeStringField("id", info.getId());
    json.writeStringField("pid", info.getPid());
    json.writeStringField("hostname", info.getHostname());
    json.writeArrayFieldStart("capabilities");
    for (var capability : info.getCapabilitiesList()) {
      json.writeString(capability.getType().name());
    }
    json.writeEndArray();
    var active = 0;
    for (var agent : snapshot.agents()) {
      active += agent.active() ? 1 : 0;
    }
    PlainJson.number(json, "activated_slaves", active);
    PlainJson.number(json, "deactivated_slaves", snapshot.agents().size() - active);
    PlainJson.number(json, "unreachable_slaves", snapshot.unreachableAgents());
    domain(json, info);
    json.writeStringField("leader", info.getPid());
    json.writeObjectFieldStart("leader_info");
    json.writeStringField("id", info.getId());
    json.writeStringField("pid", info.getPid());
    json.writeNumberField("port", info.getPort());
    json.writeStringField("hostname", info.getHostname());
    domain(json, info);
    json.writeEndObject();
  }

  private static void domain(JsonGenerator json, MasterInfo info) throws IOException {
    if (info.hasDomain()) {
      json.writeFieldName("domain");
      JsonCodec.write(info.getDomain(), json);
    }
  }

  /** They are not a part of the list: of several pages the first one has them. */
  private static void recovered(JsonGenerator json, Iterable<AgentInfo> agents, Page page, int most)
      throws IOException {
    json.writeArrayFieldStart("recovered_slaves");
    var limit = page.offset() == 0 ? most : 0;
    var shown = 0;
    for (var info : agents) {
      if (shown++ >= limit) {
        break;
      }
      json.writeStartObject();
      json.writeStringField("id", info.getId().getValue());
      json.writeStringField("hostname", info.getHostname());
      json.writeNumberField("port", info.getPort());
      PlainAgents.attributes(json, info);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void empty(JsonGenerator json, String name) throws IOException {
    json.writeArrayFieldStart(name);
    json.writeEndArray();
  }
}
