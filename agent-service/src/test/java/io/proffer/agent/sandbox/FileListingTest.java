package io.proffer.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileListingTest {
  @TempDir Path directory;

  @BeforeEach
  void oneOfEachKind() throws IOException {
    var file = Files.writeString(directory.resolve("b-file"), "hello");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_999L));
    Files.createDirectory(
        directory.resolve("a-directory"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    Files.createSymbolicLink(directory.resolve("c-link"), directory.resolve("nowhere"));
  }

  @Test
  void entriesAreSortedAndShownAsLsDoes() throws IOException {
    var entries = FileListing.of(directory, "/spelled/like/this/");
    assertEquals(
        List.of(
            "drwxr-x--- /spelled/like/this/a-directory",
            "-rw-r----- /spelled/like/this/b-file",
            "lrwxrwxrwx /spelled/like/this/c-link"),
        entries.stream().map(entry -> entry.mode() + " " + entry.path()).toList());
    var file = entries.get(1);
    assertEquals(5, file.size());
    assertEquals(1, file.links());
    assertEquals(1_700_000_000.0, file.modifiedSeconds());
    assertEquals(Files.getOwner(directory.resolve("b-file")).getName(), file.user());
  }

  @Test
  void aFileHasNoEntries() throws IOException {
    assertEquals(List.of(), FileListing.of(directory.resolve("b-file"), "/x"));
  }

  @Test
  void anEntryThatIsRemovedMeanwhileIsLeftOut() throws IOException {
    assertEquals(Optional.empty(), FileListing.entry(directory.resolve("removed"), "/x"));
  }
}
