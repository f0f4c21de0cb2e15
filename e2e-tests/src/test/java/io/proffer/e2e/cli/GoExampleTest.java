package io.proffer.e2e.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
