package io.proffer.e2e.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs of the distribution that tests need: found, missed with a line, run to their end. */
public final class Program {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Where services lie, which is not on everybody's path. */
  private static final List<String> MORE_FOLDERS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

  /** How a program ended, and all it wrote. */
  public record Outcome(int status, String output) {}

  private Program() {}

  /** Where the program is, or the test ends here, skipped, and says so. */
  public static String needed(String name, String untried) {
    return found(name)
        .orElseGet(() -> skipped("there is no " + name + " on this host: " + untried));
  }

  /** Ends the test that asks, skipped. */
  public static String skipped(String why) {
    System.out.println("Skipped: " + why + ".");
    return Assumptions.abort(why);
  }

  /** Where the program is. */
  public static Optional<String> found(String name) {
    var path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
    return Stream.concat(Stream.of(path), MORE_FOLDERS.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  static Outcome run(Path directory, String... command) {
    return run(directory, Map.of(), command);
  }

  static Outcome run(Path directory, Map<String, String> environment, String... command) {
    return run(directory, LIMIT, environment, command);
  }

  /** Runs a program in a directory, with more in its environment, for so long at most. */
  public static Outcome run(
      Path directory, Duration limit, Map<String, String> environment, String... command) {
    try {
      var output = Files.createTempFile(directory, "output", ".txt");
      var builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      int status = await(builder.start(), limit, String.join(" ", command), () -> read(output));
      return new Outcome(status, read(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end of a process, and returns its exit status. */
  static int await(Process process, String what, Supplier<String> output) {
    return await(process, LIMIT, what, output);
  }

  private static int await(Process process, Duration limit, String what, Supplier<String> output) {
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(what + " still runs after " + limit + ": " + output.get());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
  }

  static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
