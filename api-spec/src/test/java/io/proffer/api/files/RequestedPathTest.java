package io.proffer.api.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestedPathTest {
  @ParameterizedTest
  @CsvSource({"'', ''", "/, ''", "//, ''", "/a, /a", "/a/, /a", "/a///, /a", "//a//b, //a//b"})
  void slashesAtTheEndAreLeftOut(String path, String without) {
    assertEquals(without, RequestedPath.withoutSlashes(path));
  }

  @Test
  void whatIsLongerThanAnyPathIsNotLookedFor() {
    assertFalse(RequestedPath.isTooLong("/".repeat(4096)));
    assertTrue(RequestedPath.isTooLong("/".repeat(4097)));
  }

  /** A pattern that tries each slash as the first of the last ones takes hours. */
  @Test
  void slashesThatDoNotEndAPathCostNoTime() {
    var path = "/".repeat(8 << 20) + "x";
    var log = new LogFile("/master/log", Optional.of(Path.of("log")));
    var judge = log.access(who -> false).of(Optional.empty());
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          assertTrue(judge.allows(path));
          assertFalse(judge.allows("/master/log" + "/".repeat(8 << 20)));
        });
  }
}
