package io.proffer.api.resource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What may be an id: it becomes the name of a directory (resources.md, 10). */
public final class IdRules {
  /** The longest name of a directory on common file systems, in bytes. */
  private static final int LONGEST = 255;

  private static final int LONGEST_CONTAINER = 242;

  private IdRules() {}

  /** Framework, executor, task, agent and persistence ids. */
  public static Optional<String> check(String id) {
    if (id.isEmpty()) {
      return Optional.of("ID must not be empty");
    }
    if (id.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      return Optional.of("ID must not be greater than " + LONGEST + " characters");
    }
    if (id.equals(".") || id.equals("..")) {
      return Optional.of("'" + id + "' is disallowed");
    }
    if (id.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '/' || c == '\\')) {
      return Optional.of("'" + id + "' contains invalid characters");
    }
    return Optional.empty();
  }

  /** Ids of containers: shorter, and without dots and spaces. */
  public static Optional<String> checkContainer(String id) {
    var error = check(id);
    if (error.isPresent()) {
      return error;
    }
    if (id.getBytes(StandardCharsets.UTF_8).length > LONGEST_CONTAINER) {
      return Optional.of("ID must not be greater than " + LONGEST_CONTAINER + " characters");
    }
    if (id.indexOf('.') >= 0 || id.indexOf(' ') >= 0) {
      return Optional.of("'" + id + "' contains invalid characters");
    }
    return Optional.empty();
  }
}
