package io.proffer.cli.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
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
   * @param flags for the service itself, besides those that say where it works and listens
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
    command.addAll(
        List.of(
            "--ip=127.0.0.1",
            "--port=" + port,
            "--hostname_lookup=false",
            "--work_dir=" + workDir));
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

  /** Waits until it serves. */
  void awaitHealth() {
    try {
      health();
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

  private void health() throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
            .timeout(START)
            .build();
    long until = System.nanoTime() + START.toNanos();
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      while (isRunning() && System.nanoTime() < until) {
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
        "The %s did not start. It says: %s".formatted(name, Files.readString(log).strip()));
  }
}
