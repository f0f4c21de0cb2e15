package io.proffer.api.process;

import io.proffer.api.flags.Bytes;
import io.proffer.api.flags.Expecting;
import io.proffer.api.flags.WrongFlagException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The flags that say where the log goes beside the console, alike at master and agent. */
public final class LogFlags {
  static final String DIRECTORY = "--log_dir";
  private static final String KEPT = "--max_log_files";

  @Option(
      names = DIRECTORY,
      paramLabel = "DIR",
      description =
          "Write the log to a file in this directory too, master.log or agent.log, shown as"
              + " /master/log or /slave/log. One service per directory. Default: nowhere.")
  private Optional<Path> directory = Optional.empty();

  @Option(
      names = "--max_log_file_size",
      converter = Expecting.InMemory.class,
      defaultValue = "100MB",
      paramLabel = "BYTES",
      description =
          "About how large that file may become; then it is renamed, and a new one begun"
              + " (${DEFAULT-VALUE}).")
  private Bytes maxBytes;

  @Option(
      names = KEPT,
      converter = Expecting.AtLeastOne.class,
      defaultValue = "5",
      paramLabel = "COUNT",
      description =
          "How many older ones are kept beside it, at most 20; the oldest are deleted"
              + " (${DEFAULT-VALUE}).")
  private int kept;

  @Option(
      names = "--external_log_file",
      paramLabel = "FILE",
      description =
          "Where whoever started this service sends its output: shown as its log, not written by the"
              + " service itself.")
  private Optional<Path> external = Optional.empty();

  /**
   * Begins to write the file, if there is one.
   *
   * @param service {@code master} or {@code agent}
   * @return what ends it
   * @throws WrongFlagException when it cannot be written
   */
  public AutoCloseable open(String service) {
    if (directory.isEmpty()) {
      return () -> {};
    }
    if (kept > RollingLog.MOST_KEPT) {
      throw new WrongFlagException(
          KEPT, "Expected at most %d, but got %d".formatted(RollingLog.MOST_KEPT, kept));
    }
    return RollingLog.open(file(service).orElseThrow(), maxBytes.value(), kept);
  }

  /** The file to show; the one that others write before our own, as in the reference. */
  public Optional<Path> shownFile(String service) {
    return external.map(LogFlags::absolute).or(() -> file(service));
  }

  /** As {@code /flags} shows them. */
  public SortedMap<String, String> shown() {
    var flags = new TreeMap<String, String>();
    external.ifPresent(file -> flags.put("external_log_file", absolute(file).toString()));
    directory.ifPresent(dir -> flags.put("log_dir", absolute(dir).toString()));
    return flags;
  }

  private Optional<Path> file(String service) {
    return directory.map(dir -> absolute(dir).resolve(service + ".log"));
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
