package io.proffer.e2e.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.proffer.api.zookeeper.LastingMasters;
import io.proffer.e2e.Cluster;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Go example, where there is a Go toolchain; {@code .ci/run} sees to one. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GoExampleTest {
  private static final Path SOURCES =
      Path.of(System.getProperty("project.root", ".."))
          .toAbsolutePath()
          .normalize()
          .resolve("examples/go");

  @TempDir static Path built;

  @TempDir Path directory;

  @BeforeAll
  static void build() throws Exception {
    assumeTrue(hasGo(), "no Go toolchain on the PATH: the Go example is not tried");
    go("vet", "./...");
    go("build", "-o", built.resolve("framework").toString(), ".");
  }

  @Test
  void itLaunchesCommandsAndEndsWithTheirStatus() throws Exception {
    try (var cluster = Cluster.withAgent()) {
      try (var framework = framework(cluster, "-instances=3", "-command=true")) {
        assertEquals(0, framework.await(), framework::everything);
      }
      try (var framework = framework(cluster, "-instances=1", "-command=exit 4")) {
        assertEquals(1, framework.await(), framework::everything);
      }
    }
  }

  @Test
  void itSurvivesAMasterThatDiesAndComesBack() throws Exception {
    var done = directory.resolve("done");
    var command = "until test -e " + done + "; do sleep 0.1; done";
    try (var cluster = Cluster.withAgent();
        var framework = framework(cluster, "-instances=2", "-command=" + command)) {
      framework.awaitText("go-1 TASK_RUNNING");
      framework.awaitText("go-2 TASK_RUNNING");
      cluster.masterProcess().kill();
      framework.awaitText("stream lost");
      cluster.startMaster();
      Files.createFile(done);
      assertEquals(0, framework.await(), framework::everything);
    }
  }

  @Test
  void itTearsDownOnANewStreamWhenItsLastCallFoundNone() throws Exception {
    try (var master = new ForgetfulMaster();
        var framework = framework("127.0.0.1:" + master.port(), "-instances=1")) {
      assertEquals(0, framework.await(), framework::everything);
      assertEquals(
          List.of("SUBSCRIBE", "ACCEPT on s1", "SUBSCRIBE", "TEARDOWN on s2"), master.taken());
    }
  }

  /** Nobody listens at the first of each list, of masters and of servers of ZooKeeper. */
  @Test
  void itTakesAListAFileAndWhatZooKeeperSays() throws Exception {
    try (var lasting = new LastingMasters("/proffer");
        var cluster = Cluster.withAgent()) {
      lasting.make("/proffer/log_replicas");
      lasting.make("/proffer/x_0000000000");
      lasting.lay(7, cluster.masterPort());
      lasting.lay(8, 1);
      var servers = lasting.url().connectString();
      var file = Files.writeString(directory.resolve("masters"), lasting.url() + "\n");
      for (var masters :
          List.of(
              "127.0.0.1:1," + Tool.master(cluster),
              "file://" + file,
              "zk://127.0.0.1:1," + servers + "/proffer/",
              "zk://user:se@cret@" + servers + "/proffer")) {
        try (var framework = framework(masters, "-instances=1", "-command=true")) {
          assertEquals(0, framework.await(), () -> masters + ": " + framework.everything());
        }
      }
    }
  }

  @Test
  void itFollowsTheLeaderFromOneMasterToTheNext() throws Exception {
    var done = directory.resolve("done");
    try (var lasting = new LastingMasters("/proffer");
        var cluster = Cluster.withAgent()) {
      var dead = lasting.lay(0, 1);
      var command = "-command=until test -e " + done + "; do sleep 0.1; done";
      try (var framework = framework(lasting.url().toString(), "-instances=1", command)) {
        framework.awaitText("stream lost");
        var first = lasting.lay(1, cluster.masterPort());
        lasting.remove(dead);
        framework.awaitText("go-1 TASK_RUNNING");
        // The same master again, elected anew after its end: between the two nobody leads.
        lasting.remove(first);
        cluster.masterProcess().kill();
        framework.awaitText("nobody leads under /proffer in ZooKeeper");
        cluster.startMaster();
        lasting.lay(2, cluster.masterPort());
        Files.createFile(done);
        assertEquals(0, framework.await(), framework::everything);
      }
    }
  }

  private Tool framework(Cluster cluster, String... flags) throws Exception {
    return framework(Tool.master(cluster), flags);
  }

  private Tool framework(String master, String... flags) throws Exception {
    var command =
        Stream.concat(
                Stream.of(built.resolve("framework").toString(), "-master=" + master),
                Stream.of(flags))
            .toArray(String[]::new);
    return Tool.example(directory, Map.of(), command);
  }

  private static boolean hasGo() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
  }

  private static void go(String... arguments) throws Exception {
    var command = Stream.concat(Stream.of("go"), Stream.of(arguments)).toList();
    var builder = new ProcessBuilder(command).directory(SOURCES.toFile()).redirectErrorStream(true);
    builder.environment().put("GOCACHE", built.resolve("cache").toString());
    builder.environment().put("GOPATH", built.resolve("path").toString());
    // So it builds without a C compiler, too: packages may bring Go alone.
    builder.environment().put("CGO_ENABLED", "0");
    builder.environment().put("GOFLAGS", "-mod=mod -buildvcs=false");
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
  }
}
