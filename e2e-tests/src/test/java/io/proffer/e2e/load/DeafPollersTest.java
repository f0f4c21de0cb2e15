package io.proffer.e2e.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Those who ask for a long document and never read it. */
@Timeout(120)
final class DeafPollersTest {
  private static final int POLLERS = 50;

  /** The state of a connection that nobody has ended, in the tables of the kernel. */
  private static final String ESTABLISHED = "01";

  private static final int FRAMEWORKS = 5;
  private static final int LABEL_CHARS = 4_000_000;
  private static final int ENOUGH_BYTES = FRAMEWORKS * LABEL_CHARS;

  @Test
  void pollersThatNeverReadAreCutAndOthersAreServed() throws Exception {
    try (var cluster = Cluster.withAgent("--stream_stall_timeout=2secs")) {
      var schedulers = new ArrayList<Scheduler>();
      for (var i = 0; i < FRAMEWORKS; i++) {
        schedulers.add(Scheduler.subscribe(cluster.masterUrl(), heavy()));
      }
      var pollers = new ArrayList<Socket>();
      try {
        for (var i = 0; i < POLLERS; i++) {
          pollers.add(ask(cluster.masterPort()));
        }
        assertTrue(state(cluster).length() > ENOUGH_BYTES);
        var before = System.nanoTime();
        schedulers
            .getFirst()
            .accepted(
                Json.of("{'type':'RECONCILE','reconcile':{'tasks':[{'task_id':{'value':'x'}}]}}"));
        schedulers.getFirst().awaitUpdate("x", "TASK_UNKNOWN");
        assertTrue(System.nanoTime() - before < 3_000_000_000L, "deaf pollers slowed another");
        Awaitility.await("the end of all pollers at the master's side")
            .atMost(Duration.ofSeconds(30))
            .until(() -> open(pollers) == 0);
        // Only now do they read: what was on the way, and no more.
        for (var poller : pollers) {
          assertTrue(rest(poller) < ENOUGH_BYTES, "a poller got all, late as it was");
        }
        assertTrue(state(cluster).length() > ENOUGH_BYTES);
      } finally {
        for (var poller : pollers) {
          poller.close();
        }
        for (var scheduler : schedulers) {
          scheduler.teardown();
          scheduler.close();
        }
      }
    }
  }

  private static ObjectNode heavy() {
    var info = Scheduler.info("heavy");
    info.putObject("labels")
        .putArray("labels")
        .addObject()
        .put("key", "weight")
        .put("value", "x".repeat(LABEL_CHARS));
    return info;
  }

  private static Socket ask(int port) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(64 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(30_000);
    socket
        .getOutputStream()
        .write("GET /state HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static String state(Cluster cluster) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create(cluster.masterUrl() + "/state")).build(),
              BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      return answer.body();
    }
  }

  /** How many of these connections the other side still holds open. */
  private static long open(List<Socket> clients) throws IOException {
    var ports = clients.stream().map(Socket::getLocalPort).collect(Collectors.toSet());
    var open = 0L;
    for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      open +=
          Files.readAllLines(Path.of(table)).stream()
              .map(line -> line.strip().split("\\s+", 5))
              .filter(row -> row[3].equals(ESTABLISHED) && ports.contains(port(row[2])))
              .count();
    }
    return open;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
  }

  /** How much comes until the connection ends; a reset is an end too. */
  private static long rest(Socket socket) throws IOException {
    var all = 0L;
    try {
      var buffer = new byte[64 * 1024];
      for (var count = socket.getInputStream().read(buffer);
          count >= 0;
          count = socket.getInputStream().read(buffer)) {
        all += count;
      }
    } catch (SocketException e) {
      assertTrue(all > 0, "reset before anything came: " + e.getMessage());
    }
    return all;
  }
}
