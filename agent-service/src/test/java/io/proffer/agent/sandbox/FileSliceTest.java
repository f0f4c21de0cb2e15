package io.proffer.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
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

  @Test
  void minusOneAsksForTheSize() throws IOException {
    assertEquals(new FileSlice(5, ""), FileSlice.read(file("hello"), -1, 100));
  }

  @Test
  void aSliceStartsAndEndsWhereAsked() throws IOException {
    assertEquals(new FileSlice(1, "ell"), FileSlice.read(file("hello"), 1, 3));
    assertEquals(new FileSlice(3, "lo"), FileSlice.read(file("hello"), 3, -1));
    assertEquals(new FileSlice(9, ""), FileSlice.read(file("hello"), 9, -1));
  }

  @Test
  void oneReadIsAtMostSixteenPages() throws IOException {
    assertEquals(65536, FileSlice.read(file("x".repeat(70_000)), 0, -1).data().length());
  }

  @Test
  void readingOnByTheLengthOfTheDataLosesNoCharacter() throws IOException {
    var text = "aä€😀z".repeat(20);
    var file = file(text);
    for (int length = 4; length < 12; length++) {
      var read = new StringBuilder();
      for (long offset = 0; offset < Files.size(file); ) {
        var data = FileSlice.read(file, offset, length).data();
        read.append(data);
        offset += data.getBytes(StandardCharsets.UTF_8).length;
      }
      assertEquals(text, read.toString());
    }
  }
}
