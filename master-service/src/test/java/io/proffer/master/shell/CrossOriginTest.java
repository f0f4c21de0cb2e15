package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other sites may look, as in the reference, but change nothing (decision 27). */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossOriginTest {
  private RunningMaster master;

  @BeforeAll
  void start() {
    master = RunningMaster.start();
  }

  @AfterAll
  void stop() {
    master.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1:1", "not an origin"})
  void aCallOfAForeignPageIsRefused(String origin) throws Exception {
    try (var answer = call("Host: 127.0.0.1:" + master.port() + "\r\nOrigin: " + origin)) {
      assertTrue(answer.head().startsWith("HTTP/1.1 403 "), answer.head());
      assertTrue(answer.body().startsWith("A page of '" + origin + "' may not change anything"));
    }
  }

  @Test
  void aCallOfTheMastersOwnPageIsTaken() throws Exception {
    var host = "127.0.0.1:" + master.port();
    try (var answer = call("Host: " + host + "\r\nOrigin: http://" + host)) {
      assertTrue(answer.head().startsWith("HTTP/1.1 200 "), answer.head());
    }
  }

  @Test
  void readsAreForEverybody() throws Exception {
    var answer = master.send(master.request("/health").header("Origin", "http://x").GET());

    assertEquals(200, answer.statusCode());
  }

  /** What changes something is not always a POST. */
  @ParameterizedTest
  @ValueSource(strings = {"/logging/toggle", "//logging/toggle", "/logging/toggle/"})
  void theLevelOfTheLogIsNotForForeignPagesToSet(String path) throws Exception {
    var set = path + "?level=0&duration=1secs";
    for (var method : List.of("GET", "HEAD", "OPTIONS", "POST")) {
      var foreign =
          master
              .request(set)
              .header("Origin", "http://evil.example")
              .method(method, HttpRequest.BodyPublishers.noBody());
      assertEquals(403, master.send(foreign).statusCode(), method);
    }
    var half = master.request(path + "?level=0").header("Origin", "http://evil.example").GET();
    assertEquals(403, master.send(half).statusCode());

    var own = "http://127.0.0.1:" + master.port();
    assertEquals(200, master.send(master.request(set).header("Origin", own).GET()).statusCode());
    assertEquals(200, master.get(set).statusCode());
    var read = master.request(path).header("Origin", "http://evil.example").GET();
    assertEquals("0\n", master.send(read).body());
  }

  private Stream call(String headers) throws Exception {
    return Stream.open(
        master.port(),
        "/api/v1",
        headers + "\r\nContent-Type: application/json\r\n",
        "{\"type\":\"GET_HEALTH\"}".getBytes(StandardCharsets.UTF_8));
  }
}
