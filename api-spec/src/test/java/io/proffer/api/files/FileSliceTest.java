package io.proffer.api.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSliceTest {
  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("file"), text);
  }

  private static String read(Path file, long offset, long length) throws IOException {
    try (var channel = FileChannel.open(file)) {
      return FileSlice.read(channel, offset, length).text();
    }
  }

  @Test
  void aSliceStartsAndEndsWhereAsked() throws IOException {
    assertEquals("ell", read(file("hello"), 1, 3));
    assertEquals("lo", read(file("hello"), 3, -1));
    assertEquals("", read(file("hello"), 9, -1));
  }

  @Test
  void aSliceKnowsTheSizeOfTheWhole() throws IOException {
    try (var channel = FileChannel.open(file("hello"))) {
      assertEquals(5, FileSlice.read(channel, 3, 1).size());
    }
  }

  @Test
  void oneReadIsAtMostSixteenPages() throws IOException {
    assertEquals(65536, read(file("x".repeat(70_000)), 0, -1).length());
  }

  @Test
  void readingOnByTheLengthOfTheDataLosesNoCharacter() throws IOException {
    var text = "aä€😀z".repeat(20);
    var file = file(text);
    for (int length = 4; length < 12; length++) {
      var read = new StringBuilder();
      for (long offset = 0; offset < Files.size(file); ) {
        var data = read(file, offset, length);
        read.append(data);
        offset += data.getBytes(StandardCharsets.UTF_8).length;
      }
      assertEquals(text, read.toString());
    }
  }
}
