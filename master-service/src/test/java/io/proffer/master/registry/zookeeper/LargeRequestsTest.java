package io.proffer.master.registry.zookeeper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.OneServer;
import io.proffer.api.zookeeper.ZooKeeperUrl;
import io.proffer.kernel.Write;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
    var process = serve();
    try (var said = process.inputReader()) {
      var url = said.lines().filter(ZooKeeperUrl::isMeantBy).findFirst().orElseThrow();
      writeAndRead(ZooKeeperUrl.parse(url));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void writeAndRead(ZooKeeperUrl url) throws Exception {
    try (var nodes = CuratorNodes.open(url, Duration.ofSeconds(10))) {
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
    }
  }

  private static ZooKeeperJournal open(CuratorNodes nodes, String writer) {
    return ZooKeeperJournal.open(nodes, PATH, new Writer(writer, () -> true), "", LIMITS);
  }

  private Process serve() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djute.maxbuffer=" + SERVERS_TAKE,
            "-Djava.io.tmpdir=" + directory,
            "-cp",
            System.getProperty("java.class.path"),
            Server.class.getName())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Says where it serves, as soon as it does, and then serves until its process is ended. */
  static final class Server {
    private Server() {}

    public static void main(String[] arguments) throws InterruptedException {
      System.out.println(OneServer.start().url(PATH));
      Thread.currentThread().join();
    }
  }
}
