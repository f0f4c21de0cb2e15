package io.proffer.cli.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes of this machine at one moment, read in one go. */
public final class ProcessTable {
  /** Of /proc/PID/stat, counted from the field after the name. */
  private static final int STATE = 0;

  private static final int PARENT = 1;
  private static final int START_TICKS = 19;

  /**
   * A process that cannot be mistaken for a later one of the same number.
   *
   * @param startTicks since the machine was started
   */
  public record Identity(long pid, long startTicks) {}

  private record Row(Identity process, long parent) {}

  private final Map<Long, Identity> processes = new HashMap<>();
  private final Map<Long, List<Identity>> children = new HashMap<>();

  private ProcessTable(Collection<Row> rows) {
    for (var row : rows) {
      processes.put(row.process.pid, row.process);
      children.computeIfAbsent(row.parent, parent -> new ArrayList<>()).add(row.process);
    }
  }

  public static ProcessTable read() {
    try (var entries = Files.list(Path.of("/proc"))) {
      return new ProcessTable(
          entries
              .filter(entry -> entry.getFileName().toString().matches("\\d+"))
              .map(ProcessTable::row)
              .flatMap(Optional::stream)
              .toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Cannot list the processes of this machine", unreadable);
    }
  }

  /** The process of a number; empty when there is none, or it is dead but for its status. */
  public Optional<Identity> find(long pid) {
    return Optional.ofNullable(processes.get(pid));
  }

  /** The children it has, those that are dead but for their status left out. */
  public List<Identity> children(long pid) {
    return List.copyOf(children.getOrDefault(pid, List.of()));
  }

  private static Optional<Row> row(Path entry) {
    try {
      var line = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
      // The name stands in parentheses and may hold anything, parentheses too.
      var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      var pid = Long.parseLong(entry.getFileName().toString());
      return fields[STATE].equals("Z")
          ? Optional.empty()
          : Optional.of(
              new Row(
                  new Identity(pid, Long.parseLong(fields[START_TICKS])),
                  Long.parseLong(fields[PARENT])));
    } catch (IOException gone) {
      // Ended since it was listed.
      return Optional.empty();
    }
  }
}
