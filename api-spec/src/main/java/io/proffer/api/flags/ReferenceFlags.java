package io.proffer.api.flags;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The names of the reference's flags for one binary. Those a config class does not declare have no
 * meaning here; scripts that set them go on working.
 *
 * @param booleans name to whether the flag is a boolean, which needs no value
 */
record ReferenceFlags(Map<String, Boolean> booleans) {
  private static final String BOOLEAN = " boolean";

  /** The list in the resource {@code BINARY.flags}; the empty name has an empty list. */
  static ReferenceFlags of(String binary) {
    var names = new TreeMap<String, Boolean>();
    if (!binary.isEmpty()) {
      for (var line : read(binary + ".flags").lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          names.put(line.replace(BOOLEAN, "").strip(), line.endsWith(BOOLEAN));
        }
      }
    }
    return new ReferenceFlags(names);
  }

  /** What takes the place of a flag that means nothing here, to be said after a warning. */
  static String instead(String name) {
    return name.equals("quorum")
        ? ": there is no replicated log, and with --zk the majority of the servers of ZooKeeper counts"
        : "";
  }

  boolean contains(String name) {
    return booleans.containsKey(name);
  }

  Set<String> names() {
    return booleans.keySet();
  }

  boolean isBoolean(String name) {
    return booleans.getOrDefault(name, false);
  }

  private static String read(String resource) {
    try (var in = ReferenceFlags.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("No list of flags named " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
