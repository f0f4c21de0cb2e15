package io.proffer.api.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.Flags;
import io.proffer.api.flags.WrongFlagException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AuditLogTest {
  @TempDir Path directory;

  @Test
  void linesAreAddedAtTheEndOfTheFileForItsOwnerAlone() throws Exception {
    var file = directory.resolve("audit");
    for (var run = 0; run < 2; run++) {
      var log = open(file, 10);
      log.add(line("/run" + run));
      log.close();
      assertEquals(1, log.written());
    }
    assertEquals(List.of("/run0", "/run1"), told(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void whatDoesNotFitIsCountedAndTold() throws Exception {
    var file = directory.resolve("audit");
    var log = open(file, 2);
    // Who holds the log keeps its writer from taking lines.
    synchronized (log) {
      for (var i = 0; i < 5; i++) {
        log.add(line("/" + i));
      }
    }
    log.close();
    assertEquals(List.of("dropped 3", "/0", "/1"), told(file));
    assertEquals(3, log.dropped());
    log.add(line("/late"));
    assertEquals(4, log.dropped());
  }

  @Test
  void refusalsOfStrangersAreSummedUpAndKeepNoOtherLinesOut() throws Exception {
    var file = directory.resolve("audit");
    var log = open(file, 2);
    for (var i = 0; i < 100_000; i++) {
      log.addRefusal("10.0.0." + i % 3, "/state", line("/state?" + i));
      // Clients beyond the hundred that are told apart.
      log.addRefusal("10.1." + i, "/x", line("/x"));
    }
    synchronized (log) {
      log.add(line("/first"));
      log.add(line("/second"));
    }
    log.close();
    assertEquals(0, log.dropped());
    assertTrue(told(file).containsAll(List.of("/first", "/second")), told(file)::toString);
    var lines = Files.readAllLines(file);
    var calls = 0L;
    for (var line : lines) {
      calls +=
          line.contains("\"times\":")
              ? Long.parseLong(line.replaceFirst(".*\"times\":(\\d+).*", "$1"))
              : 1;
    }
    assertEquals(200_002, calls);
    // A hundred and one for each second that this took.
    assertTrue(lines.size() < 3000, () -> lines.size() + " lines");
    assertTrue(lines.stream().anyMatch(line -> line.contains("\"peer\":\"(other)\"")));
  }

  @Test
  void aRefusalIsToldWithinASecondOrTwo() throws Exception {
    var file = directory.resolve("audit");
    var log = open(file, 2);
    log.addRefusal("10.0.0.1", "/state", line("/refused"));
    awaitWritten(log, 1);
    assertEquals(List.of("/refused"), told(file));
    log.close();
  }

  @Test
  void aFileThatWasMovedAwayIsLeftForANewOne() throws Exception {
    var file = directory.resolve("audit");
    var moved = directory.resolve("audit.1");
    var log = open(file, 10);
    log.add(line("/before"));
    awaitWritten(log, 1);
    Files.move(file, moved);
    log.add(line("/moved"));
    awaitWritten(log, 2);
    log.reopen();
    log.add(line("/after"));
    log.close();
    assertEquals(List.of("/before", "/moved"), told(moved));
    assertEquals(List.of("/after"), told(file));
  }

  @Test
  void aDiskThatIsFullLosesLinesAndNoMore() throws Exception {
    var file = Files.createSymbolicLink(directory.resolve("audit"), Path.of("/dev/full"));
    var log = open(file, 10);
    log.add(line("/lost"));
    while (log.dropped() < 1) {
      Thread.onSpinWait();
    }
    Files.delete(file);
    log.reopen();
    log.add(line("/after"));
    log.close();
    assertEquals(List.of("dropped 1", "/after"), told(file));
    assertEquals(1, log.written());
    assertEquals(1, log.dropped());
  }

  @Test
  void aFileThatCannotBeOpenedAnewIsKept() throws Exception {
    var below = Files.createDirectory(directory.resolve("below"));
    var moved = directory.resolve("moved");
    var log = open(below.resolve("audit"), 10);
    Files.move(below, moved);
    log.reopen();
    log.add(line("/kept"));
    log.close();
    assertEquals(List.of("/kept"), told(moved.resolve("audit")));
  }

  @Test
  void aFileThatCannotBeWrittenIsToldByItsFlag() {
    for (var file : List.of(directory, directory.resolve("no/audit"))) {
      var wrong = assertThrows(WrongFlagException.class, () -> open(file, 10));
      assertTrue(
          wrong.getMessage().contains("'--audit_log': Expected a file that this process may write"),
          wrong.getMessage());
    }
  }

  private static AuditLog open(Path file, int queue) {
    var flags = Map.of("audit_log", file.toString(), "audit_log_queue", Integer.toString(queue));
    return Flags.fill(new AuditFlags(), flags).open().orElseThrow();
  }

  private static void awaitWritten(AuditLog log, long count) {
    while (log.written() < count) {
      Thread.onSpinWait();
    }
  }

  private static AuditLine line(String path) {
    return new AuditLine(
        Instant.EPOCH, "master", Optional.empty(), "p", "POST", path, Optional.empty(), 200, 1);
  }

  private static List<String> told(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(
            line ->
                line.replaceFirst(".*\"path\":\"([^\"]*)\".*", "$1")
                    .replaceFirst(".*\"dropped\":(\\d+)\\}", "dropped $1"))
        .toList();
  }
}
