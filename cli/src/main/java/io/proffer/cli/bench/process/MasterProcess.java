package io.proffer.cli.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A master of this program's own classes, in a process and a directory of its own. */
public final class MasterProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration END = Duration.ofSeconds(20);
  private static final long POLL_MS = 20;

  private final Path workDir;
  private final int port;
  private final List<String> command;
  private Process process;

  private MasterProcess(Path workDir, int port, List<String> command) {
    this.workDir = workDir;
    this.port = port;
    this.command = command;
  }

  /**
   * Starts a master and waits until it serves.
   *
   * @param javaOptions for its JVM
   * @param flags for the master itself
   */
  public static MasterProcess start(Path workDir, List<String> javaOptions, List<String> flags) {
    int port = freePort();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (javaOptions.stream().noneMatch(option -> option.matches("-XX:\\+Use[A-Za-z0-9]+GC"))) {
      command.addAll(List.of("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=10"));
    }
    command.addAll(
        List.of(
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "-Dio.netty.jfr.enabled=false"));
    command.addAll(javaOptions);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "io.proffer.cli.Proffer",
            "master",
            "--ip=127.0.0.1",
            "--port=" + port,
            "--hostname_lookup=false",
            "--work_dir=" + workDir));
    command.addAll(flags);
    var master = new MasterProcess(workDir, port, command);
    master.launch();
    return master;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** SIGKILL, then a new process on the same directory and port; done when that serves. */
  public void killAndRestart() {
    kill();
    launch();
  }

  /** Ends it as a user would, so that a recording it makes of itself is written. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void launch() {
    var log = workDir.resolve("master.log");
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      awaitHealth(log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the master started", interrupted);
    }
  }

  private void awaitHealth(Path log) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
            .timeout(START)
            .build();
    long until = System.nanoTime() + START.toNanos();
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      while (process.isAlive() && System.nanoTime() < until) {
        try {
          if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException notYet) {
          // Nothing listens so far: asked again below.
        }
        Thread.sleep(POLL_MS);
      }
    }
    kill();
    throw new IllegalStateException(
        "The master did not start. It says: " + Files.readString(log).strip());
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }
}
