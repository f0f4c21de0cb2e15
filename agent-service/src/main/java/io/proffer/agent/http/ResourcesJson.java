package io.proffer.agent.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.legacy.LegacyJson;
import io.proffer.api.resource.Format;
import io.proffer.api.resource.Resources;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** Resources as the plain endpoints show them (operator-api, section 3). */
final class ResourcesJson {
  private ResourcesJson() {}

  /** The sums by the role that has them reserved. */
  static void writeReserved(JsonGenerator out, String name, Resources resources)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (var role : roles(resources)) {
      LegacyJson.resources(out, role, resources.reservedTo(role));
    }
    out.writeEndObject();
  }

  /** Whole messages in endpoint format. */
  static void writeFull(JsonGenerator out, String name, Resources resources) throws IOException {
    out.writeArrayFieldStart(name);
    for (var message : resources.messagesFor(Format.ENDPOINT)) {
      JsonCodec.write(message, out);
    }
    out.writeEndArray();
  }

  /** As {@link #writeFull}, by the role that has it reserved. */
  static void writeReservedFull(JsonGenerator out, String name, Resources resources)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (var role : roles(resources)) {
      writeFull(out, role, resources.reservedTo(role));
    }
    out.writeEndObject();
  }

  private static Set<String> roles(Resources resources) {
    var roles = new TreeSet<String>();
    resources.reserved().forEach(element -> element.kind().reservationRole().ifPresent(roles::add));
    return roles;
  }
}
