package io.proffer.agent.container.launcher;

import io.proffer.api.flags.Bytes;
import java.util.Map;

/**
 * How much is kept of what a command writes.
 *
 * @param stdout the most bytes of each file of its standard output; 0 for no limit
 * @param stderr the same of its standard error
 * @param files how many full files of each are kept, {@code stdout.1} the youngest
 */
public record OutputLimits(long stdout, long stderr, int files) {
  /** The command writes into the two files itself. */
  public static final OutputLimits NONE = new OutputLimits(0, 0, 1);

  /** What the reference's logger calls the limits of one container (containerization). */
  private static final String STDOUT = "CONTAINER_LOGGER_MAX_STDOUT_SIZE";

  private static final String STDERR = "CONTAINER_LOGGER_MAX_STDERR_SIZE";

  boolean isNone() {
    return stdout == 0 && stderr == 0;
  }

  /**
   * With those that a command asks for itself.
   *
   * @throws IllegalArgumentException when it asks for something else than an amount of bytes
   */
  OutputLimits with(Map<String, String> environment) {
    return new OutputLimits(
        asked(environment, STDOUT, stdout), asked(environment, STDERR, stderr), files);
  }

  private static long asked(Map<String, String> environment, String name, long other) {
    var text = environment.get(name);
    if (text == null) {
      return other;
    }
    try {
      return Bytes.limitOfFile(text).value();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The environment variable " + name + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** As supervisors are told. */
  String argument() {
    return isNone() ? "-" : stdout + ":" + stderr + ":" + files;
  }
}
