package io.proffer.agent.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** Load and memory of the host. What cannot be read is left out. */
final class SystemMetrics {
  private static final Path LOAD = Path.of("/proc/loadavg");
  private static final Path MEMORY = Path.of("/proc/meminfo");

  private SystemMetrics() {}

  static void addTo(SortedMap<String, Double> all) {
    all.put("system/cpus_total", (double) Runtime.getRuntime().availableProcessors());
    try {
      load(Files.readString(LOAD), all);
      memory(Files.readAllLines(MEMORY), all);
    } catch (IOException | NumberFormatException unreadable) {
      // A host that hides them has no such metrics.
    }
  }

  static void load(String line, SortedMap<String, Double> all) {
    var words = line.split(" ", -1);
    if (words.length >= 3) {
      all.put("system/load_1min", Double.valueOf(words[0]));
      all.put("system/load_5min", Double.valueOf(words[1]));
      all.put("system/load_15min", Double.valueOf(words[2]));
    }
  }

  static void memory(List<String> lines, SortedMap<String, Double> all) {
    for (var line : lines) {
      var words = line.split("\\s+", -1);
      if (words[0].equals("MemTotal:")) {
        all.put("system/mem_total_bytes", Double.parseDouble(words[1]) * 1024);
      } else if (words[0].equals("MemFree:")) {
        all.put("system/mem_free_bytes", Double.parseDouble(words[1]) * 1024);
      }
    }
  }
}
