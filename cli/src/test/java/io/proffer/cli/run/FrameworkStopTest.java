package io.proffer.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.proffer.cli.client.Identity;
import io.proffer.cli.client.MasterAddress;
import io.proffer.cli.client.SchedulerClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A signal, before a master that answers SUBSCRIBE when the test says so. */
@Timeout(30)
class FrameworkStopTest {
  private static final String SUBSCRIBED =
      "{\"type\":\"SUBSCRIBED\",\"subscribed\":{\"framework_id\":{\"value\":\"F\"}}}";

  private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer master;
  private Framework framework;

  @BeforeEach
  void start() throws IOException {
    master = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    master.setExecutor(threads);
    master.createContext("/api/v1/scheduler", this::answer);
    master.start();
    var console =
        new Console(new ByteArrayOutputStream(), new ByteArrayOutputStream(), UTF_8, false);
    var job = new Job("j", "*", "u", "true", Map.of(), Scalars.parse("cpus:1"), 1);
    var address = new MasterAddress("127.0.0.1", master.getAddress().getPort());
    framework =
        new Framework(
            job, new SchedulerClient(address, Identity.NOBODY), Sandboxes.ofAgents(), console);
  }

  @AfterEach
  void stop() {
    mayAnswer.countDown();
    over.countDown();
    master.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var call = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    var type = call.replaceFirst(".*?\"type\":\"(\\w+)\".*", "$1");
    calls.add(type);
    try {
      if (type.equals("SUBSCRIBE")) {
        mayAnswer.await();
        exchange.getResponseHeaders().set("Mesos-Stream-Id", "s");
        exchange.sendResponseHeaders(200, 0);
        var record = SUBSCRIBED.length() + "\n" + SUBSCRIBED;
        exchange.getResponseBody().write(record.getBytes(UTF_8));
        exchange.getResponseBody().flush();
        over.await();
      } else {
        exchange.sendResponseHeaders(202, -1);
        over.countDown();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private CompletableFuture<Integer> run() throws InterruptedException {
    var code =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return framework.run();
              } catch (Exception failed) {
                throw new UncheckedIOException(new IOException(failed));
              }
            },
            threads);
    assertEquals("SUBSCRIBE", calls.poll(10, TimeUnit.SECONDS));
    return code;
  }

  @Test
  void aSignalBeforeTheMasterAnsweredWaitsForItAndTearsDown() throws Exception {
    var code = run();
    var last = CompletableFuture.supplyAsync(framework::stop, threads);
    mayAnswer.countDown();
    assertEquals(
        "Stopped; the framework is removed, and what still runs of its tasks is being ended.",
        last.get());
    assertEquals("TEARDOWN", calls.poll(10, TimeUnit.SECONDS));
    assertEquals(130, code.get());
    assertTrue(calls.isEmpty(), "told once: " + calls);
  }

  @Test
  void aMasterThatNeverAnswersIsNotWaitedForLong() throws Exception {
    var _ = run();
    var last = framework.stop();
    assertTrue(last.startsWith("Stopped before the master answered;"), last);
    assertTrue(last.endsWith("after 60 seconds."), last);
  }

  @Test
  void aSecondSignalEndsTheWait() throws Exception {
    var _ = run();
    var last = new CompletableFuture<String>();
    var hook = Thread.ofPlatform().start(() -> last.complete(framework.stop()));
    hook.interrupt();
    assertTrue(last.get().startsWith("Stopped before the master answered;"), last.get());
    assertTrue(calls.isEmpty(), "no TEARDOWN without an id: " + calls);
  }
}
