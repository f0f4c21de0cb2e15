package io.proffer.cli.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A service of this program's own classes, in a process of its own, its output kept in a file. */
final class ServiceProcess {
  private static final Duration START = Duration.ofMinutes(1);
  private static final long POLL_MS = 20;

  private final String name;
  private final Path log;
  private final int port;
  private final List<String> command;
  private Optional<Process> process = Optional.empty();

  /**
   * @param name of the command, as {@code master}
   * @param workDir gets the log, beside what the service keeps there
   * @param javaOptions for its JVM
   * @param flags for the service itself, besides those that say where it works and its port
   */
  ServiceProcess(
      String name, Path workDir, int port, List<String> javaOptions, List<String> flags) {
    this.name = name;
    this.log = workDir.resolve(name + ".log");
    this.port = port;
    this.command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "io.proffer.cli.Proffer", name));
    command.addAll(List.of("--port=" + port, "--work_dir=" + workDir));
    command.addAll(flags);
  }

  int port() {
    return port;
  }

  long pid() {
    return process.orElseThrow().pid();
  }

  /** False as long as it was not started, and once it has ended. */
  boolean isRunning() {
    return process.filter(Process::isAlive).isPresent();
  }

  /** The flags of a service that serves HTTP on the loopback, before those of its own. */
  static List<String> onLoopback(List<String> flags) {
    var all = new ArrayList<>(List.of("--ip=127.0.0.1", "--hostname_lookup=false"));
    all.addAll(flags);
    return all;
  }

  /** Starts it, and waits for nothing. */
  void start() {
    try {
      process =
          Optional.of(
              new ProcessBuilder(command)
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                  .start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Waits until it serves HTTP. */
  void awaitHealth() {
    await(ServiceProcess::isHealthy);
  }

  /** Waits until it takes connections. */
  void awaitListening() {
    await(ServiceProcess::isListening);
  }

  private void await(Sign sign) {
    try {
      look(sign);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the " + name + " started", interrupted);
    }
  }

  /** SIGKILL; done when it has ended. */
  void kill() {
    process.ifPresent(ServiceProcess::kill);
  }

  private static void kill(Process process) {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends it as a user would, so that a recording it makes of itself is written.
   *
   * @param patience after that it is killed
   */
  void end(Duration patience) {
    process.ifPresent(Process::destroy);
    awaitEnd(patience);
  }

  /**
   * Sends it a signal, if it runs.
   *
   * @param name without SIG
   */
  void signal(String name) {
    process
        .filter(Process::isAlive)
        .ifPresent(
            running -> {
              try {
                new ProcessBuilder("kill", "-" + name, Long.toString(running.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
              } catch (IOException failed) {
                throw new UncheckedIOException(failed);
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** Waits until it has ended of itself; after so long it is killed. */
  void awaitEnd(Duration patience) {
    process.ifPresent(running -> awaitEnd(running, patience));
  }

  private static void awaitEnd(Process process, Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(process);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  /** That a service on a port has started. */
  private interface Sign {
    /**
     * Looks once.
     *
     * @throws IOException when nothing listens so far
     */
    boolean isThere(HttpClient http, int port) throws IOException, InterruptedException;
  }

  private static boolean isHealthy(HttpClient http, int port)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
            .timeout(START)
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
  }

  private static boolean isListening(HttpClient http, int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  private void look(Sign sign) throws IOException, InterruptedException {
    long until = System.nanoTime() + START.toNanos();
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      while (isRunning() && System.nanoTime() < until) {
        try {
          if (sign.isThere(http, port)) {
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
        "The %s did not start. It says: %s".formatted(name, Files.readString(log).strip()));
  }
}
