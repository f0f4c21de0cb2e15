package io.proffer.agent.container.launcher;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Processes of this host, told apart from later ones of the same number. */
final class Processes {
  /** Of /proc/PID/stat, counted from the field after the name. */
  private static final int SESSION = 3;

  private static final int START_TICKS = 19;

  /** What the JDK writes to the system in: names of files, and arguments. */
  static final Charset LETTERS = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private Processes() {}

  /**
   * What the kernel says of a process.
   *
   * @param state its letter, proc(5)
   * @param startTicks when it began, after the boot
   */
  record Stat(String state, long session, long startTicks) {
    /** It has ended, and nobody has reaped it. */
    boolean isZombie() {
      return state.equals("Z") || state.equals("X");
    }

    /** It was stopped by a signal, or by who traces it. */
    boolean isStopped() {
      return state.equals("T") || state.equals("t");
    }
  }

  /** What is to be read of a process; empty when there is none of this number. */
  static Optional<Stat> stat(long pid) {
    var stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      var line = Files.readString(stat, StandardCharsets.ISO_8859_1);
      // The name stands in parentheses and may hold anything, parentheses too.
      var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(
          new Stat(
              fields[0], Long.parseLong(fields[SESSION]), Long.parseLong(fields[START_TICKS])));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** How a process was called, its own name first; empty when there is none of this number. */
  static List<String> arguments(long pid) {
    try {
      var line = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
      return List.of(new String(line, LETTERS).split("\0", -1));
    } catch (IOException gone) {
      return List.of();
    }
  }

  /** The process, if it is still the one that wrote down its number and start. */
  static Optional<ProcessHandle> find(ControlDirectory.Owner owner) {
    return stat(owner.pid())
        .filter(stat -> stat.startTicks() == owner.startTicks() && !stat.state().equals("Z"))
        .flatMap(stat -> ProcessHandle.of(owner.pid()));
  }
}
