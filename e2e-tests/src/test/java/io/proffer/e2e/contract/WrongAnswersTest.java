package io.proffer.e2e.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.proffer.e2e.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract tests can fail: a service that serves the master's document and breaks it. */
@Timeout(120)
final class WrongAnswersTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("project.root", "..")).resolve("openapi/master.yaml");

  private HttpServer server;
  private CheckedClient client;
  private int status = 200;
  private String type = "application/json";
  private String body = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var document = exchange.getRequestURI().getPath().equals("/openapi.yaml");
          var bytes =
              document ? Files.readAllBytes(DOCUMENT) : body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", document ? "application/yaml" : type);
          exchange.sendResponseHeaders(
              document ? 200 : status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    client = new CheckedClient("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aRightAnswerPasses() {
    body = "{\"type\":\"GET_HEALTH\",\"get_health\":{\"healthy\":true}}";

    assertEquals(200, client.post("/api/v1", "{\"type\":\"GET_HEALTH\"}").statusCode());
  }

  @Test
  void aMissingFieldFails() {
    body = "{\"type\":\"GET_HEALTH\",\"get_health\":{}}";

    fails("required property 'healthy' not found");
  }

  @Test
  void aFieldThatIsNotDescribedFails() {
    body = "{\"type\":\"GET_HEALTH\",\"get_health\":{\"healthy\":true,\"mood\":1}}";

    fails("property 'mood' is not defined");
  }

  @Test
  void aTextWhereAFlagBelongsFails() {
    body = "{\"type\":\"GET_HEALTH\",\"get_health\":{\"healthy\":\"yes\"}}";

    fails("string found, boolean expected");
  }

  @Test
  void aStatusThatIsNotDescribedFails() {
    status = 418;

    fails("418");
  }

  @Test
  void aMediaTypeThatIsNotDescribedFails() {
    type = "text/html";
    body = "<p>fine</p>";

    fails("text/html");
  }

  @Test
  void anErrorTextThatIsNotDescribedFails() {
    status = 400;
    type = "text/plain; charset=utf-8";
    body = "Expecting 'type' to be there";

    fails("a text that is not described");
  }

  @Test
  void aWrongRequestFailsBeforeItIsSent() {
    var refused =
        assertThrows(AssertionError.class, () -> client.post("/api/v1", "{\"type\":\"GET_WELL\"}"));

    assertContains(refused, "does not have a value in the enumeration");
  }

  @Test
  void whatNobodyAskedForIsNoticed() {
    assertTrue(client.notAsked().contains("POST /api/v1"));
    assertFalse(client.notAsked().contains("POST /api/internal/agent/records"));
    aRightAnswerPasses();
    var rest = client.notAsked();

    assertFalse(rest.contains("POST /api/v1"), rest.toString());
    assertTrue(rest.contains("GET /state"), rest.toString());
  }

  @Test
  void aWrongRecordIsNoticed() {
    var record = Json.of("{'type':'RESCIND','rescind':{'offer_id':7}}");

    var mistakes = client.document().mistakesOfRecord("/api/v1/scheduler", record);

    assertEquals(1, mistakes.size());
    assertEquals("integer found, object expected at /rescind/offer_id", mistakes.getFirst());
  }

  private void fails(String because) {
    var failure =
        assertThrows(
            AssertionError.class, () -> client.post("/api/v1", "{\"type\":\"GET_HEALTH\"}"));
    assertContains(failure, because);
  }

  private static void assertContains(AssertionError failure, String text) {
    if (!failure.getMessage().contains(text)) {
      throw new AssertionError("expected '" + text + "' in: " + failure.getMessage());
    }
  }
}
