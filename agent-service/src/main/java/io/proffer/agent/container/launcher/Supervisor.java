package io.proffer.agent.container.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The program that holds a container, unpacked and tried.
 *
 * @param command how it is called, before its own arguments
 * @param name for the log
 * @param rotates whether it keeps {@link OutputLimits}
 * @param forks whether others of it are forked by one of its processes that stays
 */
record Supervisor(List<String> command, String name, boolean rotates, boolean forks) {
  /** The exit status of one that cannot write what it has to leave. */
  static final int NO_ROOM = 73;

  private static final String SCRIPT = "supervisor.sh";
  private static final String EXECUTABLE = "rwxr-xr-x";

  boolean keeps(OutputLimits limits) {
    return rotates || limits.isNone();
  }

  /** The same, each started by the agent itself. */
  Supervisor alone() {
    return new Supervisor(command, name, rotates, false);
  }

  /**
   * Unpacks the compiled supervisor into a directory; where the build had no compiler for this
   * machine, or the directory's file system runs no programs, the script.
   */
  static Supervisor unpack(Path directory) throws IOException {
    Files.createDirectories(directory);
    var compiled = compiled(directory);
    return compiled.isPresent() ? compiled.get() : script(directory);
  }

  /** The compiled one; empty where it cannot be had. */
  static Optional<Supervisor> compiled(Path directory) throws IOException {
    var name = "supervisor-" + System.getProperty("os.name") + "-" + machine();
    var program = unpack(directory, name, "supervisor");
    if (program.isEmpty() || !runs(program.get())) {
      return Optional.empty();
    }
    return Optional.of(new Supervisor(List.of(program.get().toString()), "compiled", true, true));
  }

  /** The script, in a session of its own where there is a program for that. */
  static Supervisor script(Path directory) throws IOException {
    var script =
        unpack(directory, SCRIPT, SCRIPT)
            .orElseThrow(() -> new IllegalStateException(SCRIPT + " is not in the jar"));
    var command = new ArrayList<String>();
    if (isInPath("setsid")) {
      command.add("setsid");
    }
    command.add("/bin/sh");
    command.add(script.toString());
    return new Supervisor(List.copyOf(command), "script", false, false);
  }

  /** Written beside its name and moved: an older one may be running. */
  private static Optional<Path> unpack(Path directory, String resource, String name)
      throws IOException {
    try (InputStream in = Supervisor.class.getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      var unpacked = Files.createTempFile(directory, name, ".new");
      try {
        Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString(EXECUTABLE));
        return Optional.of(
            Files.move(
                unpacked,
                directory.resolve(name).toAbsolutePath(),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING));
      } finally {
        // Half of a program, on a disk that is full: the next start must not find it there.
        Files.deleteIfExists(unpacked);
      }
    }
  }

  /** Called without arguments it says how to use it, and ends with 2. */
  private static boolean runs(Path program) {
    try {
      var process =
          new ProcessBuilder(program.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 2;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isInPath(String program) {
    for (var directory : System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }

  /** As uname(1) names it. */
  private static String machine() {
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> "x86_64";
      case String other -> other;
    };
  }
}
