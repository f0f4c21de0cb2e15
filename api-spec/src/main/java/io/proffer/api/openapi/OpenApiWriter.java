package io.proffer.api.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the documents: {@code ./mvnw -pl api-spec -Popenapi process-classes} calls it. */
public final class OpenApiWriter {
  private OpenApiWriter() {}

  /**
   * Writes both.
   *
   * @param arguments the descriptor set of the .proto files, and the directory to write to
   */
  public static void main(String[] arguments) throws IOException {
    var comments = Comments.read(Path.of(arguments[0]));
    var directory = Files.createDirectories(Path.of(arguments[1]));
    Files.writeString(directory.resolve("master.yaml"), master(comments));
    Files.writeString(directory.resolve("agent.yaml"), agent(comments));
  }

  static String master(Comments comments) {
    return head() + Yaml.write(Documents.master(comments));
  }

  static String agent(Comments comments) {
    return head() + Yaml.write(Documents.agent(comments));
  }

  private static String head() {
    return "# Written by: ./mvnw -pl api-spec -Popenapi process-classes\n";
  }
}
