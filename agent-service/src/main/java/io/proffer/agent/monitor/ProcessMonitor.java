package io.proffer.agent.monitor;

import io.proffer.kernel.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures trees of processes by reading /proc. Blocks. */
public final class ProcessMonitor {
  private final Path proc;
  private final Clock clock;
  private final Duration keep;
  private final SystemUnits units;

  // Guarded by this.
  private Optional<ProcessScan> last = Optional.empty();
  private long lastNanos;

  /**
   * @param keep for so long one scan serves all who ask: it costs a file per process of the host
   */
  public ProcessMonitor(Clock clock, Duration keep) {
    this(Path.of("/proc"), clock, keep);
  }

  ProcessMonitor(Path proc, Clock clock, Duration keep) {
    this.proc = proc;
    this.clock = clock;
    this.keep = keep;
    this.units = SystemUnits.ofThisMachine(proc);
  }

  /** What a process and all that descend from it use; empty when it is gone. */
  public Optional<Usage> tree(long pid) {
    return scan().tree(pid);
  }

  /** The present moment in the form of {@link Usage#timestamp}. */
  public double now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.wall()) / 1e6;
  }

  private synchronized ProcessScan scan() {
    if (last.isEmpty() || clock.monotonicNanos() - lastNanos >= keep.toNanos()) {
      last = Optional.of(read());
      lastNanos = clock.monotonicNanos();
    }
    return last.get();
  }

  private ProcessScan read() {
    var processes = new HashMap<Long, ProcessStat>();
    Map<Long, List<Long>> children = new HashMap<>();
    try (var entries = Files.newDirectoryStream(proc, "[1-9]*")) {
      for (var entry : entries) {
        stat(entry)
            .ifPresent(
                stat -> {
                  var pid = Long.valueOf(entry.getFileName().toString());
                  processes.put(pid, stat);
                  children.computeIfAbsent(stat.parent(), parent -> new ArrayList<>()).add(pid);
                });
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new UncheckedIOException(new IOException("Cannot list the processes of this host", e));
    }
    return new ProcessScan(now(), units, processes, children);
  }

  /** Empty for one that has ended since its directory was seen. */
  private static Optional<ProcessStat> stat(Path process) {
    try {
      return ProcessStat.parse(
          Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
