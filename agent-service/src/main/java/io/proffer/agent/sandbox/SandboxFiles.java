package io.proffer.agent.sandbox;

import io.proffer.api.files.FileListing;
import io.proffer.api.files.ServedFiles;
import io.proffer.api.files.TooManyEntriesException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The files of sandboxes as requests name them. What is outside of the sandboxes, or leads there,
 * is not there. Blocks.
 */
public final class SandboxFiles implements ServedFiles {
  private static final int ATTEMPTS = 5;

  private final SandboxPaths paths;
  private final int maxEntries;

  /**
   * @param workDir root of all sandboxes, absolute
   * @param maxEntries a directory with more is not listed
   */
  public SandboxFiles(Path workDir, int maxEntries) {
    this.paths = new SandboxPaths(workDir);
    this.maxEntries = maxEntries;
  }

  /** Whose sandbox a path is about, whether it is there or not; empty when it is about none. */
  public Optional<SandboxOwner> owner(String requested) {
    return paths.owner(requested);
  }

  @Override
  public Optional<List<FileListing>> list(String requested) throws IOException {
    return at(
        requested,
        end ->
            switch (end) {
              case Descent.End.Directory(var held) -> entries(held, requested);
              case Descent.End.Leaf leaf -> List.of();
            });
  }

  @Override
  public Optional<Content> open(String requested) throws IOException {
    return at(
        requested,
        end ->
            switch (end) {
              case Descent.End.Directory directory -> new Content.Directory();
              case Descent.End.Leaf(var held, var name) -> content(held, name);
            });
  }

  @Override
  public SortedMap<String, String> attached() throws IOException {
    return paths.all();
  }

  private List<FileListing> entries(Handle held, String requested) throws IOException {
    var directory = held.path();
    try (var stream = Files.newDirectoryStream(directory)) {
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        return Entries.of(directory, secure, requested, maxEntries);
      }
      throw new IOException(
          "This system cannot look at files relative to directories, so '%s' is not listed"
              .formatted(requested));
    }
  }

  /** What is held is looked at first: it cannot become a pipe any more. */
  private static Content content(Handle held, Path name) throws IOException {
    var kind = held.attributes();
    return kind.isRegularFile()
        ? new Content.File(
            name.toString(), id(held, kind), FileChannel.open(held.path(), StandardOpenOption.READ))
        : new Content.Other();
  }

  /**
   * Device and number of the file, less the words around them, and when it was made: the number of
   * a file that is gone goes to the next one.
   */
  private static String id(Handle held, BasicFileAttributes attributes) {
    var place = String.valueOf(attributes.fileKey()).replaceAll("[^0-9a-f,]|dev", "");
    var birth = held.birth().map(at -> "-%x-%x".formatted(at.getEpochSecond(), at.getNano()));
    return place.replace(',', '-') + birth.orElse("");
  }

  private interface Look<T> {
    T at(Descent.End end) throws IOException;
  }

  private <T> Optional<T> at(String requested, Look<T> look) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(requested, look);
      } catch (NoSuchFileException | NotDirectoryException | FileSystemLoopException absent) {
        return Optional.empty();
      } catch (AccessDeniedException | TooManyEntriesException refused) {
        throw refused;
      } catch (IOException e) {
        // The task put something else in the place of a link, say, before its text was read.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private <T> Optional<T> once(String requested, Look<T> look) throws IOException {
    var place = paths.find(requested);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    try (var descent = new Descent(place.get().run())) {
      var end = descent.follow(place.get().rest());
      return end.isEmpty() ? Optional.empty() : Optional.of(look.at(end.get()));
    }
  }
}
