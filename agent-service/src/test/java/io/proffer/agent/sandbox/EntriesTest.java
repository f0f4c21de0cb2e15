package io.proffer.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.files.FileListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EntriesTest {
  @TempDir Path work;
  private Path directory;

  @BeforeEach
  void oneOfEachKind() throws IOException {
    directory = Files.createDirectories(work.resolve("slaves/S/frameworks/F/executors/E/runs/c"));
    var file = Files.writeString(directory.resolve("b-file"), "hello");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_999L));
    Files.createDirectory(
        directory.resolve("a-directory"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    Files.createSymbolicLink(directory.resolve("c-link"), directory.resolve("nowhere"));
  }

  private List<FileListing> list(String path) throws IOException {
    return new SandboxFiles(work, 10).list(path).orElseThrow();
  }

  @Test
  void entriesAreSortedAndShownAsLsDoes() throws IOException {
    var entries = list(directory + "/");
    assertEquals(
        List.of(
            "drwxr-x--- 40750 " + directory + "/a-directory",
            "-rw-r----- 100640 " + directory + "/b-file",
            "lrwxrwxrwx 120777 " + directory + "/c-link"),
        entries.stream()
            .map(
                entry ->
                    entry.modeText()
                        + " "
                        + Integer.toOctalString(entry.mode())
                        + " "
                        + entry.path())
            .toList());
    var file = entries.get(1);
    assertEquals(5, file.size());
    assertEquals(1, file.links());
    assertEquals(1_700_000_000L, file.modifiedSeconds());
    assertEquals(Files.getOwner(directory.resolve("b-file")).getName(), file.user());
  }

  @Test
  void aFileHasNoEntries() throws IOException {
    assertEquals(List.of(), list(directory + "/b-file"));
  }

  @Test
  @SuppressWarnings("StreamResourceLeak") // The cast hides that it is closed.
  void anEntryThatIsRemovedMeanwhileIsLeftOut() throws IOException {
    try (var opened = (SecureDirectoryStream<Path>) Files.newDirectoryStream(directory)) {
      assertEquals(Optional.empty(), Entries.entry(directory, opened, Path.of("removed"), "/x"));
    }
  }
}
