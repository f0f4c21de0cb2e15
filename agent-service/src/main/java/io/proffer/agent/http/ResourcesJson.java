package io.proffer.agent.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonNumbers;
import io.proffer.api.resource.Element;
import io.proffer.api.resource.Format;
import io.proffer.api.resource.Resources;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Resources as the plain endpoints show them (operator-api, section 3). */
final class ResourcesJson {
  private static final List<String> ALWAYS = List.of("disk", "mem", "gpus", "cpus");

  private ResourcesJson() {}

  /** {@code {"disk":0,"mem":128,"gpus":0,"cpus":1,"ports":"[31000-31001]"}}. */
  static void write(JsonGenerator out, String name, Resources resources) throws IOException {
    out.writeObjectFieldStart(name);
    Map<String, Long> scalars = new LinkedHashMap<>();
    ALWAYS.forEach(scalar -> scalars.put(scalar, 0L));
    Map<String, String> others = new LinkedHashMap<>();
    for (var element : resources) {
      var key = element.name() + (element.kind().revocable() ? "_revocable" : "");
      if (element.message().hasScalar()) {
        scalars.merge(key, element.thousandths(), Long::sum);
      } else {
        others.put(key, text(resources, element));
      }
    }
    for (var scalar : scalars.entrySet()) {
      JsonNumbers.writeField(scalar.getKey(), scalar.getValue() / 1000.0, out);
    }
    for (var other : others.entrySet()) {
      out.writeStringField(other.getKey(), other.getValue());
    }
    out.writeEndObject();
  }

  /** As {@link #write}, by the role that has it reserved. */
  static void writeReserved(JsonGenerator out, String name, Resources resources)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (var role : roles(resources)) {
      write(out, role, resources.reservedTo(role));
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

  /** Ranges of one name are one list, whatever their kind; sets print as they are. */
  private static String text(Resources resources, Element element) {
    return element.message().hasRanges()
        ? resources.ranges(element.name()).toString()
        : element.amount().toString();
  }
}
