package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.v1.scheduler.Event;
import io.proffer.e2e.Json;
import io.proffer.e2e.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** A recorded SUBSCRIBE by itself: how it is answered, and how its stream begins. */
final class Starts {
  private static final int PATIENCE_MS = 10_000;

  /** A stream that the server ends is ended by then. */
  private static final int END_MS = 300;

  private Starts() {}

  /**
   * @param ids puts this cluster's ids in the place of recorded ones
   */
  static void same(Golden golden, int port, UnaryOperator<String> ids) throws IOException {
    try (var http = new RawHttp(port)) {
      http.send(
          "POST",
          golden.path(),
          golden.headerLines(),
          golden.document().at("/request/body_base64").isTextual()
              ? golden.body()
              : ids.apply(golden.document().at("/request/body").asText())
                  .getBytes(StandardCharsets.UTF_8));
      var answer = http.answer();
      assertEquals(golden.status(), answer.status());
      assertEquals(golden.header("Content-Type"), answer.headers().get("content-type"));
      assertEquals(Replay.headerNames(golden), Replay.withoutOurs(answer.headerOrder()));
      if (golden.status() != 200) {
        assertEquals(golden.response().get("body").asText(), answer.body());
        return;
      }
      var recorded = new ArrayList<JsonNode>();
      var ours = new ArrayList<JsonNode>();
      for (var expected : golden.response().get("recordio_events")) {
        recorded.add(event(expected));
        var record = http.recordBytes(PATIENCE_MS);
        ours.add(
            expected.has("base64")
                ? decoded(record)
                : Json.parse(new String(record, StandardCharsets.UTF_8)));
      }
      Heard.same(recorded, ours);
      assertEquals(
          golden.response().get("stream_closed_by_server").asBoolean(), http.ended(END_MS));
    }
  }

  /** A recorded event, of a stream of either form. */
  static JsonNode event(JsonNode recorded) throws IOException {
    return recorded.has("base64")
        ? decoded(Base64.getDecoder().decode(recorded.get("base64").asText()))
        : recorded;
  }

  /** A binary event as the document that says the same. */
  static JsonNode decoded(byte[] event) throws InvalidProtocolBufferException {
    return Json.parse(new String(JsonCodec.encode(Event.parseFrom(event)), StandardCharsets.UTF_8));
  }
}
