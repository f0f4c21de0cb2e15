package io.proffer.api.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * One call, and what became of it.
 *
 * @param time when it was answered
 * @param service {@code master} or {@code agent}
 * @param principal who made it; empty where nobody asked
 * @param path without query
 * @param call what it was; empty when its body was not read, or could not be
 * @param status of the answer
 * @param nanos from its head to its answer
 * @param times how many calls it stands for, of which it tells the first
 */
public record AuditLine(
    Instant time,
    String service,
    Optional<String> principal,
    String peer,
    String method,
    String path,
    Optional<CallNote> call,
    int status,
    long nanos,
    long times) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final double MICROS = 1e3;

  /** One call. */
  public AuditLine(
      Instant time,
      String service,
      Optional<String> principal,
      String peer,
      String method,
      String path,
      Optional<CallNote> call,
      int status,
      long nanos) {
    this(time, service, principal, peer, method, path, call, status, nanos, 1);
  }

  /** The first of so many. */
  AuditLine of(long calls) {
    return new AuditLine(time, service, principal, peer, method, path, call, status, nanos, calls);
  }

  /** The same of somebody whom nobody tells apart any more. */
  AuditLine by(String others) {
    return new AuditLine(
        time, service, Optional.empty(), others, method, path, call, status, nanos, times);
  }

  /** Writes it, with its end of line. */
  void write(OutputStream to) throws IOException {
    try (var out = generator(to)) {
      out.writeStartObject();
      out.writeStringField("time", time.toString());
      out.writeStringField("service", service);
      if (principal.isPresent()) {
        out.writeStringField("principal", CallNote.cut(principal.get()));
      }
      out.writeStringField("peer", peer);
      out.writeStringField("method", CallNote.cut(method));
      out.writeStringField("path", CallNote.cut(path));
      if (call.isPresent()) {
        write(call.get(), out);
      }
      out.writeNumberField("status", status);
      out.writeNumberField("ms", Math.round(nanos / MICROS) / MICROS);
      if (times > 1) {
        out.writeNumberField("times", times);
      }
      out.writeEndObject();
      out.writeRaw('\n');
    }
  }

  /** A line that says how many are missing before it. */
  static void writeDropped(Instant time, long lines, OutputStream to) throws IOException {
    try (var out = generator(to)) {
      out.writeStartObject();
      out.writeStringField("time", time.toString());
      out.writeNumberField("dropped", lines);
      out.writeEndObject();
      out.writeRaw('\n');
    }
  }

  private static void write(CallNote call, JsonGenerator out) throws IOException {
    if (!call.type().isEmpty()) {
      out.writeStringField("call", call.type());
    }
    for (var kind : call.ids().entrySet()) {
      out.writeArrayFieldStart(kind.getKey());
      for (var id : kind.getValue()) {
        out.writeString(id);
      }
      out.writeEndArray();
    }
    if (!call.isWhole()) {
      out.writeBooleanField("more_ids", true);
    }
  }

  private static JsonGenerator generator(OutputStream to) throws IOException {
    return JSON.createGenerator(to).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }
}
