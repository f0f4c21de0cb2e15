package io.proffer.api.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Load and memory of the host, as {@code /system/stats.json} shows them. */
final class HostStats {
  private static final Path LOAD = Path.of("/proc/loadavg");
  private static final Path MEMORY = Path.of("/proc/meminfo");

  private HostStats() {}

  /** By name; what cannot be read is left out. Reads small files of /proc. */
  static SortedMap<String, Number> read() {
    var all = new TreeMap<String, Number>();
    all.put("cpus_total", Runtime.getRuntime().availableProcessors());
    try {
      load(Files.readString(LOAD), all);
      memory(Files.readAllLines(MEMORY), all);
    } catch (IOException | NumberFormatException unreadable) {
      // A host that hides them has no such figures.
    }
    return all;
  }

  static void load(String line, SortedMap<String, Number> all) {
    var words = line.split(" ", -1);
    if (words.length >= 3) {
      all.put("avg_load_1min", Double.valueOf(words[0]));
      all.put("avg_load_5min", Double.valueOf(words[1]));
      all.put("avg_load_15min", Double.valueOf(words[2]));
    }
  }

  static void memory(List<String> lines, SortedMap<String, Number> all) {
    for (var line : lines) {
      var words = line.split("\\s+", -1);
      if (words[0].equals("MemTotal:")) {
        all.put("mem_total_bytes", Long.parseLong(words[1]) * 1024);
      } else if (words[0].equals("MemFree:")) {
        all.put("mem_free_bytes", Long.parseLong(words[1]) * 1024);
      }
    }
  }
}
