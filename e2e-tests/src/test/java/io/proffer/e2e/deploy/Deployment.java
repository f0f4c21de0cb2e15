package io.proffer.e2e.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files below {@code deploy/}. */
final class Deployment {
  static final Path ROOT =
      Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();

  private static final YAMLMapper YAML = new YAMLMapper();

  private Deployment() {}

  static Path file(String name) {
    return ROOT.resolve("deploy").resolve(name);
  }

  static String text(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The documents of a YAML file, aliases left as they are: Jackson knows no merge keys. */
  static List<JsonNode> documents(String name) {
    try (var parser = new YAMLFactory().createParser(text(name))) {
      return YAML.readerFor(JsonNode.class).<JsonNode>readValues(parser).readAll();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
