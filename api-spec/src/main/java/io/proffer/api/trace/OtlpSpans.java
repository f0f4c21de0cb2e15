package io.proffer.api.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Ways of tasks as spans, in the JSON form of OpenTelemetry's protocol for traces. A way is one
 * span of its service, and each hop one below it, from the hop before; what an agent does is below
 * the hop of its master that waits for it.
 */
final class OtlpSpans {
  /** The hop of a master that lasts as long as the agent has the task. */
  private static final String WAITS_FOR_AGENT = "RUNNING received";

  private static final String MASTER = "master";
  private static final JsonFactory JSON = new JsonFactory();

  /** Nanoseconds between the monotonic clock of the hops and the epoch. */
  private final long epochNanos;

  private final String service;

  /**
   * @param service {@code master} or {@code agent}
   * @param epochNanos what to add to the time of a hop to get that since 1970
   */
  OtlpSpans(String service, long epochNanos) {
    this.service = service;
    this.epochNanos = epochNanos;
  }

  /** How many spans a way is. */
  static int count(Trip trip) {
    return trip.hops().size();
  }

  /** A request to a collector. */
  byte[] encode(List<Trip> trips) {
    var bytes = new ByteArrayOutputStream(1024 * trips.size());
    try (var out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeArrayFieldStart("resourceSpans");
      out.writeStartObject();
      out.writeObjectFieldStart("resource");
      out.writeArrayFieldStart("attributes");
      attribute("service.name", "proffer-" + service, out);
      out.writeEndArray();
      out.writeEndObject();
      out.writeArrayFieldStart("scopeSpans");
      out.writeStartObject();
      out.writeObjectFieldStart("scope");
      out.writeStringField("name", "io.proffer.trace");
      out.writeEndObject();
      out.writeArrayFieldStart("spans");
      for (var trip : trips) {
        write(trip, out);
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeEndArray();
      out.writeEndObject();
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  private void write(Trip trip, JsonGenerator out) throws IOException {
    var hops = trip.hops();
    var whole = service + ": " + hops.getFirst().name() + " to " + hops.getLast().name();
    var above = service.equals(MASTER) ? "" : TraceIds.span(trip.task(), MASTER, WAITS_FOR_AGENT);
    span(trip, "", whole, above, hops.getFirst(), hops.getLast(), out);
    var own = TraceIds.span(trip.task(), service, "");
    for (var i = 1; i < hops.size(); i++) {
      span(trip, hops.get(i).name(), hops.get(i).name(), own, hops.get(i - 1), hops.get(i), out);
    }
  }

  private void span(
      Trip trip,
      String id,
      String name,
      String parent,
      Trip.Hop from,
      Trip.Hop to,
      JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("traceId", TraceIds.trace(trip.task()));
    out.writeStringField("spanId", TraceIds.span(trip.task(), service, id));
    if (!parent.isEmpty()) {
      out.writeStringField("parentSpanId", parent);
    }
    out.writeStringField("name", name);
    out.writeNumberField("kind", 1);
    // 64-bit numbers are strings in this form.
    out.writeStringField("startTimeUnixNano", Long.toString(from.nanos() + epochNanos));
    out.writeStringField("endTimeUnixNano", Long.toString(to.nanos() + epochNanos));
    out.writeArrayFieldStart("attributes");
    attribute("proffer.framework_id", trip.task().framework(), out);
    attribute("proffer.task_id", trip.task().id(), out);
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void attribute(String key, String value, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("key", key);
    out.writeObjectFieldStart("value");
    out.writeStringField("stringValue", value);
    out.writeEndObject();
    out.writeEndObject();
  }
}
