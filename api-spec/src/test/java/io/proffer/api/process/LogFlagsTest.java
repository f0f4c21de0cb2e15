package io.proffer.api.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.Flags;
import io.proffer.api.flags.WrongFlagException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LogFlagsTest {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.here");

  @TempDir Path directory;

  @Test
  void whatIsLoggedMeanwhileIsInTheFile() throws Exception {
    var below = directory.resolve("made/for it");
    LOG.info("before");
    try (var _ = flags(Map.of("log_dir", below.toString())).open("master")) {
      LOG.info("meanwhile, with {}", "an argument");
    }
    LOG.info("after");
    var text = Files.readString(below.resolve("master.log"));
    assertTrue(
        text.matches("(?s).*\\S+ INFO  io\\.proffer\\.here: meanwhile, with an argument\n.*"),
        text);
    assertFalse(text.contains("before") || text.contains("after"), text);
  }

  @Test
  void aLargeFileIsRenamedAndTheOldestGoes() throws Exception {
    var given =
        Map.of("log_dir", directory.toString(), "max_log_file_size", "1KB", "max_log_files", "2");
    var second = directory.resolve("agent.log.2");
    try (var _ = flags(given).open("agent")) {
      LOG.info("the first line of all");
      // The writer looks at the size once a second.
      while (!Files.exists(second) || Files.readString(second).contains("the first line of all")) {
        LOG.info("{}", "x".repeat(200));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
    try (var files = Files.list(directory)) {
      assertEquals(3, files.count());
    }
  }

  @Test
  void theFileToShowIsTheOneThatOthersWrite() {
    assertEquals(Optional.empty(), flags(Map.of()).shownFile("master"));
    var dir = flags(Map.of("log_dir", "/d"));
    assertEquals(Optional.of(Path.of("/d/agent.log")), dir.shownFile("agent"));
    var both = flags(Map.of("log_dir", "/d", "external_log_file", "/e/x"));
    assertEquals(Optional.of(Path.of("/e/x")), both.shownFile("agent"));
    assertEquals(Map.of("external_log_file", "/e/x", "log_dir", "/d"), both.shown());
  }

  @Test
  void whatCannotBeIsToldByItsFlag() throws Exception {
    var file = Files.writeString(directory.resolve("file"), "");
    for (var dir : new Path[] {file, file.resolve("below"), directory.resolve("100%")}) {
      var wrong =
          assertThrows(
              WrongFlagException.class,
              () -> flags(Map.of("log_dir", dir.toString())).open("master"));
      assertEquals("--log_dir", wrong.flag());
    }
    var many = flags(Map.of("log_dir", directory.toString(), "max_log_files", "21"));
    assertEquals(
        "--max_log_files",
        assertThrows(WrongFlagException.class, () -> many.open("master")).flag());
  }

  @Test
  void twoServicesOfAProcessDoNotShareAFile() throws Exception {
    var flags = flags(Map.of("log_dir", directory.toString()));
    try (var _ = flags.open("master")) {
      assertThrows(WrongFlagException.class, () -> flags.open("master"));
      LOG.info("still there");
    }
    assertTrue(Files.readString(directory.resolve("master.log")).contains("still there"));
  }

  private static LogFlags flags(Map<String, String> flags) {
    return Flags.fill(new LogFlags(), flags);
  }
}
