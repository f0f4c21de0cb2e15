package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.auth.Credential;
import io.proffer.api.auth.Principals;
import io.proffer.api.endpoint.Access;
import io.proffer.api.endpoint.AgentEndpoints;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.flags.WrongFlagException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoorTest {
  private static final Credential ALICE = new Credential("alice", "wonder");

  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Principals principals = new Principals(List.of(ALICE));
  private TestServer server;

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  @Test
  void whatIsLockedAsksInTheWordsOfItsRealm() throws Exception {
    serve(EnumSet.complementOf(EnumSet.of(Access.OPEN)));
    for (var endpoint : MasterEndpoints.all()) {
      var answer = send(endpoint, Optional.empty());
      if (endpoint.access() == Access.OPEN) {
        assertEquals(200, answer.statusCode(), endpoint.path());
        continue;
      }
      assertEquals(401, answer.statusCode(), endpoint.path());
      assertEquals("401 Unauthorized.", answer.body());
      assertEquals(
          List.of("Basic realm=\"" + endpoint.access().realm("master") + "\""),
          answer.headers().allValues("WWW-Authenticate"));
      assertEquals(200, send(endpoint, Optional.of(ALICE.basic())).statusCode(), endpoint.path());
    }
  }

  @Test
  void theHandlerHearsWhoItIsOnlyWhereSomebodyAsked() throws Exception {
    serve(Set.of(Access.READ_ONLY));
    var shown = Optional.of(ALICE.basic());
    assertEquals("Optional[alice]", send(MasterEndpoints.STATE, shown).body());
    assertEquals("Optional.empty", send(MasterEndpoints.SCHEDULER, shown).body());
    assertEquals("Optional.empty", send(MasterEndpoints.OPERATOR, Optional.of("x")).body());
  }

  @Test
  void whoIsKnownMayChangeMeanwhile() throws Exception {
    serve(Set.of(Access.READ_ONLY));
    principals = new Principals(List.of(new Credential("alice", "other")));
    assertEquals(401, send(MasterEndpoints.STATE, Optional.of(ALICE.basic())).statusCode());
  }

  /** What is open to all stands here twice, so that no endpoint gets there by mistake. */
  @Test
  void onlyTheseAreOpenToAll() {
    var open = new TreeSet<String>();
    Stream.concat(MasterEndpoints.all().stream(), AgentEndpoints.all().stream())
        .filter(endpoint -> endpoint.access() == Access.OPEN)
        .forEach(endpoint -> open.add(endpoint.path()));
    assertEquals(
        Set.of("/health", "/ready", "/version", "/redirect", "/openapi.yaml", "/docs"), open);
    serve(Set.of());
  }

  @Test
  void aLockNeedsCredentials() {
    serve(Set.of());
    var asked = new TreeMap<>(Map.of("--lock", Access.READ_ONLY));
    var refusal =
        assertThrows(
            WrongFlagException.class,
            () -> Door.of("master", asked, "--credentials", Optional.empty()));
    assertTrue(refusal.getMessage().contains("Expected --credentials=FILE beside it"));
  }

  private void serve(Set<Access> locked) {
    var handlers = new LinkedHashMap<Endpoint, Consumer<Exchange>>();
    for (var endpoint : MasterEndpoints.all()) {
      handlers.put(
          endpoint, exchange -> exchange.answer(Answer.text(200, exchange.principal().toString())));
    }
    server = new TestServer(handlers, new Door("master", locked, () -> principals));
  }

  private HttpResponse<String> send(Endpoint endpoint, Optional<String> authorization)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + endpoint.path()));
    authorization.ifPresent(shown -> request.header("Authorization", shown));
    request.method(
        endpoint.methods().isEmpty() ? "GET" : endpoint.methods().getFirst(),
        HttpRequest.BodyPublishers.noBody());
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
