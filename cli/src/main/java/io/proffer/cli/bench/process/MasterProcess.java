package io.proffer.cli.bench.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A master of this program's own classes, in a process and a directory of its own. */
public final class MasterProcess implements AutoCloseable {
  /** As {@code bin/proffer master} has it, where a user wants no other. */
  static final List<String> COLLECTOR =
      List.of("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=10", "-XX:+UseTransparentHugePages");

  /** As {@code bin/proffer master} has them. */
  static final List<String> JAVA_OPTIONS =
      List.of(
          "-XX:+UseCompactObjectHeaders",
          "--enable-native-access=ALL-UNNAMED",
          "-Dio.netty.jfr.enabled=false",
          "--sun-misc-unsafe-memory-access=allow");

  private static final Duration END = Duration.ofSeconds(20);

  private final ServiceProcess process;

  private MasterProcess(ServiceProcess process) {
    this.process = process;
  }

  /**
   * Starts a master and waits until it serves.
   *
   * @param javaOptions for its JVM
   * @param flags for the master itself
   */
  public static MasterProcess start(Path workDir, List<String> javaOptions, List<String> flags) {
    var master = of(workDir, javaOptions, flags);
    master.launch();
    master.awaitHealth();
    return master;
  }

  /** One that is not started yet. */
  public static MasterProcess of(Path workDir, List<String> javaOptions, List<String> flags) {
    var options = new ArrayList<String>();
    if (javaOptions.stream().noneMatch(option -> option.matches("-XX:\\+Use[A-Za-z0-9]+GC"))) {
      options.addAll(COLLECTOR);
    }
    options.addAll(JAVA_OPTIONS);
    if (javaOptions.stream().noneMatch(option -> option.startsWith("-XX:AOT"))) {
      options.addAll(cached());
    }
    options.addAll(javaOptions);
    return new MasterProcess(
        new ServiceProcess(
            "master", workDir, FreePorts.any(), options, ServiceProcess.onLoopback(flags)));
  }

  /** Of the cache that {@code bin/proffer} keeps beside the jar, and uses for masters. */
  private static List<String> cached() {
    var cache =
        Path.of(System.getProperty("java.class.path")).resolveSibling("master.aot").toFile();
    return cache.length() > 0
        ? List.of("-Xlog:aot*=off", "-Xlog:cds*=off", "-XX:AOTCache=" + cache)
        : List.of();
  }

  /** Starts it, and waits for nothing. */
  public void launch() {
    process.start();
  }

  /** Waits until it serves. */
  public void awaitHealth() {
    process.awaitHealth();
  }

  public int port() {
    return process.port();
  }

  public long pid() {
    return process.pid();
  }

  /** SIGKILL, then a new process on the same directory and port; done when that serves. */
  public void killAndRestart() {
    process.kill();
    launch();
    awaitHealth();
  }

  /** SIGKILL; done when it has ended. */
  public void kill() {
    process.kill();
  }

  /** SIGTERM, and does not wait for what comes of it. */
  public void stop() {
    process.signal("TERM");
  }

  /** Waits until it has ended of itself; what takes long is killed. */
  public void awaitEnd() {
    process.awaitEnd(END);
  }

  @Override
  public void close() {
    process.end(END);
  }
}
