package io.proffer.e2e.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers that are slow, and readers that do not read. */
@Timeout(240)
final class SlowReaderTest {
  private static final int TASKS = 100_000;

  @Test
  void aSlowReaderOfALongAnswerIsNotCut() throws Exception {
    try (var cluster = Cluster.withAgent("--stream_stall_timeout=5secs");
        var reader = new RawStream(cluster)) {
      reader.reconcile(cluster, TASKS);
      var updates = 0;
      var started = System.nanoTime();
      long bytes = 0;
      while (updates < TASKS) {
        var record = reader.next();
        bytes += record.length();
        if (record.startsWith("{\"type\":\"UPDATE\"")) {
          updates++;
        }
        // One megabyte a second: what has been read may not run ahead of the time that passed.
        var due = started + bytes * 1000L - System.nanoTime();
        if (due > 10_000_000L) {
          Thread.sleep(Duration.ofNanos(due));
        }
      }
      assertEquals(TASKS, updates);
    }
  }

  @Test
  void aReaderThatDoesNotReadIsCutAndSlowsNobody() throws Exception {
    try (var cluster =
            Cluster.withAgent("--stream_stall_timeout=2secs", "--stream_buffer_bytes=1MB");
        var deaf = new RawStream(cluster)) {
      deaf.reconcile(cluster, TASKS);
      try (var other = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("other"))) {
        var before = System.nanoTime();
        other.accepted(
            Json.of("{'type':'RECONCILE','reconcile':{'tasks':[{'task_id':{'value':'x'}}]}}"));
        other.awaitUpdate("x", "TASK_UNKNOWN");
        assertTrue(System.nanoTime() - before < 3_000_000_000L, "a deaf stream slowed another");
        Awaitility.await("the deaf stream's end")
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> {
                  for (var f : Json.get(cluster.masterUrl() + "/state").path("frameworks")) {
                    if (f.path("id").asText().equals(deaf.frameworkId)) {
                      return !f.path("connected").asBoolean();
                    }
                  }
                  return true;
                });
        other.teardown();
      }
    }
  }

  /** A stream on a bare socket with a small receive buffer, read only when asked. */
  private static final class RawStream implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;
    private final String streamId;
    private final String frameworkId;

    RawStream(Cluster cluster) throws IOException {
      socket.setReceiveBufferSize(64 * 1024);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), cluster.masterPort()));
      socket.setSoTimeout(60_000);
      var body =
          "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":"
              + Scheduler.info("slow")
              + ",\"suppressed_roles\":[\"slow\"]}}";
      socket
          .getOutputStream()
          .write(
              ("POST /api/v1/scheduler HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      + "Accept: application/json\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.UTF_8));
      in = new BufferedInputStream(socket.getInputStream(), 8192);
      var id = "";
      for (var line = line(); !line.isEmpty(); line = line()) {
        if (line.regionMatches(true, 0, "Mesos-Stream-Id:", 0, 16)) {
          id = line.substring(16).trim();
        }
      }
      streamId = id;
      frameworkId = Json.parse(next()).at("/subscribed/framework_id/value").asText();
    }

    /** One record: a chunk that holds a length line and the record. */
    String next() throws IOException {
      var size = Integer.parseInt(line(), 16);
      var chunk = new String(in.readNBytes(size), StandardCharsets.UTF_8);
      line();
      return chunk.substring(chunk.indexOf('\n') + 1);
    }

    /** Explicit reconciliation of this many tasks that nobody knows. */
    void reconcile(Cluster cluster, int tasks) {
      var body =
          new StringBuilder("{\"type\":\"RECONCILE\",\"framework_id\":{\"value\":\"")
              .append(frameworkId)
              .append("\"},\"reconcile\":{\"tasks\":[");
      for (int i = 0; i < tasks; i++) {
        body.append(i == 0 ? "" : ",")
            .append("{\"task_id\":{\"value\":\"t")
            .append(i)
            .append("\"}}");
      }
      var answer =
          Json.post(
              cluster.masterUrl() + "/api/v1/scheduler",
              body.append("]}}").toString(),
              "Mesos-Stream-Id",
              streamId);
      assertEquals(List.of(202, ""), List.of(answer.statusCode(), answer.body()));
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      for (var c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("the stream ended");
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
