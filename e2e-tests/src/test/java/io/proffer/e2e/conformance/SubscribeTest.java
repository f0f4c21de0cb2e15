package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.RawHttp;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Each recorded SUBSCRIBE and UPDATE_FRAMEWORK on a fresh cluster: the same answer, the same start.
 */
@Timeout(300)
final class SubscribeTest {
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    if (Golden.directory().isPresent()) {
      cluster = Golden.cluster();
    }
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> subscriptions() {
    return Golden.all("scheduler").stream()
        .filter(
            g ->
                g.name().startsWith("SUBSCRIBE-")
                    && !g.name().contains("-stream-")
                    && !FailoverStoryTest.NAMES.contains(g.name()))
        .map(
            g ->
                DynamicTest.dynamicTest(
                    g.name(),
                    () ->
                        Differences.check(
                            g, () -> Starts.same(g, cluster.masterPort(), text -> text))));
  }

  @TestFactory
  Stream<DynamicTest> updates() {
    return Golden.all("scheduler").stream()
        .filter(g -> g.name().startsWith("UPDATE_FRAMEWORK-"))
        .map(
            g ->
                DynamicTest.dynamicTest(g.name(), () -> Differences.check(g, () -> sameUpdate(g))));
  }

  private static void sameUpdate(Golden golden) throws IOException {
    var info =
        Json.of(
            "{'user':'root','name':'golden-updfw','roles':['golden','golden2'],"
                + "'capabilities':[{'type':'MULTI_ROLE'}]}");
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), info);
        var http = new RawHttp(cluster.masterPort())) {
      var body =
          new String(golden.body(), StandardCharsets.UTF_8)
              .replaceAll("[0-9a-f-]{36}-\\d{4}", scheduler.frameworkId());
      var headers = new ArrayList<>(golden.headerLines());
      headers.replaceAll(
          line ->
              line.startsWith("Mesos-Stream-Id:")
                  ? "Mesos-Stream-Id: " + scheduler.streamId()
                  : line);
      http.send("POST", golden.path(), headers, body.getBytes(StandardCharsets.UTF_8));
      var answer = http.answer();
      assertEquals(golden.status(), answer.status(), answer.body());
      assertEquals(Normal.text(golden.response().get("body").asText()), Normal.text(answer.body()));
      scheduler.teardown();
    }
  }
}
