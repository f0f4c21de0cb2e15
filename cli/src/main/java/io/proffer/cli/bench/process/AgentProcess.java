package io.proffer.cli.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An agent of this program's own classes, in a process and a directory of its own. */
public final class AgentProcess implements AutoCloseable {
  /** As {@code bin/proffer agent} has them. */
  static final List<String> JAVA_OPTIONS =
      List.of(
          "-XX:+UseCompactObjectHeaders",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xms16m",
          "--enable-native-access=ALL-UNNAMED",
          "-Dio.netty.jfr.enabled=false",
          "--sun-misc-unsafe-memory-access=allow");

  /** More than the agent itself gives its tasks and its last words. */
  private static final Duration END = Duration.ofSeconds(40);

  /** How often what is left is cleaned up, at most. */
  private static final int CLEANUPS = 3;

  private final Path workDir;
  private final int port;
  private final List<String> javaOptions;
  private final List<String> flags;
  private final ServiceProcess process;

  /**
   * One that is not started yet.
   *
   * @param javaOptions for its JVM, after those that all agents have
   * @param flags for the agent itself
   */
  public AgentProcess(Path workDir, List<String> javaOptions, List<String> flags) {
    this.workDir = workDir;
    this.port = FreePorts.any();
    this.javaOptions = new ArrayList<>(JAVA_OPTIONS);
    this.javaOptions.addAll(archived());
    this.javaOptions.addAll(javaOptions);
    this.flags = List.copyOf(flags);
    this.process = service(List.of());
  }

  /** Starts it, the first time or after it was killed, and waits for nothing. */
  public void launch() {
    process.start();
  }

  /** Waits until it serves. */
  public void awaitHealth() {
    process.awaitHealth();
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** SIGKILL; done when it has ended. Its tasks go on. */
  public void kill() {
    process.kill();
  }

  /** Ends it and its tasks, also those that one which was killed has left. */
  @Override
  public void close() {
    process.signal("USR1");
    process.awaitEnd(END);
    // Who signals the whole group, once more perhaps, ends the one that cleans up as well.
    for (int i = 0; i < CLEANUPS && hasContainers(); i++) {
      var cleanup = service(List.of("--recover=cleanup"));
      cleanup.start();
      cleanup.awaitEnd(END);
    }
  }

  /** Of the archive of classes that {@code bin/proffer} keeps beside the jar. */
  private static List<String> archived() {
    var archive = Path.of(System.getProperty("java.class.path")).resolveSibling("agent.jsa");
    return Files.exists(archive)
        ? List.of("-Xlog:aot*=off", "-Xlog:cds*=off", "-XX:SharedArchiveFile=" + archive)
        : List.of();
  }

  /** Each container has a directory there until its agent has told its end. */
  private boolean hasContainers() {
    var containers = workDir.resolve("runtime").resolve("containers");
    if (!Files.isDirectory(containers)) {
      return false;
    }
    try (var left = Files.list(containers)) {
      return left.findAny().isPresent();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private ServiceProcess service(List<String> more) {
    var all = new ArrayList<>(flags);
    all.addAll(more);
    return new ServiceProcess("agent", workDir, port, javaOptions, ServiceProcess.onLoopback(all));
  }
}
