package io.proffer.master;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Door;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.HttpLimits;
import io.proffer.api.http.HttpService;
import io.proffer.master.election.Standing;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** scheduler-api, section 1, rows 2 and 3: who leads counts before method, headers and body. */
@Timeout(30)
class AdmissionTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Standing standing = new Standing.Leading();
  private final Admission admission = new Admission(() -> standing);
  private HttpService service;

  @BeforeEach
  void start() {
    Map<Endpoint, Consumer<Exchange>> handlers = new LinkedHashMap<>();
    MasterEndpoints.all()
        .forEach(
            endpoint -> handlers.put(endpoint, exchange -> exchange.answer(Answer.empty(202))));
    service =
        new HttpService(
            vertx,
            MasterEndpoints.table(),
            handlers,
            Door.open(),
            admission,
            HttpLimits.defaults());
    service.listen("127.0.0.1", 0, 1, Optional.empty()).await();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    service.close();
    vertx.close().await();
  }

  @Test
  void whileTheRegistryIsReadNothingIsDone() throws Exception {
    for (var method : List.of("POST", "GET")) {
      var answer = send(method, "/api/v1/scheduler");

      assertEquals(503, answer.statusCode());
      assertEquals("Master has not finished recovery", answer.body());
    }
  }

  @Test
  void aMasterThatDoesNotLeadShowsTheWayToTheOneThatDoes() throws Exception {
    admission.open();
    standing = new Standing.Following("10.0.0.7:5050");

    for (var method : List.of("POST", "GET", "DELETE")) {
      assertRedirect("//10.0.0.7:5050/master/api/v1/scheduler", method, "/api/v1/scheduler");
      assertRedirect("//10.0.0.7:5050/master/api/v1/scheduler", method, "/master/api/v1/scheduler");
    }
    assertRedirect("//10.0.0.7:5050/master/state?a=b", "GET", "/state?a=b");
  }

  @Test
  void whoLeadsCountsBeforeWhatThisMasterHasRead() throws Exception {
    standing = new Standing.Following("10.0.0.7:5050");
    assertRedirect("//10.0.0.7:5050/master/state", "GET", "/state");

    standing = new Standing.Leaderless();
    assertEquals("No leader elected", send("GET", "/state").body());
  }

  @Test
  void withoutALeaderNobodyIsServed() throws Exception {
    admission.open();
    standing = new Standing.Leaderless();

    var answer = send("POST", "/api/v1/scheduler");

    assertEquals(503, answer.statusCode());
    assertEquals("No leader elected", answer.body());
    assertEquals(202, send("GET", "/health").statusCode(), "its own health is not the leader's");
  }

  private void assertRedirect(String location, String method, String path) throws Exception {
    var answer = send(method, path);

    assertEquals(307, answer.statusCode());
    assertEquals("", answer.body());
    assertEquals(Optional.of(location), answer.headers().firstValue("Location"));
  }

  /** A request that nothing after the guard would accept: no media type, and no body. */
  private HttpResponse<String> send(String method, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
