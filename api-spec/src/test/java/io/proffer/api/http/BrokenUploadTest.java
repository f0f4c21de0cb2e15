package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that end too soon on their way through a standby: the leader must not take half a one. */
@Timeout(60)
class BrokenUploadTest {
  private static final String HALF = "half";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String CHUNKED =
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n";

  private final Vertx vertx = Vertx.vertx();
  private final Forwarder forwarder =
      new Forwarder(vertx, 100, HttpLimits.defaults(), Optional.empty());
  private final CompletableFuture<String> heard = new CompletableFuture<>();
  private final CompletableFuture<String> became = new CompletableFuture<>();

  /** Held, or it would be closed as garbage in the middle of a call. */
  private HttpClient client;

  @AfterEach
  void stop() {
    forwarder.close();
    vertx.close().await();
  }

  private HttpClient client(HttpVersion version) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false));
    return client;
  }

  /** A standby before a leader that notes what comes of a body. */
  private int standby(Duration patience) {
    var leader =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  request.handler(part -> heard.complete(part.toString()));
                  request.endHandler(
                      end -> {
                        became.complete("whole");
                        request.response().end("carried out");
                      });
                  request.exceptionHandler(cause -> became.complete("broken off"));
                })
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
    return vertx
        .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(true))
        .connectionHandler(connection -> Intake.watch(connection, patience))
        .requestHandler(request -> forwarder.carry(request, "127.0.0.1:" + leader))
        .listen(0, "127.0.0.1")
        .await()
        .actualPort();
  }

  /** A call of which the leader has a part. */
  private HttpClientRequest begun(HttpVersion version) throws Exception {
    var call =
        client(version).request(HttpMethod.POST, standby(PATIENCE), "127.0.0.1", "/").await();
    call.response().onComplete(answer -> {}); // None is waited for.
    call.setChunked(true).write(HALF).await();
    assertEquals(HALF, heard.get(10, TimeUnit.SECONDS));
    return call;
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpVersion.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void aCallThatIsTakenBackIsNotCarriedOut(HttpVersion version) throws Exception {
    breaksOff(version, HttpClientRequest::reset);
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpVersion.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void aCallWhoseConnectionEndsIsNotCarriedOut(HttpVersion version) throws Exception {
    breaksOff(version, call -> call.connection().close());
  }

  private void breaksOff(HttpVersion version, Consumer<HttpClientRequest> how) throws Exception {
    how.accept(begun(version));
    assertEquals("broken off", became.get(10, TimeUnit.SECONDS));
  }

  @Test
  void aChunkThatIsNoneIsExplained() throws Exception {
    explained(PATIENCE, "zz\r\n", "HTTP/1.1 400 Bad Request", "Expecting a chunked body");
  }

  @Test
  void aBodyThatStopsIsExplained() throws Exception {
    explained(
        Duration.ofSeconds(2),
        "",
        "HTTP/1.1 408 Request Timeout",
        "Expecting the rest of the request body");
  }

  private void explained(Duration patience, String then, String status, String sentence)
      throws Exception {
    try (var client = new RawClient(standby(patience))) {
      client.send(CHUNKED);
      assertEquals(HALF, heard.get(10, TimeUnit.SECONDS));
      client.send(then);
      var answer = client.readAll();
      assertTrue(answer.startsWith(status), answer);
      assertTrue(answer.contains(sentence), answer);
      assertEquals("broken off", became.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void aWholeOneOverHttp2IsCarriedOut() throws Exception {
    begun(HttpVersion.HTTP_2).end().await();
    assertEquals("whole", became.get(10, TimeUnit.SECONDS));
  }
}
