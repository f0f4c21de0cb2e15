package io.proffer.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import io.proffer.e2e.ServiceProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A file of a sandbox that is larger than all the memory of its agent is read to its end. */
@Timeout(600)
final class LargeFilesTest {
  private static final long SIZE = 256L << 20;

  /**
   * Holes, which take no room on the disk, with words at the begin, in the midst and at the end.
   */
  private static final String WRITE =
      "printf begin > large; truncate -s %d large; printf midst >> large; truncate -s %d large; printf end >> large; exec sleep 600"
          .formatted(SIZE / 2, SIZE - 3);

  @Test
  void aFileLargerThanTheHeapIsReadWhole() throws Exception {
    var port = FreePorts.any();
    try (var cluster = Cluster.master();
        var agent = agent(cluster, port);
        var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("large"))) {
      var offer = scheduler.awaitOffer();
      scheduler.launch(offer, List.of(Scheduler.task("writes", WRITE, offer)));
      scheduler.awaitUpdate("writes", "TASK_RUNNING");
      var url = "http://127.0.0.1:" + port;
      var sandbox = Json.get(url + "/state").at("/frameworks/0/executors/0/directory").asText();
      var large = Path.of(sandbox, "large");
      Awaitility.await("the file is written")
          .atMost(Duration.ofSeconds(20))
          .until(() -> Files.exists(large) && Files.size(large) == SIZE);
      var written = sum(Files.newInputStream(large));

      assertEquals(written, downloaded(url, large));
      assertEquals(written, read(url, large));
      assertTrue(agent.alive(), agent.output());
      scheduler.teardown();
      agent.endForGood();
    }
  }

  private static ServiceProcess agent(Cluster cluster, int port) {
    var agent =
        ServiceProcess.start(
                cluster.directory().resolve("agent.log"),
                List.of("-Xmx96m", "-XX:+ExitOnOutOfMemoryError"),
                List.of(
                    "agent",
                    "--ip=127.0.0.1",
                    "--port=" + port,
                    "--master=127.0.0.1:" + cluster.masterPort(),
                    "--work_dir=" + cluster.directory().resolve("agent0"),
                    "--runtime_dir=" + cluster.directory().resolve("agent0-run"),
                    "--resources=" + Cluster.RESOURCES))
            .awaitHealthy(port);
    cluster.awaitAgents(1);
    return agent;
  }

  private static long sum(InputStream from) throws IOException {
    try (var summed = new CheckedInputStream(from, new CRC32())) {
      summed.transferTo(OutputStream.nullOutputStream());
      return summed.getChecksum().getValue();
    }
  }

  private static long downloaded(String url, Path file) throws Exception {
    var path = URLEncoder.encode(file.toString(), StandardCharsets.UTF_8);
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create(url + "/files/download?path=" + path)).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertEquals(200, answer.statusCode());
      assertEquals(SIZE, answer.headers().firstValueAsLong("Content-Length").orElseThrow());
      return sum(answer.body());
    }
  }

  /** Piece by piece, as large as the agent gives them. */
  private static long read(String url, Path file) throws IOException {
    var sum = new CRC32();
    var call = Json.of("{'type':'READ_FILE','read_file':{}}");
    for (var offset = 0L; offset < SIZE; ) {
      call.withObject("/read_file").put("path", file.toString()).put("offset", offset);
      var answer =
          Json.post(
              url + "/api/v1",
              call.toString(),
              "Content-Type",
              "application/json",
              "Accept",
              "application/json");
      assertEquals(200, answer.statusCode(), answer.body());
      var piece = Json.parse(answer.body()).path("read_file");
      assertEquals(SIZE, piece.path("size").asLong());
      var bytes = piece.path("data").binaryValue();
      assertTrue(bytes.length > 0, "nothing came from " + offset + " on");
      sum.update(bytes);
      offset += bytes.length;
    }
    return sum.getValue();
  }
}
