package io.proffer.agent.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonNumbers;
import io.proffer.api.legacy.LegacyJson;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo.Capability;
import io.proffer.api.v1.Attribute;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /state} (operator-api, section 4.2). */
final class StateJson {
  private static final JsonFactory JSON = new JsonFactory();

  private StateJson() {}

  /** Writes the whole document, as far as it may be seen. */
  static void write(Snapshot snapshot, Sight sight, Map<String, String> flags, OutputStream to)
      throws IOException {
    try (var out = JSON.createGenerator(to)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.writeStartObject();
      VersionJson.writeInState(out);
      agent(out, snapshot);
      if (snapshot.draining().isPresent()) {
        var drain = snapshot.draining().get();
        out.writeFieldName("drain_config");
        JsonCodec.write(drain.config(), out);
        out.writeNumberField("estimated_drain_start_time_seconds", drain.since().getEpochSecond());
      }
      resources(out, snapshot, sight);
      attributes(out, snapshot.facts().info().getAttributesList());
      if (snapshot.link() instanceof Link.Registered link) {
        out.writeStringField("master_hostname", link.master().getHostname());
      }
      if (sight.ofFlags()) {
        for (var log : List.of("log_dir", "external_log_file")) {
          if (flags.containsKey(log)) {
            out.writeStringField(log, flags.get(log));
          }
        }
        out.writeObjectFieldStart("flags");
        for (var flag : flags.entrySet()) {
          out.writeStringField(flag.getKey(), flag.getValue());
        }
        out.writeEndObject();
      }
      var live = byFramework(sight.live(snapshot));
      var completed = byFramework(sight.completed(snapshot));
      frameworks(out, "frameworks", sight.of(snapshot.frameworks()), live, completed);
      frameworks(
          out, "completed_frameworks", sight.of(snapshot.completedFrameworks()), live, completed);
      out.writeEndObject();
    }
  }

  private static void agent(JsonGenerator out, Snapshot snapshot) throws IOException {
    var facts = snapshot.facts();
    JsonNumbers.writeField("start_time", facts.startedSeconds(), out);
    out.writeStringField("id", snapshot.agent().map(id -> id.value()).orElse(""));
    out.writeStringField("pid", "slave(1)@" + facts.endpoint());
    out.writeStringField("hostname", facts.info().getHostname());
    out.writeArrayFieldStart("capabilities");
    for (var type : Capability.Type.values()) {
      if (type != Capability.Type.UNKNOWN) {
        out.writeString(type.name());
      }
    }
    out.writeEndArray();
  }

  private static void resources(JsonGenerator out, Snapshot snapshot, Sight sight)
      throws IOException {
    var total = sight.of(Resources.of(snapshot.facts().info().getResourcesList()));
    var used = sight.of(used(snapshot));
    LegacyJson.resources(out, "resources", total);
    ResourcesJson.writeReserved(out, "reserved_resources", total);
    LegacyJson.resources(out, "unreserved_resources", total.unreserved());
    ResourcesJson.writeReservedFull(out, "reserved_resources_full", total);
    ResourcesJson.writeFull(out, "unreserved_resources_full", total.unreserved());
    ResourcesJson.writeReserved(out, "reserved_resources_allocated", used);
    LegacyJson.resources(out, "unreserved_resources_allocated", used.unreserved());
    out.writeArrayFieldStart("resource_providers");
    out.writeEndArray();
  }

  /**
   * With what built-in executors take beside their tasks, as each executor below shows it; also of
   * those that the reader may not see.
   */
  private static Resources used(Snapshot snapshot) {
    var used = Resources.empty();
    for (var held : Held.live(snapshot)) {
      if (held.isRunning()) {
        used = used.plus(held.resources());
      }
    }
    return used;
  }

  private static void attributes(JsonGenerator out, List<Attribute> attributes) throws IOException {
    out.writeObjectFieldStart("attributes");
    for (var attribute : attributes) {
      out.writeFieldName(attribute.getName());
      if (attribute.getType() == Value.Type.SCALAR) {
        JsonNumbers.write(attribute.getScalar().getValue(), out);
      } else if (attribute.getType() == Value.Type.RANGES) {
        var ranges = new ArrayList<String>();
        for (var range : attribute.getRanges().getRangeList()) {
          ranges.add(range.getBegin() + "-" + range.getEnd());
        }
        out.writeString("[" + String.join(", ", ranges) + "]");
      } else {
        out.writeString(attribute.getText().getValue());
      }
    }
    out.writeEndObject();
  }

  private static void frameworks(
      JsonGenerator out,
      String name,
      List<Framework> frameworks,
      Map<String, List<Held>> live,
      Map<String, List<Held>> completed)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (var framework : frameworks) {
      out.writeStartObject();
      info(out, framework.info());
      var id = framework.id().value();
      ExecutorsJson.write(out, "executors", live.getOrDefault(id, List.of()));
      ExecutorsJson.write(out, "completed_executors", completed.getOrDefault(id, List.of()));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  @SuppressWarnings("deprecation") // frameworks without MULTI_ROLE still use `role`
  private static void info(JsonGenerator out, FrameworkInfo info) throws IOException {
    out.writeStringField("id", info.getId().getValue());
    out.writeStringField("name", info.getName());
    out.writeStringField("user", info.getUser());
    JsonNumbers.writeField("failover_timeout", info.getFailoverTimeout(), out);
    out.writeBooleanField("checkpoint", info.getCheckpoint());
    out.writeStringField("hostname", info.getHostname());
    if (info.hasPrincipal()) {
      out.writeStringField("principal", info.getPrincipal());
    }
    if (Framework.can(info, FrameworkInfo.Capability.Type.MULTI_ROLE)) {
      out.writeArrayFieldStart("roles");
      for (var role : info.getRolesList()) {
        out.writeString(role);
      }
      out.writeEndArray();
    } else {
      out.writeStringField("role", info.getRole());
    }
  }

  private static Map<String, List<Held>> byFramework(List<Held> executors) {
    var all = new LinkedHashMap<String, List<Held>>();
    for (var executor : executors) {
      all.computeIfAbsent(executor.framework().value(), ignored -> new ArrayList<>()).add(executor);
    }
    return all;
  }
}
