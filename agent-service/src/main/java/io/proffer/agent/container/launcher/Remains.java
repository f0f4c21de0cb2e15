package io.proffer.agent.container.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Kills what is left of a container whose supervisor cannot: a task that runs as the user of its
 * supervisor may stop it, or kill it. Blocks, for a fraction of a second where few are left.
 *
 * <p>Each process is held before it is looked at once more, so that none is killed which has got
 * the number of another one meanwhile.
 */
final class Remains {
  /** Who forks while we look is met by the next look; one that is never the last is given up. */
  private static final int MOST_LOOKS = 20;

  private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** What stands before the sandbox in the environment of all that came of its container. */
  static final String MARK = "\0MESOS_SANDBOX=";

  private Remains() {}

  /** Kills all that came of a supervisor which still is there, but not itself. */
  static void killBelow(ProcessHandle supervisor) {
    kill(() -> supervisor.descendants().filter(Remains::isLeft));
  }

  /**
   * A supervisor that has ended.
   *
   * @param seen whether it was there a moment ago: else all processes of its session may be others
   */
  record Gone(long pid, boolean seen) {}

  /**
   * Kills all that came of a supervisor which has ended: what has the environment of the container,
   * and what is in its session, unless its number is somebody else's by now. Who left both is found
   * by the spawner only.
   *
   * @param supervisor if it is known which it was
   * @param sandbox as the environment of the container says it, if it is known
   */
  static void killOf(Optional<Gone> supervisor, Optional<String> sandbox) {
    kill(
        () ->
            ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(
                    process ->
                        sandbox.filter(path -> isMarked(process.pid(), path)).isPresent()
                            || supervisor
                                .filter(gone -> isOfSession(process.pid(), gone, sandbox))
                                .isPresent())
                .filter(Remains::isLeft));
  }

  private static void kill(Supplier<Stream<ProcessHandle>> look) {
    for (var i = 0; i < MOST_LOOKS; i++) {
      List<ProcessHandle> left;
      try (var found = look.get()) {
        left = found.toList();
      }
      if (left.isEmpty()) {
        return;
      }
      left.forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }
  }

  /** Whether a process has the environment of the container of this sandbox. */
  static boolean isMarked(long pid, String sandbox) {
    var environment = environment(pid);
    // Spawners write it in the one, the JDK in the other.
    return Stream.of(StandardCharsets.UTF_8, Processes.LETTERS)
        .filter(letters -> letters.newEncoder().canEncode(sandbox))
        .map(letters -> new String(sandbox.getBytes(letters), StandardCharsets.ISO_8859_1))
        .anyMatch(bytes -> environment.contains(MARK + bytes + "\0"));
  }

  private static boolean isOfSession(long pid, Gone supervisor, Optional<String> sandbox) {
    var session = Processes.stat(pid).map(Processes.Stat::session);
    return session.filter(id -> id == supervisor.pid()).isPresent()
        && !isTaken(supervisor.pid())
        && (supervisor.seen() || sandbox.filter(path -> isIn(pid, path)).isPresent());
  }

  /**
   * A daemon that got the number long after, and left its session to its child, is in no sandbox.
   */
  private static boolean isIn(long pid, String sandbox) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"))
          .startsWith(sandbox);
    } catch (IOException goneOrForeign) {
      return false;
    }
  }

  /** While a session has members nobody gets its number; a session that was over may be another. */
  private static boolean isTaken(long number) {
    return Processes.stat(number).filter(stat -> !stat.isZombie()).isPresent();
  }

  private static boolean isLeft(ProcessHandle process) {
    return Processes.stat(process.pid()).filter(stat -> !stat.isZombie()).isPresent();
  }

  /**
   * With a zero before and after each variable, one letter for each byte; nothing for processes
   * that are not ours to see.
   */
  static String environment(long pid) {
    try {
      return "\0"
          + Files.readString(
              Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException goneOrForeign) {
      return "";
    }
  }
}
