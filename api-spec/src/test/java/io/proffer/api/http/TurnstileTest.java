package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.auth.Credential;
import io.proffer.api.auth.Principals;
import io.proffer.api.endpoint.Access;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.flags.Flags;
import io.proffer.api.limit.LimitFlags;
import io.proffer.api.limit.RequestLimits;
import io.proffer.api.limit.WrongSecrets;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnstileTest {
  private static final Credential ALICE = new Credential("alice", "wonder");
  private static final Credential BOB = new Credential("bob", "build");
  private static final Credential FORGED = new Credential("alice", "forged");

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong nanos = new AtomicLong();
  private final RequestLimits limits =
      Flags.fill(new LimitFlags(), Map.of("max_requests_per_second", "1"))
          .limits(Optional.empty(), nanos::get)
          .orElseThrow();
  private final WrongSecrets secrets =
      Flags.fill(new LimitFlags(), Map.of("max_requests_per_second", "1"))
          .wrongSecrets(nanos::get)
          .orElseThrow();
  private final TestServer server =
      new TestServer(
          Map.of(),
          new Door(
              "master",
              Set.of(Access.READ_ONLY, Access.AGENTS),
              () -> new Principals(List.of(ALICE, BOB))),
          new Precautions(Optional.of(limits), Optional.of(secrets), Optional.empty()));

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  @Test
  void oneTooManyIsToldWhenToComeAgain() throws Exception {
    assertEquals(200, send(MasterEndpoints.STATE, ALICE).statusCode());
    assertEquals(200, send(MasterEndpoints.STATE, ALICE).statusCode());
    var refused = send(MasterEndpoints.STATE, ALICE);
    assertEquals(429, refused.statusCode());
    assertEquals(List.of("1"), refused.headers().allValues("Retry-After"));
    assertTrue(refused.body().startsWith("Too many requests of principal 'alice': "));
    assertEquals(200, send(MasterEndpoints.STATE, BOB).statusCode());
    nanos.addAndGet(1_000_000_000L);
    assertEquals(200, send(MasterEndpoints.STATE, ALICE).statusCode());
  }

  @Test
  void secretsAreNotGuessedFasterThanThat() throws Exception {
    assertEquals(401, send(MasterEndpoints.STATE, FORGED).statusCode());
    assertEquals(401, send(MasterEndpoints.STATE, FORGED).statusCode());
    var refused = send(MasterEndpoints.STATE, FORGED);
    assertEquals(429, refused.statusCode());
    assertTrue(refused.body().startsWith("Too many wrong secrets of 127.0.0.1: "), refused.body());
    // No other answer to the right one, or 429 and 200 would tell them apart.
    var right = send(MasterEndpoints.STATE, ALICE);
    assertEquals(429, right.statusCode());
    assertEquals(refused.body(), right.body());
    assertEquals(List.of("1"), right.headers().allValues("Retry-After"));
    nanos.addAndGet(1_000_000_000L);
    assertEquals(200, send(MasterEndpoints.STATE, ALICE).statusCode());
  }

  /** All realms know the same secrets; to agents nothing else is counted. */
  @Test
  void noRealmIsAWayAroundIt() throws Exception {
    for (var i = 0; i < 2; i++) {
      assertEquals(401, send(MasterEndpoints.AGENT_RECORDS, FORGED).statusCode());
    }
    assertEquals(429, send(MasterEndpoints.AGENT_RECORDS, ALICE).statusCode());
    assertEquals(429, send(MasterEndpoints.STATE, ALICE).statusCode());
  }

  @Test
  void whoShowsTheRightSecretOrNoneDoesNotGuess() throws Exception {
    for (var i = 0; i < 20; i++) {
      assertEquals(200, send(MasterEndpoints.AGENT_RECORDS, BOB).statusCode());
      assertEquals(401, status(MasterEndpoints.AGENT_RECORDS));
    }
    assertEquals(0, secrets.refused());
  }

  @Test
  void guessesAreLimitedWhereRequestsAreNot() {
    var usual = Flags.fill(new LimitFlags(), Map.of()).wrongSecrets(nanos::get).orElseThrow();
    for (var i = 0; i < 100; i++) {
      assertEquals(Optional.empty(), usual.ask("here"));
      usual.count("here");
    }
    assertTrue(usual.ask("here").isPresent());
    assertEquals(Optional.empty(), usual.ask("elsewhere"));
    nanos.addAndGet(100_000_000L);
    assertEquals(Optional.empty(), usual.ask("here"));
    var off = Map.of("max_wrong_secrets_per_second", "0");
    assertEquals(Optional.empty(), Flags.fill(new LimitFlags(), off).wrongSecrets(nanos::get));
  }

  @Test
  void whoMayAskAsOftenAsItLikes() throws Exception {
    for (var endpoint : MasterEndpoints.all()) {
      if (endpoint.access() == Access.AGENTS) {
        continue;
      }
      var before = refused();
      for (var i = 0; i < 4; i++) {
        send(endpoint, FORGED);
      }
      var isFree = Set.of("/health", "/ready", "/version", "/redirect").contains(endpoint.path());
      assertEquals(isFree, refused() == before, endpoint.path());
    }
  }

  /** It is refused before it is read: the rest of the body never comes. */
  @Test
  void theBodyOfOneTooManyIsNotWaitedFor() throws Exception {
    for (var i = 0; i < 2; i++) {
      assertEquals(200, send(MasterEndpoints.TEARDOWN, ALICE).statusCode());
    }
    try (var raw = server.connect()) {
      raw.send("POST /teardown HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf");
      assertTrue(raw.readAnswer().startsWith("HTTP/1.1 429 "));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
    "0:0:0:0:0:0:0:1, 0:0:0:0::/64",
    "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0:0::/64",
    "::1, ::1",
  })
  void aNetworkOfVersionSixIsOneClient(String address, String network) {
    assertEquals(network, Peers.network(address));
  }

  private long refused() {
    return limits.refused().getOrDefault("(none)", 0L) + secrets.refused();
  }

  /** Of a request that shows nothing. */
  private int status(Endpoint endpoint) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + server.port() + endpoint.path()))
                .method(endpoint.methods().getFirst(), HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  private HttpResponse<String> send(Endpoint endpoint, Credential shown) throws Exception {
    var method = endpoint.methods().isEmpty() ? "GET" : endpoint.methods().getFirst();
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + endpoint.path()))
            .header("Authorization", shown.basic())
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
