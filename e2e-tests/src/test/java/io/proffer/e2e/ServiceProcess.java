package io.proffer.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One running {@code proffer} process, its output kept in a file. */
public final class ServiceProcess implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final Path log;
  private final String what;

  private ServiceProcess(Process process, Path log, String what) {
    this.process = process;
    this.log = log;
    this.what = what;
  }

  /** Starts {@code proffer ARGS...}; output is appended to {@code log}. */
  public static ServiceProcess start(Path log, List<String> args) {
    return launch(log, java(List.of()), args);
  }

  /**
   * The same somewhere else.
   *
   * @param enter what the command begins with to run there
   * @param jar the build that is started, empty for the one under test
   */
  public static ServiceProcess startAt(
      List<String> enter, Optional<Path> jar, Path log, List<String> args) {
    var command = new ArrayList<>(enter);
    command.addAll(jar.map(ServiceProcess::javaOf).orElseGet(() -> java(List.of())));
    return launch(log, command, args);
  }

  /** Starts another program of the class path of the tests, which a command so begun enters. */
  public static ServiceProcess startMain(
      List<String> enter, Path log, String main, List<String> jvmFlags, List<String> args) {
    var command = new ArrayList<>(enter);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.addAll(jvmFlags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    return launch(log, command, args);
  }

  /** The same, with more on the class path. */
  public static ServiceProcess startWith(Path log, List<Path> jars, List<String> args) {
    return launch(log, java(List.of(), jars), args);
  }

  /** The same, with more flags of the JVM; those that come later count. */
  public static ServiceProcess start(Path log, List<String> jvmFlags, List<String> args) {
    return launch(log, java(jvmFlags), args);
  }

  /** The same, with no file allowed to grow over this many blocks of 512 bytes. */
  public static ServiceProcess startLimited(
      Path log, int blocks, List<String> jvmFlags, List<String> args) {
    var command = new ArrayList<String>();
    command.addAll(List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"));
    command.addAll(java(jvmFlags));
    return launch(log, command, args);
  }

  /** The same, with this signal ignored from the start, as nohup does with HUP. */
  public static ServiceProcess startIgnoring(Path log, String signal, List<String> args) {
    var command = new ArrayList<String>();
    command.addAll(List.of("sh", "-c", "trap '' " + signal + "; exec \"$@\"", "sh"));
    command.addAll(java(List.of()));
    return launch(log, command, args);
  }

  /**
   * The same, with a disk of its own and of this size mounted at a directory, as only it sees it;
   * others find it below {@code /proc/PID/root}.
   */
  public static ServiceProcess startOnDisk(Path log, Path disk, String size, List<String> args) {
    var command = new ArrayList<>(onDisk(disk, size));
    command.addAll(java(List.of()));
    return launch(log, command, args);
  }

  /** The same, with a file in the place of the boot id of the host, as only it sees it. */
  public static ServiceProcess startBooted(Path log, Path bootId, List<String> args) {
    var mount = "mount --bind '" + bootId + "' /proc/sys/kernel/random/boot_id";
    var command = new ArrayList<>(mounting(mount));
    command.addAll(java(List.of()));
    return launch(log, command, args);
  }

  /** The same, with the disks that a process which was started so sees, or a child of it. */
  public static ServiceProcess startBeside(Path log, long pid, List<String> args) {
    var command = new ArrayList<>(List.of("nsenter", "-t", Long.toString(pid), "-m"));
    if (!System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-U", "--preserve-credentials"));
    }
    command.addAll(java(List.of()));
    return launch(log, command, args);
  }

  /** Whether this host lets us mount: root may, and most let users in a namespace of theirs. */
  public static boolean canMount(Path disk) {
    var command = new ArrayList<>(onDisk(disk, "1m"));
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException none) {
      // There is no unshare(1) here.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> onDisk(Path disk, String size) {
    return mounting("mount -t tmpfs -o size=" + size + " tmpfs '" + disk + "'");
  }

  private static List<String> mounting(String mount) {
    return List.of(
        "unshare",
        System.getProperty("user.name").equals("root") ? "-m" : "-Urm",
        "sh",
        "-c",
        mount + " && exec \"$@\"",
        "sh");
  }

  private static List<String> java(List<String> more) {
    return java(more, List.of());
  }

  private static List<String> java(List<String> more, List<Path> jars) {
    var classPath = new StringBuilder(System.getProperty("java.class.path"));
    jars.forEach(jar -> classPath.append(File.pathSeparator).append(jar));
    return java(more, classPath.toString());
  }

  private static List<String> javaOf(Path jar) {
    return java(List.of(), jar.toString());
  }

  private static List<String> java(List<String> more, String classPath) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Dio.netty.jfr.enabled=false",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m"));
    command.addAll(more);
    command.addAll(List.of("-cp", classPath, "io.proffer.cli.Proffer"));
    return command;
  }

  private static ServiceProcess launch(Path log, List<String> java, List<String> args) {
    var command = new ArrayList<>(java);
    command.addAll(args);
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ServiceProcess(process, log, String.join(" ", args));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until {@code /health} on the port answers 200; a process that ended fails at once. */
  public ServiceProcess awaitHealthy(int port) {
    return awaitOk("http://127.0.0.1:" + port + "/health");
  }

  /** Waits until a URL of the process answers 200; a process that ended fails at once. */
  public ServiceProcess awaitOk(String url) {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(2)).build();
    Awaitility.await(url + " of " + what)
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError(
                    what + " ended with " + process.exitValue() + ":\n" + output());
              }
              try {
                return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
                    == 200;
              } catch (IOException e) {
                return false;
              }
            });
    return this;
  }

  /** SIGKILL, and waits for the end. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  /** SIGTERM, and waits for the end. Returns the exit status as the shell shows it. */
  public int terminate() {
    process.destroy();
    return awaitExit(Duration.ofSeconds(20));
  }

  /** SIGUSR1: to an agent, that it end its tasks too. Waits for the end. */
  public int endForGood() {
    signal("USR1");
    return awaitExit(Duration.ofSeconds(20));
  }

  /** Sends a signal, its name without SIG, and does not wait for what becomes of it. */
  public void signal(String name) {
    try {
      if (new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor()
          != 0) {
        throw new AssertionError("no SIG" + name + " to " + what);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Waits for the end and returns the exit status. */
  public int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(what + " still runs after " + limit + ":\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** True while the process runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /** The command it runs, its words in order, as the operating system tells. */
  public List<String> command() {
    try {
      var words = Files.readString(Path.of("/proc", Long.toString(pid()), "cmdline"));
      return List.of(words.split("\0", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Process id, for what only the operating system can tell. */
  public long pid() {
    return process.pid();
  }

  /** What it started, and what that started. */
  public Stream<ProcessHandle> descendants() {
    return process.descendants();
  }

  /** All it has printed so far. */
  public String output() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    kill();
  }
}
