package io.proffer.master.registry.zookeeper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.ZooKeeperUrl;
import io.proffer.kernel.Write;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.server.ZooKeeperServerMain;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that take larger requests than by default, in a process of their own for that. */
@Timeout(120)
class LargeRequestsTest {
  private static final String PATH = "/cluster";
  private static final int SERVERS_TAKE = 8 << 20;
  private static final RegistryLimits LIMITS =
      new RegistryLimits(SERVERS_TAKE / 2, Duration.ofSeconds(30));

  @TempDir private Path directory;

  @Test
  void whatIsWrittenWithLargeRequestsCanBeReadByTheNextMaster() throws Exception {
    var port = freePort();
    var process = serve(port);
    Awaitility.await("the server").ignoreExceptions().until(() -> answers(port));
    try (var nodes =
        CuratorNodes.open(
            new ZooKeeperUrl(List.of("127.0.0.1:" + port), PATH, Optional.empty()),
            Duration.ofSeconds(10))) {
      var value = new byte[SERVERS_TAKE / 2 - 100_000];
      new Random(1).nextBytes(value);
      try (var journal = open(nodes, "first")) {
        journal
            .append(List.of(Write.put("maintenance", value)))
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
      }
      try (var journal = open(nodes, "second")) {
        var found = journal.load();
        assertEquals(1, found.size());
        assertArrayEquals(value, found.getFirst().value().orElseThrow());
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static ZooKeeperJournal open(CuratorNodes nodes, String writer) {
    return ZooKeeperJournal.open(nodes, PATH, new Writer(writer, () -> true), "", LIMITS);
  }

  private Process serve(int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djute.maxbuffer=" + SERVERS_TAKE,
            "-Dzookeeper.admin.enableServer=false",
            "-cp",
            System.getProperty("java.class.path"),
            ZooKeeperServerMain.class.getName(),
            Integer.toString(port),
            directory.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** It listens some time before it serves. */
  private static boolean answers(int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
          .contains("Mode: ");
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
