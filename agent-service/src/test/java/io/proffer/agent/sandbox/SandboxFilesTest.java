package io.proffer.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.proffer.api.files.FileSlice;
import io.proffer.api.files.ServedFiles.Content;
import io.proffer.api.files.TooManyEntriesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SandboxFilesTest {
  private static final String LATEST = "/frameworks/F/executors/E/runs/latest";

  @TempDir Path work;
  private Path run;
  private SandboxFiles files;

  @BeforeEach
  void aSandboxWithOneFile() throws IOException {
    run = work.resolve("slaves/S0/frameworks/F/executors/E/runs/c1");
    Files.createDirectories(run.resolve("sub"));
    Files.writeString(run.resolve("stdout"), "hello");
    Files.createSymbolicLink(run.resolveSibling("latest"), run);
    Files.writeString(work.resolve("secret"), "no");
    files = new SandboxFiles(work, 100);
  }

  private String text(String path) throws IOException {
    var content = files.open(path);
    if (content.isEmpty()) {
      return "absent";
    }
    var file = assertInstanceOf(Content.File.class, content.get());
    try (var channel = file.channel()) {
      return file.name() + ": " + FileSlice.read(channel, 0, -1).text();
    }
  }

  @Test
  void allSpellingsLeadToTheSameFile() throws IOException {
    assertEquals("stdout: hello", text(run + "/stdout"));
    assertEquals("stdout: hello", text(run.getParent() + "/latest/stdout"));
    assertEquals("stdout: hello", text(LATEST + "/stdout"));
    assertEquals("stdout: hello", text("/frameworks/F/executors/E/runs/c1/stdout"));
    assertEquals("stdout: hello", text(LATEST + "/sub/../stdout"));
    assertEquals("stdout: hello", text(LATEST + "//./stdout/"));
    assertInstanceOf(Content.Directory.class, files.open(LATEST).orElseThrow());
  }

  @Test
  void aFileKeepsItsIdUnderAnotherNameAndTheNextOfItsNameHasAnother() throws IOException {
    var first = id(LATEST + "/stdout");
    assertTrue(first.matches("[0-9a-f]+-[0-9]+(-[0-9a-f]+-[0-9a-f]+)?"), first);
    Files.move(run.resolve("stdout"), run.resolve("stdout.1"));
    Files.writeString(run.resolve("stdout"), "next");
    assertEquals(first, id(LATEST + "/stdout.1"));
    assertNotEquals(first, id(LATEST + "/stdout"));
  }

  /** As when the oldest file goes just before the newest is made. */
  @Test
  void aFileThatGetsTheNumberOfOneThatIsGoneHasAnotherId() throws IOException {
    var file = run.resolve("stdout");
    var gone = birth(file);
    assumeTrue(gone.isPresent(), "this file system does not know when files were made");
    var before = id(LATEST + "/stdout");
    Files.writeString(file, "more", StandardOpenOption.APPEND);
    assertEquals(before, id(LATEST + "/stdout"), "what is written to it makes it no other");

    do {
      // Its clock goes in steps of some milliseconds.
      Files.delete(file);
      Files.writeString(file, "next");
    } while (birth(file).equals(gone));

    assertNotEquals(before, id(LATEST + "/stdout"));
  }

  private static Optional<Instant> birth(Path file) throws IOException {
    try (var held = Handle.of(file)) {
      return held.birth();
    }
  }

  private String id(String path) throws IOException {
    var file = assertInstanceOf(Content.File.class, files.open(path).orElseThrow());
    file.channel().close();
    return file.id();
  }

  @Test
  void linksWithinTheRunAreFollowed() throws IOException {
    Files.createSymbolicLink(run.resolve("sub/up"), Path.of("../stdout"));
    Files.createSymbolicLink(run.resolve("whole"), run.resolve("sub/up"));
    Files.createSymbolicLink(run.resolve("here"), run);
    assertEquals("stdout: hello", text(LATEST + "/sub/up"));
    assertEquals("stdout: hello", text(LATEST + "/whole"));
    assertEquals("stdout: hello", text(LATEST + "/here/here/sub/../whole"));
  }

  @Test
  void nothingOutsideOfARunIsThere() throws IOException {
    Files.createSymbolicLink(run.resolve("leak"), work.resolve("secret"));
    Files.createSymbolicLink(run.resolve("root"), Path.of("/"));
    Files.createSymbolicLink(run.resolve("sub/round"), Path.of("round"));
    for (var path :
        List.of(
            "/",
            "/etc/passwd",
            work + "/secret",
            run + "/../../../../../../../../../secret",
            run + "/leak",
            run + "/root" + work + "/secret",
            run + "/sub/round",
            run + "/stdout/../stdout",
            run.getParent() + "/../stdout",
            run.getParent() + "/..",
            LATEST + "/../../../../../../../../../secret",
            "/frameworks/../executors/E/runs/latest/stdout",
            "/frameworks/F/executors/nobody/runs/latest",
            "/frameworks/F/executors/E/runs/../../E/runs/c1/stdout",
            "/frameworks/F/executors/E/runs/c2/stdout",
            run + "/missing",
            run + "/bad\0path",
            "bad\0path")) {
      assertEquals(Optional.empty(), files.open(path), path);
      assertEquals(Optional.empty(), files.list(path), path);
    }
  }

  @Test
  void aRunThatIsALinkIsNoRun() throws IOException {
    Files.createDirectory(work.resolve("elsewhere"));
    Files.writeString(work.resolve("elsewhere/file"), "no");
    Files.createSymbolicLink(run.resolveSibling("c2"), work.resolve("elsewhere"));
    assertEquals("absent", text(run.resolveSibling("c2") + "/file"));
  }

  @Test
  void whatIsNoFileIsNotOpened() throws Exception {
    var pipe = run.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertInstanceOf(Content.Other.class, files.open(pipe.toString()).orElseThrow());
  }

  @Test
  void aDirectoryWithTooManyEntriesIsRefusedWithASentence() throws IOException {
    for (int i = 0; i < 98; i++) {
      Files.createFile(run.resolve("file-" + i));
    }
    assertEquals(100, files.list(LATEST).orElseThrow().size());
    Files.createFile(run.resolve("one-more"));
    assertThrows(TooManyEntriesException.class, () -> files.list(LATEST));
  }

  @Test
  void eachPathThatIsServedIsTold() throws IOException {
    var runs = run.getParent().toString();
    assertEquals(
        List.of(LATEST + "=" + run, run + "=" + run, runs + "/latest=" + run),
        files.attached().entrySet().stream().map(Object::toString).toList());
  }

  @Test
  void anAgentWithoutSandboxesHasNoFiles() throws IOException {
    var none = new SandboxFiles(work.resolve("fresh"), 100);
    assertEquals(Optional.empty(), none.open(LATEST));
    assertEquals(0, none.attached().size());
  }
}
