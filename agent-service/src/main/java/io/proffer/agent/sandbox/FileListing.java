package io.proffer.agent.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One entry of a directory as {@code /files/browse} shows it.
 *
 * @param path in the spelling of the request
 * @param size bytes
 * @param modifiedSeconds since the epoch
 * @param mode as {@code ls} prints it
 */
public record FileListing(
    String path,
    long links,
    long size,
    double modifiedSeconds,
    String mode,
    String user,
    String group) {

  /**
   * The entries of a directory, sorted; none for a file.
   *
   * @param requested how the request spelled {@code directory}
   */
  public static List<FileListing> of(Path directory, String requested) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    var entries = new ArrayList<FileListing>();
    try (Stream<Path> children = Files.list(directory)) {
      for (var child : children.sorted().toList()) {
        entry(child, requested.replaceFirst("/+$", "")).ifPresent(entries::add);
      }
    }
    return entries;
  }

  /** One entry; empty when the task has removed it since its directory was read. */
  static Optional<FileListing> entry(Path file, String parent) throws IOException {
    Map<String, Object> stat;
    try {
      stat =
          Files.readAttributes(
              file,
              "unix:nlink,size,lastModifiedTime,permissions,isDirectory,isSymbolicLink,owner,group",
              LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
    var kind =
        Boolean.TRUE.equals(stat.get("isDirectory"))
            ? "d"
            : Boolean.TRUE.equals(stat.get("isSymbolicLink")) ? "l" : "-";
    @SuppressWarnings("unchecked")
    var permissions = (Set<PosixFilePermission>) stat.get("permissions");
    var modified = (FileTime) stat.get("lastModifiedTime");
    return Optional.of(
        new FileListing(
            parent + "/" + file.getFileName(),
            ((Number) stat.get("nlink")).longValue(),
            ((Number) stat.get("size")).longValue(),
            Math.floor(modified.toMillis() / 1000.0),
            kind + PosixFilePermissions.toString(permissions),
            stat.get("owner").toString(),
            stat.get("group").toString()));
  }
}
