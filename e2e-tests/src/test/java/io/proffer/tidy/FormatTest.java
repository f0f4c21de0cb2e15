package io.proffer.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FormatTest {
  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void allJavaSourcesAreFormatted() throws IOException {
    var unformatted =
        Format.sources(Tree.ROOT).parallelStream()
            .map(file -> isFormatted(Tree.read(file)) ? "" : Tree.name(file))
            .filter(name -> !name.isEmpty())
            .sorted()
            .toList();
    assertEquals(
        List.of(), unformatted, "Not formatted. This formats them: ./mvnw -N -Pformat validate");
  }

  private static boolean isFormatted(String source) {
    try {
      return Format.formatted(source).equals(source);
    } catch (FormatterException unreadable) {
      return false;
    }
  }
}
