package io.proffer.e2e.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A unit of systemd, as far as tests look at it: what its keys say, sections left aside. */
record Unit(Map<String, List<String>> keys) {
  static Unit of(String text) {
    var keys = new TreeMap<String, List<String>>();
    text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("["))
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              keys.computeIfAbsent(line.substring(0, equals), key -> new ArrayList<>())
                  .add(line.substring(equals + 1));
            });
    return new Unit(keys);
  }

  /** What the key says; nothing where it is not there. */
  String value(String key) {
    return String.join(" ", keys.getOrDefault(key, List.of()));
  }
}
