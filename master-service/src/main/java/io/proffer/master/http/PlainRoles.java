package io.proffer.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.http.Exchange;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Thousandths;
import io.proffer.master.http.piece.JsonDraft;
import io.proffer.master.http.piece.PlainJson;
import io.proffer.master.sight.Sight;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code /roles} (operator-api, section 3.5). */
final class PlainRoles {
  private PlainRoles() {}

  /** The framework whose roles are asked for. */
  static Optional<FrameworkId> framework(Exchange exchange) {
    return exchange.query("framework_id").filter(id -> !id.isEmpty()).map(FrameworkId::new);
  }

  /**
   * This page of the roles, by name.
   *
   * @param framework when given, only roles that it is subscribed to or has something in
   */
  static void write(
      View view, Page page, Optional<FrameworkId> framework, Sight sight, JsonDraft draft)
      throws IOException {
    var json = draft.json();
    json.writeStartObject();
    json.writeArrayFieldStart("roles");
    for (var role : RoleTally.page(view.snapshot(), page, framework, sight)) {
      write(json, role.getKey(), role.getValue());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, RoleTally.Row row) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    PlainJson.number(json, "weight", row.weight());
    json.writeObjectFieldStart("quota");
    json.writeStringField("role", name);
    amounts(json, "guarantee", guarantees(row));
    amounts(json, "limit", row.quota().limits());
    amounts(json, "consumed", row.consumed());
    json.writeEndObject();
    amounts(json, "resources", row.resources());
    amounts(json, "allocated", row.allocated());
    amounts(json, "offered", row.offered());
    amounts(json, "reserved", row.reserved());
    json.writeArrayFieldStart("frameworks");
    for (var framework : row.frameworks()) {
      json.writeString(framework.value());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static SortedMap<String, Long> guarantees(RoleTally.Row row) {
    var guarantees = row.quota().guarantees();
    var amounts = new TreeMap<String, Long>();
    for (int i = 0; i < guarantees.size(); i++) {
      amounts.put(guarantees.name(i), guarantees.amount(i));
    }
    return amounts;
  }

  private static void amounts(JsonGenerator json, String name, SortedMap<String, Long> amounts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (var amount : amounts.entrySet()) {
      PlainJson.number(json, amount.getKey(), Thousandths.toDouble(amount.getValue()));
    }
    json.writeEndObject();
  }
}
