package io.proffer.master;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Door;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.HttpLimits;
import io.proffer.api.http.HttpService;
import io.proffer.master.election.Standing;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** scheduler-api, section 1, rows 2 and 3: who leads counts before method, headers and body. */
@Timeout(30)
class AdmissionTest {
  private static final String LARGE = "x".repeat(100_000);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CompletableFuture<Runnable> patience = new CompletableFuture<>();
  private volatile Standing standing = new Standing.Leading();
  private final Antechamber antechamber =
      new Antechamber(Duration.ofSeconds(5), 2, (delay, work) -> patience.complete(work));
  private volatile boolean reaches = true;
  private final Admission admission = admission(HaTuning.Standby.redirect);
  private HttpService service;

  private Admission admission(HaTuning.Standby standby) {
    return new Admission(
        () -> standing, standby, (request, leader) -> {}, () -> reaches, antechamber);
  }

  @BeforeEach
  void start() {
    Map<Endpoint, Consumer<Exchange>> handlers = new LinkedHashMap<>();
    MasterEndpoints.all()
        .forEach(
            endpoint ->
                handlers.put(
                    endpoint,
                    exchange ->
                        exchange.answer(Answer.text(202, new String(exchange.body(), UTF_8)))));
    service =
        new HttpService(vertx, MasterEndpoints.table(), handlers, Door.open(), admission, limits());
    service.listen("127.0.0.1", 0, 1, Optional.empty()).await();
  }

  /** Of a master that speaks HTTP/2 too. */
  private static HttpLimits limits() {
    return HttpLimits.defaults().withHttp2(10);
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
  void callsWaitWhileAMasterThatWasElectedReadsTheRegistry() throws Exception {
    admission.standBy();
    admission.expect();
    var first = begin("/api/v1/scheduler");
    var second = begin("/api/internal/agent/subscribe");
    await(2);

    assertEquals(503, send("POST", "/state").statusCode(), "more than two do not wait");
    assertEquals(202, send("GET", "/health").statusCode(), "this one waits for nothing");
    assertFalse(first.isDone() || second.isDone());

    admission.open();

    // The bodies that waited with them were read.
    assertEquals("202 a body", first.get());
    assertEquals("202 a body", second.get());
    assertEquals(202, send("POST", "/api/v1/scheduler").statusCode());
  }

  /** Their bodies would fill it, and nothing else would come through. */
  @Test
  void callsDoNotWaitOnAConnectionThatOthersShare() throws Exception {
    var sharing =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false))
            .with(new PoolOptions().setHttp2MaxSize(1))
            .build();
    admission.expect();
    var alone = begin("/api/v1/scheduler");
    await(1);

    assertEquals("HTTP_2 503 Master has not finished recovery", share(sharing));

    assertEquals(1, antechamber.waiting());
    admission.open();
    assertEquals("202 a body", alone.get());
    assertEquals("HTTP_2 202 " + LARGE, share(sharing));
  }

  /** A call with a body larger than what a connection takes unread, over HTTP/2. */
  private String share(io.vertx.core.http.HttpClient over) throws Exception {
    return over.request(HttpMethod.POST, service.port(), "127.0.0.1", "/api/v1/scheduler")
        .compose(request -> request.send(Buffer.buffer(LARGE)))
        .compose(
            answer ->
                answer
                    .body()
                    .map(text -> answer.version() + " " + answer.statusCode() + " " + text))
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  @Test
  void callsThatHaveWaitedTooLongAreRefused() throws Exception {
    admission.expect();
    var call = begin("/api/v1/scheduler");
    await(1);

    patience.get().run();

    assertEquals("503 Master has not finished recovery", call.get());
    assertEquals(503, send("POST", "/api/v1/scheduler").statusCode(), "nobody waits any more");
  }

  @Test
  void theEndOfTheLeadershipIsToldToCallsThatWait() throws Exception {
    admission.expect();
    var call = begin("/state");
    await(1);

    standing = new Standing.Following("10.0.0.7:5050");
    admission.close();

    assertEquals("307 ", call.get());
  }

  /** A call with a body; its status and what was answered. */
  private CompletableFuture<String> begin(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
            .POST(HttpRequest.BodyPublishers.ofString("a body"))
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(answer -> answer.statusCode() + " " + answer.body());
  }

  private void await(int held) {
    Awaitility.await("calls that wait").until(() -> antechamber.waiting() == held);
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

  @Test
  void whoForwardsServesWhileTheLeaderCanBeReached() {
    var proxy = admission(HaTuning.Standby.proxy);
    for (var one : List.of(proxy, admission)) {
      standing = new Standing.Following("10.0.0.7:5050");
      assertFalse(one.serves(), "it has not begun");
      one.standBy();
      assertTrue(one.serves());
    }
    reaches = false;
    assertFalse(proxy.serves());
    assertTrue(admission.serves(), "it says where the leader is, no more");

    proxy.open();
    standing = new Standing.Leading();
    assertTrue(proxy.serves(), "it needs nobody");
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
