package io.proffer.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.proffer.api.auth.Credential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A master that does not lead sends to one that does, which knows only ops. */
@Timeout(30)
class RedirectsTest {
  private static final Credential OPS = new Credential("ops", "secret");
  private static final ObjectNode CALL = Http.JSON.createObjectNode().put("type", "GET_STATE");

  private final Http http =
      new Http(Duration.ofSeconds(10), new Identity(Optional.of(OPS), Optional.empty()));

  /** What the leader was asked by those that it knows. */
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private HttpServer leader;
  private HttpServer standby;
  private int status = 307;
  private String location;

  @BeforeEach
  void serve() throws IOException {
    leader = server();
    leader.createContext("/", this::lead);
    standby = server();
    standby.createContext("/", this::send);
    location = "//" + authority(leader);
  }

  @AfterEach
  void stop() {
    leader.stop(0);
    standby.stop(0);
  }

  private static HttpServer server() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    return server;
  }

  private static String authority(HttpServer server) {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void send(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", location + exchange.getRequestURI());
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private void lead(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!OPS.basic().equals(headers.getFirst("Authorization"))) {
      exchange.sendResponseHeaders(401, -1);
    } else {
      asked.add(
          (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
      asked.add(headers.getFirst("Mesos-Stream-Id") + " " + headers.getFirst("Range"));
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
    }
    exchange.close();
  }

  private URI uri() {
    return URI.create("http://" + authority(standby) + "/api/v1?x=y");
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 308})
  void aCallGoesOnWithAllThatItHas(int status) throws ClientException {
    this.status = status;
    assertEquals("{}", http.post(uri(), CALL, "stream-1").body());
    assertEquals(List.of("POST /api/v1?x=y " + CALL, "stream-1 null"), asked);
  }

  @Test
  void soDoesACallWhoseAnswerIsAStream() throws ClientException, IOException {
    try (var body = http.open(uri(), CALL, Map.of("Mesos-Stream-Id", "s")).body()) {
      assertEquals("{}", new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertEquals(List.of("POST /api/v1?x=y " + CALL, "s null"), asked);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void soDoesAReading(int status) throws ClientException, IOException {
    this.status = status;
    assertEquals("{}", http.get(uri()));
    try (var body = http.range(uri(), 3, 2).body()) {
      assertEquals("{}", new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertEquals(
        List.of("GET /api/v1?x=y", "null null", "GET /api/v1?x=y", "null bytes=3-4"), asked);
  }

  /** Whether it may be posted again is not said. */
  @Test
  void aCallDoesNotFollowAnOldRedirect() {
    status = 302;
    var failure = assertThrows(ClientException.class, () -> http.post(uri(), CALL, ""));
    assertTrue(failure.getMessage().startsWith(authority(standby) + " answered 302"));
    assertEquals(List.of(), asked);
  }

  @Test
  void mastersThatSendToEachOtherAreNotFollowedForEver() {
    location = "//" + authority(standby);
    var failure = assertThrows(ClientException.class, () -> http.get(uri()));
    var place = authority(standby);
    assertEquals(
        "%s redirects 5 times, at last to %s: do its masters agree on who leads?"
            .formatted(place, place),
        failure.getMessage());
    assertTrue(failure.isLeaderless());
  }

  @Test
  void aLeaderThatIsGoneIsNoClusterThatIsNotThere() {
    location = "//127.0.0.1:1";
    var failure = assertThrows(ClientException.class, () -> http.get(uri()));
    assertEquals(
        authority(standby) + " redirects to another master. Nothing listens at 127.0.0.1:1.",
        failure.getMessage());
    assertTrue(failure.isLeaderless());
    assertFalse(failure.isNobodyThere());
  }

  @Test
  void whoIsNotKnownToTheLeaderIsToldByWhom() {
    var other = new Identity(Optional.of(new Credential("eve", "x")), Optional.empty());
    var failure =
        assertThrows(
            ClientException.class, () -> new Http(Duration.ofSeconds(10), other).get(uri()));
    assertTrue(
        failure.getMessage().startsWith(authority(leader) + " does not know the principal 'eve'"),
        failure::getMessage);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a:1/x, //b:2/x, http://b:2/x",
    "https://a:1/x, //b:2/x, https://b:2/x",
    "http://a:1/x, https://b:2/x, https://b:2/x",
    "http://a:1/x, /y, http://a:1/y"
  })
  void whatIsSpokenStaysUnlessItIsSaid(String from, String location, String to)
      throws ClientException {
    assertEquals(URI.create(to), Redirects.target(URI.create(from), location));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a:1/x, http://b:2/x, 'a:1 redirects to http://b:2/x, where nothing is encrypted'",
    "http://a:1/x, ftp://b/x, 'a:1 redirects to ''ftp://b/x'', which is no address'",
    "http://a:1/x, //b:c d/x, 'a:1 redirects to ''//b:c d/x'', which is no address'"
  })
  void whatLeadsAstrayIsRefused(String from, String location, String words) {
    var failure =
        assertThrows(ClientException.class, () -> Redirects.target(URI.create(from), location));
    assertTrue(failure.getMessage().startsWith(words), failure::getMessage);
    assertFalse(failure.temporary());
  }
}
