package io.proffer.api.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Load and memory of the host. What cannot be read is left out. */
public final class HostFigures {
  private static final Path LOAD = Path.of("/proc/loadavg");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Metric LOADS =
      Metric.gauge(
          "proffer_host_load", "Load average of the host over so many minutes.", "minutes");
  private static final Metric CPUS =
      Metric.gauge("proffer_host_cpus", "Processors of the host that this process may use.");
  private static final Metric TOTAL =
      Metric.gauge("proffer_host_memory_bytes", "Memory of the host.");
  private static final Metric FREE =
      Metric.gauge("proffer_host_memory_free_bytes", "Memory of the host that nobody uses.");

  private HostFigures() {}

  /** Reads small files of /proc. */
  public static void addTo(Figures figures) {
    figures.add("system/cpus_total", CPUS, Runtime.getRuntime().availableProcessors());
    try {
      load(Files.readString(LOAD), figures);
      memory(Files.readAllLines(MEMORY), figures);
    } catch (IOException | NumberFormatException unreadable) {
      // A host that hides them has no such figures.
    }
  }

  static void load(String line, Figures figures) {
    var words = line.split(" ", -1);
    if (words.length >= 3) {
      figures.add("system/load_1min", LOADS, Double.parseDouble(words[0]), "1");
      figures.add("system/load_5min", LOADS, Double.parseDouble(words[1]), "5");
      figures.add("system/load_15min", LOADS, Double.parseDouble(words[2]), "15");
    }
  }

  static void memory(List<String> lines, Figures figures) {
    for (var line : lines) {
      var words = line.split("\\s+", -1);
      if (words[0].equals("MemTotal:")) {
        figures.add("system/mem_total_bytes", TOTAL, Double.parseDouble(words[1]) * 1024);
      } else if (words[0].equals("MemFree:")) {
        figures.add("system/mem_free_bytes", FREE, Double.parseDouble(words[1]) * 1024);
      }
    }
  }
}
