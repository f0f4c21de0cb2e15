package io.proffer.api.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.proffer.api.flags.Flags;
import io.proffer.api.flags.WrongFlagException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OtlpExporterTest {
  private static final Trip.Task TASK = new Trip.Task("f", "t");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);

  /** How many are answered with 503 before that. */
  private final AtomicInteger unavailable = new AtomicInteger();

  private volatile int status = 200;
  private volatile boolean waits;
  private HttpServer collector;

  @BeforeEach
  void start() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Key")));
          received.add(exchange.getRequestURI() + " " + body);
          try {
            if (waits) {
              mayAnswer.await();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(unavailable.getAndDecrement() > 0 ? 503 : status, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void stop() {
    mayAnswer.countDown();
    collector.stop(0);
  }

  @Test
  void spansOfMasterAndAgentAreOneTrace() throws Exception {
    var ofMaster = spans(send("master", trip("ACCEPT decoded", "launch sent", "RUNNING received")));
    var ofAgent = spans(send("agent", trip("launch received", "RUNNING sent")));

    var root = ofMaster.get("master: ACCEPT decoded to RUNNING received");
    assertTrue(root.path("traceId").asText().matches("[0-9a-f]{32}"));
    assertTrue(root.path("spanId").asText().matches("[0-9a-f]{16}"));
    assertTrue(root.path("parentSpanId").isMissingNode());
    var waits = ofMaster.get("RUNNING received");
    assertEquals(root.path("spanId"), waits.path("parentSpanId"));
    var below = ofAgent.get("agent: launch received to RUNNING sent");
    assertEquals(waits.path("spanId"), below.path("parentSpanId"));
    assertEquals(below.path("spanId"), ofAgent.get("RUNNING sent").path("parentSpanId"));
    assertEquals(root.path("traceId"), below.path("traceId"));
    assertEquals(3, ofMaster.size());
    assertEquals(2, ofAgent.size());
  }

  @Test
  void eachHopLastsFromTheOneBefore() throws Exception {
    var before = System.currentTimeMillis();
    var all = spans(send("master", trip("a", "b", "c")));
    assertEquals(nanos(all.get("b"), "end"), nanos(all.get("c"), "start"));
    assertEquals(1_000_000, nanos(all.get("b"), "end") - nanos(all.get("b"), "start"));
    assertEquals(2_000_000, nanos(all.get("master: a to c"), "end") - nanos(all.get("b"), "start"));
    var startMs = TimeUnit.NANOSECONDS.toMillis(nanos(all.get("b"), "start"));
    assertTrue(Math.abs(startMs - before) < 5_000, startMs + " is not about " + before);
    assertEquals(
        "[{\"key\":\"proffer.framework_id\",\"value\":{\"stringValue\":\"f\"}},"
            + "{\"key\":\"proffer.task_id\",\"value\":{\"stringValue\":\"t\"}}]",
        all.get("b").path("attributes").toString());
  }

  @Test
  void idsDependOnWhereTheyEnd() {
    assertNotEquals(
        TraceIds.trace(new Trip.Task("a", "bc")), TraceIds.trace(new Trip.Task("ab", "c")));
  }

  @Test
  void whatTheCollectorRefusesIsCounted() throws Exception {
    status = 503;
    var exporter = exporter("master", 10);
    exporter.add(trip("a", "b", "c"));
    received.take();
    exporter.close();
    assertEquals(3, exporter.dropped());
    assertEquals(0, exporter.exported());
  }

  @Test
  void whatItMayTakeLaterIsSentAgain() throws Exception {
    unavailable.set(1);
    var exporter = exporter("master", 10);
    exporter.add(trip("a", "b", "c"));
    var first = received.take();
    assertEquals(first, received.take());
    exporter.close();
    assertEquals(3, exporter.exported());
    assertEquals(0, exporter.dropped());
  }

  @Test
  void whatItWillNeverTakeIsSentOnce() throws Exception {
    status = 400;
    var exporter = exporter("master", 10);
    exporter.add(trip("a", "b"));
    var first = received.take();
    exporter.add(trip("a", "b", "c"));
    assertNotEquals(first, received.take());
    exporter.close();
    assertEquals(5, exporter.dropped());
    assertTrue(received.isEmpty());
  }

  @Test
  void patienceEnds() throws Exception {
    status = 503;
    try (var exporter = exporter("master", 10, Duration.ofMillis(600))) {
      exporter.add(trip("a", "b"));
      var first = received.take();
      assertEquals(first, received.take());
      exporter.add(trip("a", "b", "c"));
      assertNotEquals(first, received.take());
    }
  }

  @Test
  void headersGoWithEachRequest() throws Exception {
    send("master", trip("a", "b"));
    assertEquals("secret", keys.take());
  }

  @Test
  void headersAreReadAsTheStandardHasThem() {
    assertEquals(
        Map.of("api-key", "a+b=c d", "x", ""), TraceFlags.headers(" api-key=a+b=c%20d , x=,"));
    for (var text :
        List.of(
            "secret",
            "a b=secret",
            "a=secret%zz",
            "=secret",
            "Host=secret",
            "connection=secret",
            "a=secret%0Ab")) {
      var wrong = assertThrows(WrongFlagException.class, () -> TraceFlags.headers(text));
      assertFalse(wrong.getMessage().contains("secret"), wrong.getMessage());
    }
  }

  @Test
  void whatNobodyTakesIsCounted() throws Exception {
    collector.stop(0);
    var exporter = exporter("master", 10);
    exporter.add(trip("a", "b"));
    exporter.close();
    assertEquals(2, exporter.dropped());
    exporter.add(trip("a", "b"));
    assertEquals(4, exporter.dropped(), "after its end");
  }

  @Test
  void whatCannotBeSentAtAllIsCounted() {
    var exporter = exporter("master", 10, PATIENCE, Map.of("Host", "other"));
    exporter.add(trip("a", "b"));
    exporter.close();
    assertEquals(2, exporter.dropped());
  }

  @Test
  void whatTheQueueHasNoRoomForIsCounted() throws Exception {
    waits = true;
    var exporter = exporter("master", 1);
    exporter.add(trip("a", "b"));
    received.take();
    for (var i = 0; i < 3; i++) {
      exporter.add(trip("a", "b"));
    }
    assertEquals(4, exporter.dropped());
    mayAnswer.countDown();
    exporter.close();
    assertEquals(4, exporter.exported());
  }

  @Test
  void thePathOfTracesIsAddedToTheUrl() throws Exception {
    var base = "http://127.0.0.1:" + collector.getAddress().getPort();
    for (var url : List.of(base, base + "/", base + "/v1/traces")) {
      open(url);
      assertTrue(received.take().startsWith("/v1/traces {\"resourceSpans\":["), url);
    }
    open(base + "/below/");
    assertTrue(received.take().startsWith("/below/v1/traces {"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"collector:4318", "ftp://collector", "http://", "http://a b", "x"})
  void whatIsNoUrlIsToldByItsFlag(String url) {
    var wrong = assertThrows(WrongFlagException.class, () -> open(url));
    assertEquals("--otlp_endpoint", wrong.flag());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:hush@127.0.0.1:4318",
        "https://me:hush@collector/v1/traces",
        "ftp://me:hush@collector",
        "http://me:hu sh@collector",
        "me:hush@collector"
      })
  void whoGivesAPasswordInTheUrlIsToldWhereItBelongsAndNotWhatItIs(String url) {
    var wrong = assertThrows(WrongFlagException.class, () -> open(url));
    assertEquals("--otlp_endpoint", wrong.flag());
    assertTrue(wrong.getMessage().contains("OTEL_EXPORTER_OTLP_HEADERS"), wrong.getMessage());
    for (var secret : List.of("hush", "hu sh", "me:", "collector")) {
      assertFalse(wrong.getMessage().contains(secret), wrong.getMessage());
    }
  }

  private static void open(String url) {
    var flags = Flags.fill(new TraceFlags(), Map.of("otlp_endpoint", url));
    try (var tracing = flags.open("master", System::nanoTime)) {
      var hops = tracing.hops().orElseThrow();
      hops.begin("key", TASK, "a");
      hops.arrive("key", "b");
    }
  }

  private String send(String service, Trip trip) throws InterruptedException {
    try (var exporter = exporter(service, 10)) {
      exporter.add(trip);
      return received.take();
    }
  }

  private OtlpExporter exporter(String service, int capacity) {
    return exporter(service, capacity, PATIENCE);
  }

  private OtlpExporter exporter(String service, int capacity, Duration patience) {
    return exporter(service, capacity, patience, Map.of("X-Key", "secret"));
  }

  private OtlpExporter exporter(
      String service, int capacity, Duration patience, Map<String, String> headers) {
    var url = URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces");
    return new OtlpExporter(
        new OtlpExporter.Collector(url, headers, patience), service, capacity, System::nanoTime);
  }

  /** A hop each millisecond, the first now. */
  private static Trip trip(String... names) {
    var now = System.nanoTime();
    var hops = new ArrayList<Trip.Hop>();
    for (var i = 0; i < names.length; i++) {
      hops.add(new Trip.Hop(names[i], now + i * 1_000_000L));
    }
    return new Trip(TASK, hops);
  }

  private static long nanos(JsonNode span, String which) {
    return Long.parseLong(span.path(which + "TimeUnixNano").asText());
  }

  private static Map<String, JsonNode> spans(String request) throws IOException {
    var body = new ObjectMapper().readTree(request.substring(request.indexOf('{')));
    var all = new LinkedHashMap<String, JsonNode>();
    for (var span : body.at("/resourceSpans/0/scopeSpans/0/spans")) {
      all.put(span.path("name").asText(), span);
    }
    return all;
  }
}
