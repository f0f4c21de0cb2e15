package io.proffer.agent.container.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Processes of this host, told apart from later ones of the same number. */
final class Processes {
  /** Of /proc/PID/stat, counted from the field after the name. */
  private static final int START_TICKS = 19;

  private Processes() {}

  /** The process, if it is still the one that wrote down its number and start. */
  static Optional<ProcessHandle> find(ControlDirectory.Owner owner) {
    var stat = Path.of("/proc", Long.toString(owner.pid()), "stat");
    try {
      var line = Files.readString(stat, StandardCharsets.ISO_8859_1);
      // The name stands in parentheses and may hold anything, parentheses too.
      var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[START_TICKS]) == owner.startTicks() && !fields[0].equals("Z")
          ? ProcessHandle.of(owner.pid())
          : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
