package io.proffer.e2e.conformance;

import io.proffer.e2e.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
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
    if (Golden.directory().isEmpty()) {
      return Stream.empty();
    }
    var replay = new Replay(cluster.masterPort(), text -> text);
    return replay.tests(named(golden -> !isStream(golden)));
  }

  /** A framework is told on its stream whether it may have its roles. */
  @TestFactory
  Stream<DynamicTest> streams() {
    return named(AuthenticationTest::isStream).stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.id(),
                    () ->
                        Differences.check(
                            golden,
                            () -> Starts.same(golden, cluster.masterPort(), text -> text))));
  }

  private static List<Golden> named(Predicate<Golden> wanted) {
    return Golden.all("authentication").stream().filter(wanted).toList();
  }

  private static boolean isStream(Golden golden) {
    return golden.response().has("recordio_events");
  }
}
