package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.e2e.Json;
import io.proffer.e2e.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;

/** The two connections of a client that was recorded at work: that of its stream, that of calls. */
final class RecordedRun implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  private final JsonNode calls;
  private final JsonNode stream;
  private final RawHttp callConnection;
  private final RawHttp streamConnection;
  private final boolean binary;
  private final List<JsonNode> heard = new ArrayList<>();
  private String streamId = "";

  RecordedRun(Golden golden, int port) throws IOException {
    // The connection of calls stands first, and was opened last.
    calls = golden.document().at("/connections/0");
    stream = golden.document().at("/connections/1");
    binary = stream.at("/client_sends/0").has("body_base64");
    callConnection = new RawHttp(port);
    streamConnection = new RawHttp(port);
  }

  /** Sends each call once the event has come that it answers; all must be as recorded. */
  void play() throws IOException {
    var subscribe = stream.at("/client_sends/0");
    var begun = stream.at("/server_sends/0");
    send(streamConnection, subscribe, body(subscribe));
    streamId = same(begun, streamConnection.answer()).headers().get("mesos-stream-id");
    // It ended before its last call was answered.
    for (var i = 0; i < calls.get("client_sends").size(); i++) {
      var call = calls.at("/client_sends/" + i);
      send(callConnection, call, ours(call));
      var answer = callConnection.answer();
      if (i < calls.get("server_sends").size()) {
        same(calls.at("/server_sends/" + i), answer);
      }
    }
    var recorded = new ArrayList<JsonNode>();
    for (var event : begun.get("recordio_records")) {
      recorded.add(Starts.event(event));
    }
    Heard.same(Heard.news(recorded), Heard.news(heard));
    assertEquals(Heard.offers(recorded), Heard.offers(heard));
  }

  private static RawHttp.Answer same(JsonNode recorded, RawHttp.Answer answer) {
    var line = recorded.path("start_line").asText().split(" ", -1);
    assertEquals(Integer.parseInt(line[1]), answer.status(), answer.body());
    var names = new ArrayList<String>();
    recorded.get("headers").forEach(header -> names.add(header.get(0).asText()));
    assertEquals(names, Replay.withoutOurs(answer.headerOrder()));
    return answer;
  }

  private void send(RawHttp http, JsonNode request, byte[] body) throws IOException {
    var line = request.path("start_line").asText().split(" ", -1);
    var headers = new ArrayList<String>();
    for (var header : request.get("headers")) {
      switch (header.get(0).asText()) {
        case "Host", "Content-Length" -> {}
        case "Mesos-Stream-Id" -> headers.add("Mesos-Stream-Id: " + streamId);
        default -> headers.add(header.get(0).asText() + ": " + header.get(1).asText());
      }
    }
    http.send(line[0], line[1], headers, body);
  }

  private byte[] body(JsonNode request) {
    return binary
        ? Base64.getDecoder().decode(request.get("body_base64").asText())
        : request.get("body").asText().getBytes(StandardCharsets.UTF_8);
  }

  /** A call with the ids of what it answers, which it waits for. */
  private byte[] ours(JsonNode call) throws IOException {
    var body = body(call);
    var text =
        new String(binary ? JsonCodec.encode(Call.parseFrom(body)) : body, StandardCharsets.UTF_8);
    switch (Json.parse(text).path("type").asText()) {
      case "ACCEPT" -> await("OFFERS");
      case "ACKNOWLEDGE" -> await("UPDATE");
      default -> {}
    }
    var said =
        text.replaceAll("[0-9a-f-]{36}-\\d{4}", id("/subscribed/framework_id/value"))
            .replaceAll("[0-9a-f-]{36}-O\\d+", id("/offers/offers/0/id/value"))
            .replaceAll("[0-9a-f-]{36}-S\\d+", id("/offers/offers/0/agent_id/value"))
            .replaceAll(
                "\"uuid\":\"[^\"]*\"",
                Matcher.quoteReplacement("\"uuid\":\"" + id("/update/status/uuid") + "\""))
            .getBytes(StandardCharsets.UTF_8);
    try {
      return binary ? JsonCodec.decode(said, Call.getDefaultInstance()).toByteArray() : said;
    } catch (JsonFormatException e) {
      throw new AssertionError(e);
    }
  }

  private void await(String type) throws IOException {
    do {
      var record = streamConnection.recordBytes(PATIENCE_MS);
      assertNotNull(record, () -> "no " + type + " came; heard: " + heard);
      var event =
          binary ? Starts.decoded(record) : Json.parse(new String(record, StandardCharsets.UTF_8));
      if (!Heard.isHeartbeat(event)) {
        heard.add(event);
      }
    } while (!heard.getLast().path("type").asText().equals(type));
  }

  /** The newest of this kind that was heard. */
  private String id(String pointer) {
    for (var event : heard.reversed()) {
      if (event.at(pointer).isTextual()) {
        return event.at(pointer).asText();
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    streamConnection.close();
    callConnection.close();
  }
}
