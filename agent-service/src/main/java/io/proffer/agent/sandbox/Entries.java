package io.proffer.agent.sandbox;

import io.proffer.api.files.FileListing;
import io.proffer.api.files.RequestedPath;
import io.proffer.api.files.TooManyEntriesException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the entries of a directory of a sandbox. */
final class Entries {
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int LINK = 0120000;
  private static final int PIPE = 0010000;

  private Entries() {}

  /**
   * The entries of a directory, sorted.
   *
   * @param directory its path, for what only a path tells
   * @param requested how the request spelled it
   * @param limit more entries are refused
   */
  static List<FileListing> of(
      Path directory, SecureDirectoryStream<Path> opened, String requested, int limit)
      throws IOException {
    var parent = RequestedPath.withoutSlashes(requested);
    var entries = new ArrayList<FileListing>();
    try {
      for (var child : opened) {
        if (entries.size() == limit) {
          throw new TooManyEntriesException(requested, limit);
        }
        entry(directory, opened, child.getFileName(), parent).ifPresent(entries::add);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.comparing(FileListing::path));
    return List.copyOf(entries);
  }

  /** One entry; empty when the task has removed it since its directory was read. */
  static Optional<FileListing> entry(
      Path directory, SecureDirectoryStream<Path> opened, Path name, String parent)
      throws IOException {
    try {
      var stat =
          opened
              .getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes();
      var more = more(directory.resolve(name), stat);
      return Optional.of(
          new FileListing(
              parent + "/" + name,
              more.links(),
              stat.size(),
              Math.floorDiv(stat.lastModifiedTime().toMillis(), 1000),
              more.mode(),
              stat.owner().getName(),
              stat.group().getName()));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  private record More(long links, int mode) {}

  /**
   * What the JDK tells of paths only. A path may lead elsewhere by now: it is believed when it
   * leads to the very file that was seen.
   */
  private static More more(Path file, PosixFileAttributes seen) {
    try {
      Map<String, Object> stat =
          Files.readAttributes(file, "unix:nlink,mode,fileKey", LinkOption.NOFOLLOW_LINKS);
      if (seen.fileKey().equals(stat.get("fileKey"))) {
        return new More(((Number) stat.get("nlink")).longValue(), (Integer) stat.get("mode"));
      }
    } catch (IOException gone) {
      // Then what was seen must do.
    }
    return new More(1, mode(seen));
  }

  private static int mode(PosixFileAttributes stat) {
    var kind =
        stat.isDirectory()
            ? DIRECTORY
            : stat.isSymbolicLink() ? LINK : stat.isRegularFile() ? REGULAR : PIPE;
    var bits = 0;
    for (var letter : PosixFilePermissions.toString(stat.permissions()).toCharArray()) {
      bits = (bits << 1) | (letter == '-' ? 0 : 1);
    }
    return kind | bits;
  }
}
