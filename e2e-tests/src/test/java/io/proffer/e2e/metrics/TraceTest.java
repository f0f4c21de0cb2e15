package io.proffer.e2e.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --trace_tasks}: where the time between ACCEPT and TASK_RUNNING went. */
@Timeout(120)
final class TraceTest {
  private static final String MS = " \\d+\\.\\d";

  /** Also of one that has ended before anybody was told that it runs. */
  @ParameterizedTest
  @ValueSource(strings = {"sleep 600", "true"})
  void everyHopOfATaskIsToldWithItsTime(String command) {
    try (var cluster = Cluster.master("--trace_tasks")) {
      cluster.addAgent(Cluster.RESOURCES, "--trace_tasks");
      cluster.awaitAgents(1);
      var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("trace"));
      var offer = scheduler.awaitOffer();
      scheduler.launch(offer, List.of(Scheduler.task("traced", command, offer)));
      scheduler.awaitUpdate("traced", "TASK_RUNNING");

      awaitLine(
          cluster,
          "master.log",
          "Task traced of framework \\S+ on agent \\S+ took"
              + MS
              + " ms from ACCEPT decoded: decided"
              + MS
              + ", launch sent"
              + MS
              + ", RUNNING received"
              + MS
              + ", RUNNING forwarded"
              + MS);
      awaitLine(
          cluster,
          "master.log",
          "Task traced of framework \\S+ on agent \\S+: acknowledged,"
              + MS
              + " ms after RUNNING forwarded");
      awaitLine(
          cluster,
          "agent0.log",
          "Task traced of framework \\S+ took"
              + MS
              + " ms from launch received: admitted"
              + MS
              + ", launch ordered"
              + MS
              + ", container started"
              + MS
              + ", RUNNING sent"
              + MS);
      awaitLine(
          cluster,
          "agent0.log",
          "Task traced of framework \\S+: acknowledged," + MS + " ms after RUNNING sent");
      scheduler.teardown();
      scheduler.close();
    }
  }

  @Test
  void aCollectorIsToldByMasterAndAgentOfOneTrace() throws IOException {
    var spans = new ConcurrentLinkedQueue<JsonNode>();
    var collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/traces", exchange -> take(exchange, spans));
    collector.start();
    var flag = "--otlp_endpoint=http://127.0.0.1:" + collector.getAddress().getPort();
    try (var cluster = Cluster.master(flag)) {
      cluster.addAgent(Cluster.RESOURCES, flag);
      cluster.awaitAgents(1);
      var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("trace"));
      var offer = scheduler.awaitOffer();
      scheduler.launch(offer, List.of(Scheduler.task("traced", "sleep 600", offer)));
      scheduler.awaitUpdate("traced", "TASK_RUNNING");

      // The master's way is five hops, the agent's five.
      Awaitility.await("spans").atMost(Duration.ofSeconds(20)).until(() -> spans.size() == 10);
      var waits = span(spans, "RUNNING received");
      var below = span(spans, "agent: launch received to RUNNING sent");
      assertEquals(waits.path("spanId"), below.path("parentSpanId"));
      assertEquals(1, spans.stream().map(span -> span.path("traceId")).distinct().count());
      // Of one host, and so of one clock but for what lies between reading its two faces.
      var slack = Duration.ofMillis(100).toNanos();
      assertTrue(nanos(waits, "start") - slack <= nanos(below, "start"), spans::toString);
      assertTrue(nanos(below, "end") <= nanos(waits, "end") + slack, spans::toString);
      Awaitility.await("the count of spans")
          .atMost(Duration.ofSeconds(10))
          .until(() -> exported(cluster) == 5);
      assertFalse(read(cluster, "master.log").contains(": ACCEPT decoded"), "no lines wanted");
      scheduler.teardown();
      scheduler.close();
    } finally {
      collector.stop(0);
    }
  }

  private static double exported(Cluster cluster) {
    var scrape = new Scrape();
    scrape.add(cluster.masterUrl());
    return scrape.value("proffer_trace_spans_total{outcome=\"exported\"}");
  }

  private static void take(HttpExchange exchange, Queue<JsonNode> spans) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    for (var of : Json.parse(body).path("resourceSpans")) {
      of.path("scopeSpans").forEach(scope -> scope.path("spans").forEach(spans::add));
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static JsonNode span(Queue<JsonNode> spans, String name) {
    return spans.stream()
        .filter(span -> span.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + spans));
  }

  private static long nanos(JsonNode span, String which) {
    return Long.parseLong(span.path(which + "TimeUnixNano").asText());
  }

  private static void awaitLine(Cluster cluster, String file, String line) {
    var pattern = Pattern.compile(line);
    Awaitility.await(line)
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              var log = read(cluster, file);
              assertTrue(pattern.matcher(log).find(), log);
            });
  }

  private static String read(Cluster cluster, String file) {
    try {
      return Files.readString(cluster.directory().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
