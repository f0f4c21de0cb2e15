package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, and who is not, in the reference's words. */
@Timeout(120)
final class AuthenticationTest {
  /** Paths of the reference that a master does not have here, or not yet. */
  private static final Set<String> ELSEWHERE = Set.of("/help");

  /** What the recorded master let alice do, and bob not. */
  private static final String ACLS =
      """
      {"permissive": false,
       "register_frameworks": [{"principals": {"values": ["alice"]},
                                "roles": {"values": ["golden"]}}],
       "get_endpoints": [{"principals": {"values": ["alice"]}, "paths": {"type": "ANY"}}]}
      """;

  @TempDir static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws IOException {
    if (Golden.directory().isPresent()) {
      var credentials = directory.resolve("credentials");
      Files.writeString(credentials, "alice wonder\nbob build\n");
      cluster =
          Cluster.master(
              "--hostname=127.0.0.1",
              "--authenticate_http_readonly",
              "--authenticate_http_readwrite",
              "--authenticate_http_frameworks",
              "--acls=" + ACLS,
              "--credentials=" + credentials);
    }
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> answers() {
    return Golden.all("authentication").stream()
        .filter(g -> !ELSEWHERE.contains(g.path()))
        .map(g -> DynamicTest.dynamicTest(g.name(), () -> same(g)));
  }

  private static void same(Golden golden) throws IOException {
    try (var http = new RawHttp(cluster.masterPort())) {
      http.send(golden.method(), golden.path(), golden.headerLines(), golden.body());
      var answer = http.answer();
      assertEquals(golden.status(), answer.status());
      if (golden.status() >= 400) {
        assertEquals(golden.response().get("body").asText(), answer.body());
        assertEquals(
            golden.header("WWW-Authenticate"),
            answer.headers().getOrDefault("www-authenticate", ""));
      }
      if (golden.response().has("recordio_events")) {
        // A framework is told on its stream whether it may have its roles.
        var expected = golden.response().at("/recordio_events/0");
        var event = Json.parse(http.record(10_000));
        assertEquals(expected.path("type"), event.path("type"));
        assertEquals(expected.path("error"), event.path("error"));
      }
      if (golden.status() == 401) {
        var order = new ArrayList<String>();
        golden.response().get("headers").forEach(h -> order.add(h.get(0).asText()));
        assertEquals(order, answer.headerOrder());
      }
    }
  }
}
