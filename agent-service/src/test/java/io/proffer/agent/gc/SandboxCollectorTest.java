package io.proffer.agent.gc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.metrics.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SandboxCollectorTest {
  private static final Instant NOW = Instant.parse("2026-01-08T00:00:00Z");
  private static final GcPolicy POLICY = new GcPolicy(Duration.ofDays(7), 0.1);

  @TempDir Path work;
  private double usage;
  private final GcCounts counts = new GcCounts(Duration.ZERO);

  private Path sandbox(String executor, String container, Duration age) throws IOException {
    var run = work.resolve("slaves/S0/frameworks/F/executors/" + executor + "/runs/" + container);
    Files.createDirectories(run.resolve("sub"));
    Files.writeString(run.resolve("stdout"), "hello");
    var latest = run.resolveSibling("latest");
    Files.deleteIfExists(latest);
    Files.createSymbolicLink(latest, run);
    touch(run, NOW.minus(age));
    return run;
  }

  private static void touch(Path path, Instant time) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(time));
  }

  /** One of its own each time: as after a restart, nothing is remembered. */
  private SandboxCollector collector() {
    return new SandboxCollector(
        work, work.resolve("runtime"), Set::of, POLICY, () -> usage, Runnable::run, counts);
  }

  private void collect(Instant now, String... used) throws IOException {
    collector().collect(Set.of(used), now);
  }

  private double metric(String name) {
    var figures = new Figures();
    counts.addTo(figures);
    return figures.named().get(name);
  }

  @Test
  void theFullerTheDiskTheYoungerASandboxMustBe() {
    assertEquals(Duration.ofMinutes(9072), POLICY.maxAge(0));
    assertEquals(Duration.ofMinutes(4032), POLICY.maxAge(0.5));
    assertEquals(Duration.ZERO, POLICY.maxAge(0.9));
    assertEquals(Duration.ZERO, POLICY.maxAge(1));
  }

  @Test
  void anOldSandboxIsRemovedAndAYoungOneStays() throws IOException {
    var old = sandbox("E", "c1", Duration.ofDays(6).plusHours(8));
    var young = sandbox("E", "c2", Duration.ofDays(6));
    collect(NOW);
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(young.resolve("stdout")));
    assertTrue(Files.exists(young.resolveSibling("latest")));
    assertEquals(1.0, metric("gc/path_removals_succeeded"));
    assertEquals(1.0, metric("gc/path_removals_pending"));
    assertEquals(544320.0, metric("slave/executor_directory_max_allowed_age_secs"));
  }

  @Test
  void aFullDiskNeedsAllThatIsNotInUse() throws IOException {
    var ended = sandbox("E1", "c1", Duration.ofMinutes(1));
    var used = sandbox("E2", "c2", Duration.ofDays(30));
    var running = sandbox("E3", "c3", Duration.ofDays(30));
    Files.createDirectories(work.resolve("runtime/c3"));
    var beingMade = sandbox("E4", "c4", Duration.ofSeconds(1));
    usage = 0.95;
    collect(NOW, "c2");
    assertFalse(Files.exists(ended));
    assertTrue(Files.exists(used));
    assertTrue(Files.exists(running));
    assertTrue(Files.exists(beingMade));
  }

  @Test
  void whereNothingCanBeStoredOneAfterAnotherGoesThatHasEnded() throws IOException {
    var ended = sandbox("E1", "c1", Duration.ofMinutes(1));
    var untold = sandbox("E2", "c2", Duration.ofMinutes(1));
    Files.writeString(
        Files.createDirectories(work.resolve("runtime/c2")).resolve("status"), "exit 0");
    var running = sandbox("E3", "c3", Duration.ofDays(30));
    Files.createDirectories(work.resolve("runtime/c3"));
    var young = sandbox("E4", "c4", Duration.ofSeconds(1));
    assertTrue(collector().clearOne(NOW, SandboxCollector.SETTLED));
    assertTrue(Files.exists(ended) != Files.exists(untold), "one goes, as somebody waits for it");
    assertTrue(collector().clearOne(NOW, SandboxCollector.SETTLED));
    assertFalse(Files.exists(ended) || Files.exists(untold));
    assertFalse(collector().clearOne(NOW, SandboxCollector.SETTLED));
    assertTrue(Files.exists(running));
    assertTrue(Files.exists(young));
    assertTrue(collector().clearOne(NOW, Duration.ZERO));
    assertFalse(Files.exists(young));
    assertTrue(Files.exists(running));
  }

  @Test
  void ageCountsFromTheLastUseAndSurvivesARestart() throws IOException {
    var run = sandbox("E", "c1", Duration.ofDays(30));
    collect(NOW, "c1");
    collect(NOW.plus(Duration.ofDays(6)));
    assertTrue(Files.exists(run));
    collect(NOW.plus(Duration.ofDays(7)));
    assertFalse(Files.exists(run));
  }

  @Test
  void directoriesThatNothingIsLeftInGoToo() throws IOException {
    sandbox("E1", "c1", Duration.ofDays(8));
    sandbox("E2", "c2", Duration.ofDays(1));
    var agents = work.resolve("slaves");
    collect(NOW);
    assertFalse(Files.exists(agents.resolve("S0/frameworks/F/executors/E1")));
    assertTrue(Files.exists(agents.resolve("S0/frameworks/F/executors/E2/runs/c2")));
    collect(NOW.plus(Duration.ofDays(7)));
    assertTrue(Files.exists(agents));
    assertFalse(Files.exists(agents.resolve("S0")));
  }

  @Test
  void whatLinksLeadToIsNotTouched() throws IOException {
    var run = sandbox("E", "c1", Duration.ofDays(8));
    var precious = Files.createDirectories(work.resolve("precious"));
    Files.writeString(precious.resolve("file"), "keep");
    Files.createSymbolicLink(run.resolve("link"), precious);
    touch(run, NOW.minus(Duration.ofDays(8)));
    var linked = run.resolveSibling("linked");
    Files.createSymbolicLink(linked, precious);
    collect(NOW);
    assertFalse(Files.exists(run));
    assertTrue(Files.exists(precious.resolve("file")));
    assertTrue(Files.exists(linked, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void anAgentWithoutSandboxesHasNothingToCollect() throws IOException {
    collect(NOW);
    assertEquals(0.0, metric("gc/path_removals_pending"));
  }
}
