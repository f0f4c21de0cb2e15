package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Json;
import io.proffer.e2e.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Sends recorded requests to a service, with its own ids in them, and holds its answers to the
 * recorded ones.
 */
final class Replay {
  private static final Pattern CALLBACK = Pattern.compile("([A-Za-z]+)\\((.*)\\)");

  /** Headers whose value must be the recorded one. */
  private static final List<String> COMPARED =
      List.of(
          "Content-Type", "Allow", "Content-Encoding", "Content-Disposition", "WWW-Authenticate");

  private final int port;
  private final UnaryOperator<String> ids;
  private final Likeness likeness;

  /**
   * @param ids puts this cluster's ids in the place of recorded ones
   * @param beside tasks and executors of the recordings that the suite has no twins of
   */
  Replay(int port, UnaryOperator<String> ids, String... beside) {
    this.port = port;
    this.ids = ids;
    this.likeness = new Likeness(Set.of(beside));
  }

  /** A test for each, in their order. */
  Stream<DynamicTest> tests(List<Golden> exchanges) {
    return exchanges.stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.id(), () -> Differences.check(golden, () -> check(golden))));
  }

  void check(Golden golden) throws IOException {
    try (var http = new RawHttp(port)) {
      http.send(
          golden.method(),
          ids.apply(golden.path()),
          headers(golden),
          golden.document().at("/request/body_base64").isTextual()
              ? golden.body()
              : ids.apply(golden.document().at("/request/body").asText(""))
                  .getBytes(StandardCharsets.UTF_8));
      compare(golden, http.answer());
    }
  }

  /** Whatever the parts were that a body came in: here it comes as one. */
  private List<String> headers(Golden golden) {
    return golden.headerLines().stream()
        .filter(line -> !line.startsWith("Transfer-Encoding:"))
        .map(ids)
        .toList();
  }

  private void compare(Golden golden, RawHttp.Answer answer) throws IOException {
    assertEquals(golden.status(), answer.status(), answer.body());
    for (var name : COMPARED) {
      assertEquals(
          golden.header(name),
          answer.headers().getOrDefault(name.toLowerCase(java.util.Locale.ROOT), ""),
          name);
    }
    assertEquals(headerNames(golden), withoutOurs(answer.headerOrder()));
    assertEquals(
        golden.header("Location").replaceAll(":\\d+", ":PORT"),
        answer.headers().getOrDefault("location", "").replaceAll(":\\d+", ":PORT"));
    body(
        golden,
        golden.header("Content-Encoding").equals("gzip")
            ? new String(Golden.unpacked(answer.bytes()), StandardCharsets.UTF_8)
            : answer.body());
  }

  /** The headers but those that are listed as ours alone. */
  static List<String> withoutOurs(List<String> names) {
    return names.stream().filter(name -> !Differences.isAdded("header " + name)).toList();
  }

  static List<String> headerNames(Golden golden) {
    var names = new ArrayList<String>();
    golden.response().get("headers").forEach(header -> names.add(header.get(0).asText()));
    return names;
  }

  private void body(Golden golden, String body) throws IOException {
    var expected = new String(golden.answerBody(), StandardCharsets.UTF_8);
    switch (golden.header("Content-Type")) {
      case "application/json" -> document(golden, expected, body);
      case "text/javascript" -> {
        var script = CALLBACK.matcher(expected);
        var ours = CALLBACK.matcher(body);
        assertTrue(script.matches() && ours.matches(), body);
        assertEquals(script.group(1), ours.group(1));
        document(golden, script.group(2), ours.group(2));
      }
      default -> {
        if (expected.startsWith("Failed to parse body into JSON")) {
          assertTrue(body.startsWith("Failed to parse body into JSON"), body);
        } else {
          assertEquals(Normal.text(expected), Normal.text(body));
        }
      }
    }
  }

  private void document(Golden golden, String expected, String actual) {
    if (golden.path().startsWith("/metrics/")) {
      // Which there are is the affair of another test: here, that they are numbers by name.
      Json.parse(actual).forEach(value -> assertTrue(value.isDouble(), actual));
    } else if (!expected.isEmpty() || !actual.isEmpty()) {
      likeness.check(Json.parse(expected), Json.parse(actual));
    }
  }
}
