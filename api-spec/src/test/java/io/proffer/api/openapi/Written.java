package io.proffer.api.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where this module's build and the committed documents are. */
final class Written {
  private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));

  private Written() {}

  static Comments comments() {
    var descriptors = ROOT.resolve("api-spec/target/descriptors/api.protobin");
    if (!Files.exists(descriptors)) {
      throw new IllegalStateException(
          "protoc has not written " + descriptors + ": ./mvnw -pl api-spec clean compile");
    }
    try {
      return Comments.read(descriptors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path committed(String service) {
    return ROOT.resolve("openapi").resolve(service + ".yaml");
  }
}
