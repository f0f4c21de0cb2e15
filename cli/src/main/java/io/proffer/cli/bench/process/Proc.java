package io.proffer.cli.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code /proc}. */
public final class Proc {
  /** Linux shows processor time in hundredths of a second, whatever its clock. */
  private static final long MICROS_PER_TICK = 10_000;

  /** What Linux keeps of the names that HotSpot gives its compilers' threads. */
  private static final Pattern COMPILER = Pattern.compile("\\((C1|C2) CompilerThre");

  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int CHILDREN_USER_TICKS = 13;
  private static final int CHILDREN_SYSTEM_TICKS = 14;
  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;

  private Proc() {}

  /** Processor time a process has used, in microseconds. */
  public static long cpuMicros(long pid) {
    return ticks(read("/proc/" + pid + "/stat"));
  }

  /** The part of {@link #cpuMicros} in which the system worked for the process: calls, network. */
  public static long systemMicros(long pid) {
    return Long.parseLong(fields(read("/proc/" + pid + "/stat"))[SYSTEM_TICKS]) * MICROS_PER_TICK;
  }

  /**
   * Processor time of the children of a process, and of those of theirs that were waited for, in
   * microseconds.
   */
  public static long childrenMicros(long pid) {
    long micros = endedChildrenMicros(read("/proc/" + pid + "/stat"));
    for (var child : ProcessTable.read().children(pid)) {
      micros +=
          readIfThere("/proc/" + child.pid() + "/stat")
              .map(stat -> ticks(stat) + endedChildrenMicros(stat))
              .orElse(0L);
    }
    return micros;
  }

  private static long endedChildrenMicros(String stat) {
    var fields = fields(stat);
    return (Long.parseLong(fields[CHILDREN_USER_TICKS])
            + Long.parseLong(fields[CHILDREN_SYSTEM_TICKS]))
        * MICROS_PER_TICK;
  }

  /**
   * The part of {@link #cpuMicros} in which a JVM compiled its own code. It ends once all that is
   * often used has been compiled, which takes minutes.
   */
  public static long compilerMicros(long pid) {
    try (var threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
      return threads
          .map(thread -> pid + "/task/" + thread.getFileName() + "/stat")
          .map(file -> readIfThere("/proc/" + file))
          .flatMap(Optional::stream)
          .filter(stat -> COMPILER.matcher(stat).find())
          .mapToLong(Proc::ticks)
          .sum();
    } catch (IOException gone) {
      throw new UncheckedIOException("Cannot list the threads of process " + pid, gone);
    }
  }

  /** Processor time all processes together have used since the machine was started. */
  public static long machineBusyMicros() {
    var fields = read("/proc/stat").lines().findFirst().orElseThrow().split(" +", -1);
    long busy = 0;
    for (int i = 1; i <= 8; i++) {
      if (i != IDLE && i != IO_WAIT) {
        busy += Long.parseLong(fields[i]);
      }
    }
    return busy * MICROS_PER_TICK;
  }

  /** Memory a process holds, in bytes. */
  public static long residentBytes(long pid) {
    return 1024 * field(pid, "status", "VmRSS:").orElse(0L);
  }

  /**
   * Memory that is there for a process, in bytes: its own, and its share of what it has in common
   * with others. Empty where the kernel does not say.
   */
  public static Optional<Long> proportionalBytes(long pid) {
    return field(pid, "smaps_rollup", "Pss:").map(kilobytes -> 1024 * kilobytes);
  }

  /** How many files a process may have open; empty where nobody says. */
  public static Optional<Long> openFilesLimit(long pid) {
    return field(pid, "limits", "Max open files");
  }

  /** What follows the name in parentheses, which may hold spaces itself. */
  private static String[] fields(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  private static long ticks(String stat) {
    var fields = fields(stat);
    return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]))
        * MICROS_PER_TICK;
  }

  private static Optional<Long> field(long pid, String file, String name) {
    return read("/proc/" + pid + "/" + file)
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip().split("\\s+", -1)[0])
        .filter(value -> value.matches("\\d+"))
        .map(Long::parseLong)
        .findFirst();
  }

  /** Empty for a thread or process that has ended since it was listed. */
  private static Optional<String> readIfThere(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file)));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException gone) {
      throw new UncheckedIOException("Cannot read " + file + ": does the process run?", gone);
    }
  }
}
