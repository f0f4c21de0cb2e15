package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.e2e.EventStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Events of streams: those of a recording, and ours. */
final class Heard {
  private static final Likeness LIKENESS = new Likeness(Set.of());

  private Heard() {}

  /** The events of a recorded stream. */
  static List<JsonNode> recorded(Golden golden) {
    return all(golden.response().get("recordio_events"));
  }

  static List<JsonNode> all(JsonNode events) {
    var all = new ArrayList<JsonNode>();
    events.forEach(all::add);
    return all;
  }

  static boolean isOffers(JsonNode event) {
    return event.path("type").asText().equals("OFFERS");
  }

  /** Whether it is neither a heartbeat nor an offer, which come when their time has come. */
  static boolean isNews(JsonNode event) {
    return !isOffers(event) && !isHeartbeat(event);
  }

  static boolean isHeartbeat(JsonNode event) {
    return event.path("type").asText().equals("HEARTBEAT");
  }

  static List<JsonNode> news(List<JsonNode> events) {
    return events.stream().filter(Heard::isNews).toList();
  }

  /** The different kinds of offers that there were. */
  static Set<String> offers(List<JsonNode> events) {
    var kinds = new LinkedHashSet<String>();
    events.stream().filter(Heard::isOffers).map(Heard::words).forEach(kinds::add);
    return kinds;
  }

  /** What counts in an event of ours. */
  static String words(JsonNode event) {
    return LIKENESS.ours(event);
  }

  /** Fails with both when they do not say the same in the same order. */
  static void same(List<JsonNode> recorded, List<JsonNode> ours) {
    assertEquals(text(recorded, LIKENESS::text), text(ours, LIKENESS::ours));
  }

  /** Fails when an operator was not told, in this order, what was recorded. */
  static void told(Golden golden, EventStream operator) {
    var expected = recorded(golden).stream().filter(event -> !isHeartbeat(event)).toList();
    var seen = operator.seen(event -> !isHeartbeat(event), expected.size());
    same(expected, seen.stream().filter(event -> !isHeartbeat(event)).toList());
  }

  private static String text(List<JsonNode> events, Function<JsonNode, String> words) {
    return String.join("\n", events.stream().map(words).toList());
  }
}
