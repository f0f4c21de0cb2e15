package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.e2e.Cluster;
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
        .filter(g -> !ELSEWHERE.contains(g.path()) && !isOfAcls(g))
        .map(g -> DynamicTest.dynamicTest(g.name(), () -> same(g)));
  }

  /** The recorded master had some, which refused these. */
  private static boolean isOfAcls(Golden golden) {
    return golden.status() == 403 || golden.name().matches("SUBSCRIBE-.*-(alice|bob)");
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
      if (golden.status() == 401) {
        var order = new ArrayList<String>();
        golden.response().get("headers").forEach(h -> order.add(h.get(0).asText()));
        assertEquals(order, answer.headerOrder());
      }
    }
  }
}
