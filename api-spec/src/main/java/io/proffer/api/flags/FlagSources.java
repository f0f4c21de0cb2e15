package io.proffer.api.flags;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Where values come from beside the command line, and which names the reference knows. */
final class FlagSources {
  private static final List<String> PREFIXES = List.of("PROFFER_", "MESOS_");

  /** What the reference's flags of encryption begin with, which it has as variables only. */
  private static final String ENCRYPTION = "ssl_";

  private static final String ENCRYPTION_PREFIX = "LIBPROCESS_";

  /** A variable of the environment that gives a flag. */
  record Variable(String name, String value) {}

  private final Map<String, String> environment;
  private final ReferenceFlags reference;

  FlagSources(Map<String, String> environment, ReferenceFlags reference) {
    this.environment = environment;
    this.reference = reference;
  }

  ReferenceFlags reference() {
    return reference;
  }

  /**
   * What the environment says of a flag, the project's own variables before the reference's.
   *
   * @param names of the flag without dashes, its main one first
   */
  Optional<Variable> fromEnvironment(List<String> names) {
    for (var prefix : PREFIXES) {
      for (var name : names) {
        var variable = prefix + name.toUpperCase(Locale.ROOT);
        var value = environment.get(variable);
        if (value != null) {
          return Optional.of(new Variable(variable, value));
        }
      }
    }
    return names.stream()
        .filter(name -> name.startsWith(ENCRYPTION))
        .map(name -> ENCRYPTION_PREFIX + name.toUpperCase(Locale.ROOT))
        .filter(environment::containsKey)
        .map(variable -> new Variable(variable, truth(environment.get(variable))))
        .findFirst();
  }

  /** There, the values of switches are often numbers. */
  private static String truth(String value) {
    return switch (value) {
      case "1" -> "true";
      case "0" -> "false";
      default -> value;
    };
  }

  /**
   * The entries of a properties file, by name.
   *
   * @throws IllegalArgumentException when it is no properties file
   */
  Map<String, String> fromFile(String file) throws IOException {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    var entries = new TreeMap<String, String>();
    properties.stringPropertyNames().forEach(n -> entries.put(n, properties.getProperty(n)));
    return entries;
  }
}
