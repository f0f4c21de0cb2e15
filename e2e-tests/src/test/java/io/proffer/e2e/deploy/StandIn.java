package io.proffer.e2e.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers as a master does, as far as a load balancer sees it. */
final class StandIn implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger checks = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);

  StandIn(boolean ready) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/health", exchange -> answer(exchange, 200));
    server.createContext(
        "/ready",
        exchange -> {
          checks.incrementAndGet();
          answer(exchange, ready ? 200 : 503);
        });
    server.createContext(
        "/api/v1/scheduler",
        exchange -> {
          calls.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          answer(exchange, 202);
        });
    server.createContext("/quota", this::unknown);
    server.createContext("/master/weights", this::unknown);
    server.createContext("/stream", this::stream);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** How often it was asked whether it is ready. */
  int checks() {
    return checks.get();
  }

  /** How many calls it took. */
  int calls() {
    return calls.get();
  }

  void endStreams() {
    end.countDown();
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  /** Nobody knows what became of it. */
  private void unknown(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("X-Proffer-Outcome", "unknown");
    answer(exchange, 503);
  }

  private void stream(HttpExchange exchange) throws IOException {
    try (var body = exchange.getResponseBody()) {
      exchange.sendResponseHeaders(200, 0);
      body.write((exchange.getRequestHeaders().getFirst("Host") + "\n").getBytes(UTF_8));
      body.flush();
      if (end.await(20, TimeUnit.SECONDS)) {
        body.write("end\n".getBytes(UTF_8));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.close();
  }
}
