package io.proffer.agent.gc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.kernel.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskReliefTest {
  private static final int SLICES = 3;

  @TempDir Path work;
  private Path file;
  private final List<Boolean> told = new ArrayList<>();
  private boolean listens = true;
  private Set<String> occupied = Set.of();

  @BeforeEach
  void nameTheFile() {
    file = work.resolve("ballast");
  }

  private DiskRelief relief(long bytes) {
    var collector =
        new SandboxCollector(
            work,
            work.resolve("containers"),
            () -> occupied,
            new GcPolicy(Duration.ofDays(7), 0.1),
            () -> 1,
            Runnable::run,
            new GcCounts(Duration.ZERO));
    return new DiskRelief(
        new Ballast(work, bytes),
        collector,
        full -> {
          if (listens) {
            told.add(full);
          }
          return listens;
        },
        new SystemClock());
  }

  @Test
  void roomIsGivenInSlicesUntilNoneIsLeft() throws IOException {
    var relief = relief(SLICES * Ballast.SLICE);
    relief.beforeStart();
    assertEquals(SLICES * Ballast.SLICE, Files.size(file));
    for (var left = SLICES - 1; left >= 0; left--) {
      assertTrue(relief.makeRoom());
      assertEquals((long) left * Ballast.SLICE, Files.size(file));
    }
    assertFalse(relief.makeRoom());
    assertEquals(List.of(true), told);
  }

  @Test
  void whoHasNoMoreToGiveRemovesWhatHasEnded() throws IOException {
    var run = run("E", "c");
    var relief = relief(0);
    assertTrue(relief.makeRoom());
    assertFalse(Files.exists(run));
    assertFalse(relief.makeRoom());
  }

  /** Who waits for room does not wait for more than that. */
  @Test
  void oneGoesAtATime() throws IOException {
    var runs = List.of(run("E", "c"), run("E", "d"), run("G", "e"));
    var relief = relief(0);
    for (var left = runs.size() - 1; left >= 0; left--) {
      assertTrue(relief.makeRoom());
      assertEquals(left, runs.stream().filter(Files::exists).count());
    }
    assertFalse(relief.makeRoom());
    assertFalse(Files.exists(work.resolve("slaves/S")));
  }

  /** Its control directory may be in another runtime directory than the one that is given now. */
  @Test
  void whatHasProcessesStaysThoughNothingIsKnownOfIt() throws IOException {
    var run = run("E", "c");
    occupied = Set.of("c");
    assertFalse(relief(0).makeRoom());
    assertTrue(Files.exists(run));
  }

  @Test
  void whoSaysHowItEndedHasEnded() throws IOException {
    var run = run("E", "c");
    occupied = Set.of("c");
    var control = Files.createDirectories(work.resolve("containers/c"));
    assertFalse(relief(0).makeRoom());
    Files.createFile(control.resolve("status"));
    Files.setLastModifiedTime(run, FileTime.fromMillis(0));
    assertTrue(relief(0).makeRoom());
    assertFalse(Files.exists(run));
  }

  /** A sandbox that is old enough to go. */
  private Path run(String executor, String container) throws IOException {
    var run = work.resolve("slaves/S/frameworks/F/executors/" + executor + "/runs/" + container);
    Files.createDirectories(run);
    Files.setLastModifiedTime(run, FileTime.fromMillis(0));
    return run;
  }

  /** Whoever comes last, the one that looks or the one that needs room: what it says is so. */
  @Test
  void whatIsSaidLastIsTrue() throws Exception {
    var relief = relief(SLICES * Ballast.SLICE);
    relief.beforeStart();
    for (var i = 0; i < 2000; i++) {
      var looks = Thread.ofVirtual().start(relief::look);
      relief.makeRoom();
      looks.join();
      var whole = Files.size(file) == SLICES * Ballast.SLICE;
      assertEquals(!whole, told.getLast(), "round " + i);
    }
  }

  @Test
  void withRoomAgainItIsWholeAgain() throws IOException {
    var relief = relief(SLICES * Ballast.SLICE);
    relief.beforeStart();
    assertTrue(relief.makeRoom());
    relief.look();
    assertEquals(SLICES * Ballast.SLICE, Files.size(file));
    assertEquals(List.of(true, false), told);
  }

  @Test
  void whatWasNotHeardIsSaidAgain() {
    var relief = relief(SLICES * Ballast.SLICE);
    listens = false;
    relief.beforeStart();
    assertTrue(relief.makeRoom());
    assertEquals(List.of(), told);
    listens = true;
    assertTrue(relief.makeRoom());
    assertEquals(List.of(true), told);
  }

  @Test
  void aSmallerOneThanBeforeGivesTheRestBack() throws IOException {
    relief(SLICES * Ballast.SLICE).beforeStart();
    relief(Ballast.SLICE).beforeStart();
    assertEquals(Ballast.SLICE, Files.size(file));
    relief(0).beforeStart();
    assertEquals(0, Files.size(file));
  }
}
