package io.proffer.e2e.cli;

import io.proffer.e2e.Cluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One program run to its end, what it wrote kept in files. */
final class Tool implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final Process process;
  private final Path out;
  private final Path err;

  private Tool(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** The master as flags name it. */
  static String master(Cluster cluster) {
    return "127.0.0.1:" + cluster.masterPort();
  }

  /** Starts {@code proffer ARGUMENTS...} from the classes under test. */
  static Tool proffer(Path directory, String... arguments) throws IOException {
    var command = proffer(directory);
    command.addAll(List.of(arguments));
    return start(directory, Map.of(), command);
  }

  private static List<String> proffer(Path directory) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Dio.netty.jfr.enabled=false",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-Djava.io.tmpdir=" + directory,
            "-cp",
            System.getProperty("java.class.path"),
            "io.proffer.cli.Proffer"));
  }

  /**
   * Makes {@code bin/proffer} of the classes under test below a directory, for who types what a
   * document says.
   *
   * @param flags what each command has besides
   */
  static void launcher(Path directory, String... flags) throws IOException {
    var words = Stream.concat(proffer(directory).stream(), Stream.of("\"$@\""));
    var script =
        "#!/bin/sh\nexec "
            + Stream.concat(words, Stream.of(flags)).collect(Collectors.joining(" "))
            + "\n";
    var file = Files.createDirectory(directory.resolve("bin")).resolve("proffer");
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Starts a program of {@code examples/}. */
  static Tool example(Path directory, Map<String, String> environment, String... command)
      throws IOException {
    return start(directory, environment, List.of(command));
  }

  private static Tool start(Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    var out = Files.createTempFile(directory, "out", ".txt");
    var err = Files.createTempFile(directory, "err", ".txt");
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return new Tool(
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  /** The exit code. */
  int await() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("Still running after " + LIMIT + ": " + out() + err());
    }
    return process.exitValue();
  }

  /** Waits until standard output or error holds a text. */
  void awaitText(String text) {
    Awaitility.await(text)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> (out() + err()).contains(text));
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** SIGTERM, as from a service manager. */
  void terminate() {
    process.destroy();
  }

  /** SIGINT, as from Ctrl-C. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  byte[] outBytes() throws IOException {
    return Files.readAllBytes(out);
  }

  byte[] errBytes() throws IOException {
    return Files.readAllBytes(err);
  }

  String out() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  String err() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }

  /** All it wrote, for messages of failures. */
  String everything() {
    try {
      return out() + err();
    } catch (IOException gone) {
      return gone.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
