package io.proffer.master.http;

import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.files.FileListing;
import io.proffer.api.files.FilesHandlers;
import io.proffer.api.files.ServedFiles;
import io.proffer.api.http.Exchange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The one file a master shows: its log, as {@code /master/log}, while there is one. */
public final class LogFile implements ServedFiles {
  private static final String SHOWN = "/master/log";

  private final Optional<Path> file;

  /**
   * @param file where the log is written; empty when it goes to no file
   */
  public LogFile(Optional<Path> file) {
    this.file = file;
  }

  /** Who answers what. */
  public Map<Endpoint, Consumer<Exchange>> table() {
    var files = new FilesHandlers(this);
    return Map.of(
        MasterEndpoints.FILES_BROWSE, files::browse,
        MasterEndpoints.FILES_READ, files::read,
        MasterEndpoints.FILES_DOWNLOAD, files::download,
        MasterEndpoints.FILES_DEBUG, files::debug);
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
    file.filter(Files::exists).ifPresent(path -> paths.put(SHOWN, path.toString()));
    return paths;
  }

  private Optional<Path> find(String requested) {
    var asked = requested.replaceFirst("/+$", "");
    return file.filter(path -> asked.equals(SHOWN) && Files.exists(path));
  }
}
