package io.proffer.agent.container.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * What containers of one directory have on this host. Nothing of it may be left when they are gone.
 *
 * @param processes that were started for a sandbox or in one, supervisors too
 * @param mounts at or below the directory
 * @param files all that is neither in a sandbox nor a program of the agent, control directories too
 */
record Leftovers(List<Long> processes, List<String> mounts, List<Path> files) {
  static final Leftovers NONE = new Leftovers(List.of(), List.of(), List.of());

  /**
   * Looks.
   *
   * @param directory of sandboxes ({@code runs}) and of the agent ({@code runtime})
   */
  static Leftovers of(Path directory) throws IOException {
    var files =
        all(directory).stream()
            .filter(file -> !file.startsWith(directory.resolve("runs")))
            .filter(file -> !file.startsWith(directory.resolve("runtime/bin")))
            .filter(Predicate.not(Leftovers::isOfAgent))
            .toList();
    var mounts =
        Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
            .filter(line -> line.contains(" " + directory))
            .toList();
    return new Leftovers(processes(directory), mounts, files);
  }

  private static List<Path> all(Path directory) throws IOException {
    try (var found = Files.walk(directory)) {
      return found.filter(file -> !file.equals(directory)).toList();
    }
  }

  private static boolean isOfAgent(Path file) {
    var name = file.getFileName().toString();
    return name.equals("runtime") || name.equals("containers") || name.startsWith("supervisor");
  }

  /** Those that nobody has reaped yet are as good as gone. */
  static List<Long> processes(Path directory) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> pid != ProcessHandle.current().pid())
        .filter(pid -> !isSpawner(Path.of("/proc", Long.toString(pid))))
        .filter(pid -> belongs(Path.of("/proc", Long.toString(pid)), directory.toString()))
        .toList();
  }

  private static boolean belongs(Path process, String directory) {
    return read(process.resolve("environ")).contains("MESOS_SANDBOX=" + directory)
        || read(process.resolve("cmdline")).contains(directory)
        || link(process.resolve("cwd")).startsWith(directory);
  }

  /** It is of the agent, and goes with it. */
  static boolean isSpawner(Path process) {
    return read(process.resolve("cmdline")).contains("/supervisor\0spawn\0");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      // It has ended meanwhile, or is a zombie, which has nothing any more.
      return "";
    }
  }

  private static String link(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException gone) {
      return "";
    }
  }
}
