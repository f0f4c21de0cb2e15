package io.proffer.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.endpoint.AgentEndpoints;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.endpoint.RouteTable;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.RawHttp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No query, however wrong, does more than refuse itself: on any path of master and agent. */
@Timeout(120)
final class BadQueryTest {
  private static final List<String> UNDECODABLE = List.of("%zz", "x=%", "jsonp=%zz", "x=%e");

  private static Cluster cluster;
  private static int agentPort;

  @BeforeAll
  static void start() {
    cluster = Cluster.master();
    agentPort = cluster.addAgent(Cluster.RESOURCES);
    cluster.awaitAgents(1);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  static Stream<String> masterPaths() {
    return paths(MasterEndpoints.table());
  }

  static Stream<String> agentPaths() {
    return paths(AgentEndpoints.table());
  }

  @ParameterizedTest
  @MethodSource("masterPaths")
  void aMasterRefusesItAndLivesOn(String path) throws IOException {
    refuses(cluster.masterPort(), path);
    assertTrue(cluster.masterProcess().alive());
  }

  @ParameterizedTest
  @MethodSource("agentPaths")
  void anAgentRefusesItAndLivesOn(String path) throws IOException {
    refuses(agentPort, path);
    assertTrue(cluster.agentProcess(0).alive());
  }

  @Test
  void aNameThatIsNoFunctionIsRefusedOnEveryDocument() throws IOException {
    for (var endpoint : MasterEndpoints.all()) {
      refusesName(cluster.masterPort(), endpoint);
    }
    for (var endpoint : AgentEndpoints.all()) {
      refusesName(agentPort, endpoint);
    }
  }

  /** Those of files miss their path, an explanation its framework, before there is a document. */
  private static void refusesName(int port, Endpoint endpoint) throws IOException {
    if (!endpoint.path().startsWith("/files/")
        && !endpoint.equals(MasterEndpoints.EXPLAIN)
        && endpoint.methods().isEmpty()
        && endpoint.answer() == Endpoint.AnswerKind.JSON) {
      var answer = get(port, endpoint.path() + "?jsonp=alert(1)");
      assertEquals(400, answer.status(), endpoint.path());
      assertTrue(answer.body().startsWith("Expecting 'jsonp' to be"), answer.body());
    }
  }

  private static void refuses(int port, String path) throws IOException {
    for (var query : UNDECODABLE) {
      var answer = get(port, path + "?" + query);
      assertEquals(400, answer.status(), path + "?" + query + ": " + answer.body());
      assertTrue(answer.body().startsWith("Expecting a well-formed query string"), answer.body());
    }
    assertEquals(200, get(port, "/health").status());
  }

  private static RawHttp.Answer get(int port, String target) throws IOException {
    try (var http = new RawHttp(port)) {
      http.send("GET", target, List.of(), new byte[0]);
      return http.answer();
    }
  }

  private static Stream<String> paths(RouteTable table) {
    var paths = new ArrayList<String>();
    for (var endpoint : table.endpoints()) {
      if (endpoint.methods().isEmpty() || endpoint.methods().contains("GET")) {
        paths.add(endpoint.path());
        if (endpoint.reach() == Endpoint.Reach.BOTH) {
          paths.add(table.prefix() + endpoint.path());
        }
      }
    }
    return paths.stream();
  }
}
