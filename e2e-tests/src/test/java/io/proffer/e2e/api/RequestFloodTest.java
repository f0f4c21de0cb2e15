package io.proffer.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small requests without end from one client, beside another that only wants to look. A million of
 * them with {@code -Dflood=1000000}.
 */
@Timeout(value = 9, unit = TimeUnit.MINUTES)
class RequestFloodTest {
  private static final int SOCKETS = 4;
  private static final int PIPELINED = 50;
  private static final int ADDRESSES = 100;
  private static final long WARM_REQUESTS = 60_000;
  private static final long REQUESTS = Long.getLong("flood", 200_000);
  private static final long GROWTH_KB = 48 * 1024;

  @TempDir static Path directory;

  private final AtomicLong served = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong otherwise = new AtomicLong();

  @Test
  void whoAsksWithoutEndIsHeldBackAndOthersAreServed() throws Exception {
    var known = Files.writeString(directory.resolve("known"), "flood secret\nbob build\n");
    try (var cluster =
        Cluster.master(
            "--credentials=" + known,
            "--authenticate_http_readonly",
            "--max_requests_per_second=20",
            "--max_limited_clients=10",
            "--rate_limits={\"limits\": [{\"principal\": \"bob\"}]}")) {
      var isOver = new AtomicBoolean();
      var crowd = new ArrayList<Thread>();
      for (var i = 0; i < SOCKETS; i++) {
        crowd.add(Thread.ofVirtual().start(() -> flood(cluster.masterPort(), isOver)));
      }
      try {
        served(cluster, WARM_REQUESTS);
        var before = residentKb(cluster);
        var slowest = served(cluster, REQUESTS);
        var grown = residentKb(cluster) - before;
        assertTrue(slowest.compareTo(Duration.ofSeconds(2)) < 0, "bob waited " + slowest);
        assertTrue(grown < GROWTH_KB, "the master grew by " + grown + " kB");
      } finally {
        isOver.set(true);
        for (var thread : crowd) {
          thread.join();
        }
      }
      assertEquals(0, otherwise.get(), "requests that were answered neither 200 nor 429");
      assertTrue(served.get() > 20, "none were served");
      // Twenty a second and a burst of forty, for as long as this may take.
      assertTrue(served.get() < 20 * 180 + 40, served + " were served");
      var metrics = ask(cluster, "/metrics/prometheus");
      assertTrue(metrics.contains("proffer_requests_over_limit_total{principal=\"flood\"} "));

      manyAddresses(cluster.masterPort());
      var later = ask(cluster, "/metrics/prometheus");
      assertTrue(later.contains("proffer_limited_clients 10.0"), "more than there is room for");
    }
  }

  /** Bob asks until so many requests of the flood were refused meanwhile; his slowest answer. */
  private Duration served(Cluster cluster, long more) {
    var target = refused.get() + more;
    var slowest = Duration.ZERO;
    do {
      var start = System.nanoTime();
      ask(cluster, "/state");
      var took = Duration.ofNanos(System.nanoTime() - start);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    } while (refused.get() < target);
    return slowest;
  }

  private void flood(int port, AtomicBoolean isOver) {
    var request =
        "GET /state HTTP/1.1\r\nHost: x\r\nAuthorization: " + basic("flood:secret") + "\r\n\r\n";
    var many = request.repeat(PIPELINED).getBytes(StandardCharsets.UTF_8);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      var in = new BufferedInputStream(socket.getInputStream());
      while (!isOver.get()) {
        socket.getOutputStream().write(many);
        for (var i = 0; i < PIPELINED; i++) {
          count(status(in));
        }
      }
    } catch (IOException e) {
      throw new AssertionError("the flood was cut off", e);
    }
  }

  private void count(int status) {
    (switch (status) {
          case 200 -> served;
          case 429 -> refused;
          default -> otherwise;
        })
        .incrementAndGet();
  }

  /** Addresses of the loopback network, each with credentials that are wrong. */
  private static void manyAddresses(int port) throws IOException {
    for (var i = 1; i <= ADDRESSES; i++) {
      try (var socket = new Socket()) {
        socket.bind(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 7, (byte) i}), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(20_000);
        var request = "GET /state HTTP/1.1\r\nHost: x\r\nAuthorization: Basic x\r\n\r\n";
        var in = new BufferedInputStream(socket.getInputStream());
        for (var n = 0; n < 3; n++) {
          socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
          var status = status(in);
          assertTrue(status == 401 || status == 429, "answered " + status);
        }
      }
    }
  }

  /** Of an answer whose length is told, as all here are. */
  private static int status(BufferedInputStream in) throws IOException {
    var status = Integer.parseInt(line(in).substring(9, 12));
    var length = 0;
    for (var header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.startsWith("Content-Length: ")) {
        length = Integer.parseInt(header.substring(16));
      }
    }
    in.skipNBytes(length);
    return status;
  }

  private static String line(BufferedInputStream in) throws IOException {
    var line = new StringBuilder();
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new SocketException("closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static String ask(Cluster cluster, String path) {
    var answer =
        Json.send(
            HttpRequest.newBuilder(URI.create(cluster.masterUrl() + path))
                .header("Authorization", basic("bob:build")));
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  private static long residentKb(Cluster cluster) throws IOException {
    var status = Path.of("/proc", Long.toString(cluster.masterProcess().pid()), "status");
    var line = Files.readAllLines(status).stream().filter(l -> l.startsWith("VmRSS:")).findAny();
    return Long.parseLong(line.orElseThrow().replaceAll("[^0-9]", ""));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
