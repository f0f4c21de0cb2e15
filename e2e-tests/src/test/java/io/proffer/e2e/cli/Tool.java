package io.proffer.e2e.cli;

import io.proffer.e2e.Cluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Dio.netty.jfr.enabled=false",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + directory,
            "-cp",
            System.getProperty("java.class.path"),
            "io.proffer.cli.Proffer"));
    command.addAll(List.of(arguments));
    return start(directory, Map.of(), command);
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
