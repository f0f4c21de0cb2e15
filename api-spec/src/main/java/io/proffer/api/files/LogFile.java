package io.proffer.api.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The log of a service, as a file that it shows, while there is one. */
public final class LogFile implements ServedFiles {
  private final String shown;
  private final Optional<Path> file;

  /**
   * @param shown the path of requests, {@code /master/log} or {@code /slave/log}
   * @param file where the log is written; empty when it goes to no file
   */
  public LogFile(String shown, Optional<Path> file) {
    this.shown = shown;
    this.file = file;
  }

  /**
   * Who may have it (access_mesos_logs); all other paths anybody, as far as this knows.
   *
   * @param mayRead whether this principal may, by the rules of the moment
   */
  public FileAccess access(Predicate<Optional<String>> mayRead) {
    return principal -> {
      var allowed = mayRead.test(principal);
      return requested -> allowed || !isShown(requested);
    };
  }

  @Override
  public Optional<List<FileListing>> list(String requested) throws IOException {
    // A file has no entries.
    return find(requested).map(found -> List.of());
  }

  @Override
  public Optional<Content> open(String requested) throws IOException {
    var found = find(requested);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var attributes = Files.readAttributes(found.get(), BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      return Optional.of(attributes.isDirectory() ? new Content.Directory() : new Content.Other());
    }
    return Optional.of(
        new Content.File(
            found.get().getFileName().toString(),
            String.valueOf(attributes.fileKey()).replaceAll("[^0-9a-f,]|dev", "").replace(',', '-'),
            FileChannel.open(found.get(), StandardOpenOption.READ)));
  }

  @Override
  public SortedMap<String, String> attached() {
    var paths = new TreeMap<String, String>();
    file.filter(Files::exists).ifPresent(path -> paths.put(shown, path.toString()));
    return paths;
  }

  private Optional<Path> find(String requested) {
    return file.filter(path -> isShown(requested) && Files.exists(path));
  }

  /** Whether this path is that of the log, be it there or not. */
  private boolean isShown(String requested) {
    return RequestedPath.withoutSlashes(requested).equals(shown);
  }
}
