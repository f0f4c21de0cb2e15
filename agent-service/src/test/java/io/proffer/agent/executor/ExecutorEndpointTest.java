package io.proffer.agent.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.command.ReplyTo;
import io.proffer.agent.core.effect.Reply;
import io.proffer.api.auth.ExecutorClaims;
import io.proffer.api.auth.TokenKey;
import io.proffer.api.endpoint.AgentEndpoints;
import io.proffer.api.endpoint.RouteTable;
import io.proffer.api.http.Door;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.HttpLimits;
import io.proffer.api.http.HttpService;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** executor-api, section 1, over the wire: an agent that does not know yet what it runs. */
@Timeout(30)
final class ExecutorEndpointTest {
  private static final TokenKey KEY =
      TokenKey.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpService service;
  private volatile boolean ready;

  private static final class Core implements ExecutorEndpoint.Core {
    @Override
    public boolean offer(ExecutorCommand command) {
      throw new AssertionError("not expected: " + command);
    }

    @Override
    public void insist(ExecutorCommand command) {
      throw new AssertionError("not expected: " + command);
    }
  }

  private static final class NoAnswers implements ExecutorEndpoint.Answers {
    @Override
    public ReplyTo expect(Exchange exchange, Consumer<Reply> take) {
      throw new AssertionError("the core is asked nothing");
    }

    @Override
    public void forget(ReplyTo replyTo) {
      throw new AssertionError("the core was asked nothing");
    }
  }

  @BeforeEach
  void start() {
    var endpoint =
        new ExecutorEndpoint(
            new Core(),
            new NoAnswers(),
            new ExecutorStreams(Duration.ofMinutes(1)),
            () -> new UUID(0, 1),
            ExecutorEndpoint.Proof.NONE);
    service =
        new HttpService(
            vertx,
            new RouteTable(AgentEndpoints.PREFIX, List.of(AgentEndpoints.EXECUTOR)),
            Map.of(AgentEndpoints.EXECUTOR, endpoint),
            Door.open().forExecutors(KEY),
            new Admission(() -> ready),
            HttpLimits.defaults());
    service.listen("127.0.0.1", 0, 1, Optional.empty()).await();
  }

  @AfterEach
  void stop() {
    client.close();
    service.close();
    vertx.close().await();
  }

  @Test
  void whoHasNoTokenIsTold401AndAllOthersToComeAgainWhateverTheySay() throws Exception {
    for (var method : List.of("POST", "GET")) {
      assertEquals(401, send(method, "wrong").statusCode());
      var answer = send(method, token());
      assertEquals(503, answer.statusCode());
      assertEquals("Agent has not finished recovery", answer.body());
      assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
    }
    ready = true;
    assertEquals(400, send("POST", token()).statusCode(), "now what it says is looked at");
    assertEquals(405, send("GET", token()).statusCode());
  }

  private static String token() {
    return KEY.sign(new ExecutorClaims("f", "e", "c"));
  }

  private HttpResponse<String> send(String method, String token) throws Exception {
    return client.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + service.port() + "/api/v1/executor"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString("no call"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
