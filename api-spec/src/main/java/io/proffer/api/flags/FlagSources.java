package io.proffer.api.flags;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Where values come from beside the command line, and which names the reference knows. */
final class FlagSources {
  private static final List<String> PREFIXES = List.of("PROFFER_", "MESOS_");

  private final Map<String, String> environment;
  private final ReferenceFlags reference;
  private final Map<String, String> origins = new LinkedHashMap<>();

  FlagSources(Map<String, String> environment, ReferenceFlags reference) {
    this.environment = environment;
    this.reference = reference;
  }

  ReferenceFlags reference() {
    return reference;
  }

  /** The value a flag's environment variables give, the project's own before the reference's. */
  Optional<String> fromEnvironment(String name) {
    for (var prefix : PREFIXES) {
      var variable = prefix + name.toUpperCase(Locale.ROOT);
      var value = environment.get(variable);
      if (value != null) {
        origins.put("--" + name, "the environment variable " + variable);
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** The entries of a properties file as arguments, in no particular order. */
  List<String> fromFile(String file) throws IOException {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    var arguments = new ArrayList<String>();
    for (var name : properties.stringPropertyNames().stream().sorted().toList()) {
      origins.putIfAbsent("--" + name, "the file " + file);
      arguments.add("--" + name + "=" + properties.getProperty(name));
    }
    return arguments;
  }

  /** A flag given on the command line has no other origin worth telling. */
  void givenByHand(String name) {
    origins.remove("--" + name);
  }

  /** Where the value of a flag came from, if not from the command line. */
  Optional<String> origin(String option) {
    return Optional.ofNullable(origins.get(option));
  }
}
