package io.proffer.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.legacy.LegacyJson;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.Task;
import io.proffer.master.http.piece.Form;
import io.proffer.master.http.piece.JsonDraft;
import io.proffer.master.http.piece.PlainJson;
import io.proffer.master.words.Times;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Frameworks with their tasks as plain endpoints show them (json-shapes, LegacyFramework). */
final class PlainFrameworks {
  private static final Form<Offer> OFFER = Form.json(PlainFrameworks::write);

  private final JsonDraft draft;
  private final JsonGenerator json;
  private final Map<FrameworkId, List<Offer>> offers;
  private final Map<FrameworkId, List<Executor>> executors;
  private final Map<FrameworkId, List<Task>> tasks;
  private final Map<FrameworkId, List<Task>> unreachable;
  private final Map<FrameworkId, List<Task>> completed;

  private PlainFrameworks(JsonDraft draft, View view) {
    this.draft = draft;
    this.json = draft.json();
    this.offers = Directory.byFramework(view.offers(), Offer::framework);
    this.executors = Directory.byFramework(view.executors(), Executor::framework);
    this.tasks = Directory.byFramework(view.tasks(), Task::framework);
    this.unreachable = Directory.byFramework(view.unreachableTasks(), Task::framework);
    this.completed = Directory.byFramework(view.completedTasks(), Task::framework);
  }

  /** The two lists, of each this page. */
  static void writeAll(JsonDraft draft, View view, Page page) throws IOException {
    var frameworks = new PlainFrameworks(draft, view);
    frameworks.list("frameworks", page.of(view.frameworks()));
    frameworks.list("completed_frameworks", page.of(view.completedFrameworks()));
  }

  private void list(String name, Iterable<Framework> rows) throws IOException {
    json.writeArrayFieldStart(name);
    for (var framework : rows) {
      write(framework);
    }
    json.writeEndArray();
  }

  private void write(Framework framework) throws IOException {
    json.writeStartObject();
    introduce(framework);
    roles(framework);
    var id = framework.id();
    draft.rows("tasks", PlainTasks.FORM, tasks.getOrDefault(id, List.of()));
    draft.rows("unreachable_tasks", PlainTasks.FORM, unreachable.getOrDefault(id, List.of()));
    draft.rows("completed_tasks", PlainTasks.FORM, completed.getOrDefault(id, List.of()));
    draft.rows("offers", OFFER, offers.getOrDefault(id, List.of()));
    draft.rows("executors", PlainExecutors.FORM, executors.getOrDefault(id, List.of()));
    if (framework.info().hasLabels()) {
      LegacyJson.labels(json, framework.info().getLabels());
    }
    json.writeFieldName("offer_constraints");
    JsonCodec.write(framework.constraints(), json);
    json.writeEndObject();
  }

  /** What {@code /state-summary} shows too. */
  static void summary(JsonGenerator json, Framework framework) throws IOException {
    var info = framework.info();
    json.writeStringField("id", framework.id().value());
    json.writeStringField("name", info.getName());
    LegacyJson.resources(json, "used_resources", framework.allocated());
    LegacyJson.resources(json, "offered_resources", framework.offered());
    json.writeArrayFieldStart("capabilities");
    for (var capability : info.getCapabilitiesList()) {
      json.writeString(capability.getType().name());
    }
    json.writeEndArray();
    json.writeStringField("hostname", info.getHostname());
    json.writeStringField("webui_url", info.getWebuiUrl());
    json.writeBooleanField("active", framework.connected());
    json.writeBooleanField("connected", framework.connected());
    json.writeBooleanField("recovered", framework.link() instanceof FrameworkLink.Recovered);
  }

  private void introduce(Framework framework) throws IOException {
    var info = framework.info();
    summary(json, framework);
    json.writeStringField("user", info.getUser());
    PlainJson.number(json, "failover_timeout", info.getFailoverTimeout());
    json.writeBooleanField("checkpoint", info.getCheckpoint());
    PlainJson.number(json, "registered_time", Times.seconds(framework.registered()));
    PlainJson.number(
        json,
        "unregistered_time",
        framework.link() instanceof FrameworkLink.Completed(var at) ? Times.seconds(at) : 0.0);
    if (info.hasPrincipal()) {
      json.writeStringField("principal", info.getPrincipal());
    }
    LegacyJson.resources(json, "resources", framework.allocated().plus(framework.offered()));
    var again = framework.reregistered().filter(at -> !at.equals(framework.registered()));
    if (again.isPresent()) {
      PlainJson.number(json, "reregistered_time", Times.seconds(again.get()));
    }
  }

  private void roles(Framework framework) throws IOException {
    if (!framework.capabilities().multiRole()) {
      json.writeStringField("role", framework.roles().getFirst());
      return;
    }
    json.writeArrayFieldStart("roles");
    for (var role : framework.roles()) {
      json.writeString(role);
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Offer offer) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", offer.id().value());
    json.writeStringField("framework_id", offer.framework().value());
    json.writeObjectFieldStart("allocation_info");
    json.writeStringField("role", offer.role());
    json.writeEndObject();
    json.writeStringField("slave_id", offer.agent().value());
    LegacyJson.resources(json, "resources", offer.resources());
    json.writeEndObject();
  }
}
