package io.proffer.e2e.ha;

import io.proffer.e2e.deploy.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The program as an earlier revision of this repository makes it: its sources, built by its own
 * build. Which one says {@code -Dupgrade.from}; otherwise it is the newest whose program is another
 * one: the last commits may have changed tests and texts alone. What was built is kept below {@code
 * target} for the next time.
 */
final class EarlierBuild {
  private static final String PROGRAM = ":(glob)*/src/main/**";
  private static final Duration LIMIT = Duration.ofMinutes(8);

  private static final Path ROOT =
      Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();

  private static final Pattern MISSING =
      Pattern.compile("Could not (resolve|find|transfer)|in offline mode|could not be resolved");

  private EarlierBuild() {}

  /**
   * Its jar, or the test that asks is skipped with a line: where there is no history, or where what
   * the revision depends on cannot be had.
   *
   * @param scratch where the sources are laid down
   */
  static Path jar(Path scratch) {
    var git = Program.needed("git", "no upgrade is tried");
    var tar = Program.needed("tar", "no upgrade is tried");
    var commit = commit(scratch, git);
    var kept = ROOT.resolve("e2e-tests/target/earlier").resolve(commit + ".jar");
    if (!Files.exists(kept)) {
      keep(build(scratch, git, tar, commit), kept);
    }
    System.out.println("upgrade: the earlier build is of " + commit);
    return kept;
  }

  private static String commit(Path scratch, String git) {
    var top = run(scratch, git, "-C", ROOT.toString(), "rev-parse", "--show-toplevel");
    // Sources that were unpacked inside of another repository have no history of their own.
    if (top.status() != 0 || !isRoot(top.output().strip())) {
      return Program.skipped("the sources are no clone of git: no upgrade is tried");
    }
    var named = System.getProperty("upgrade.from");
    if (named != null) {
      var found = resolve(scratch, git, named);
      return found.orElseThrow(() -> new AssertionError("no commit is -Dupgrade.from=" + named));
    }
    var changed = run(scratch, git, "-C", ROOT.toString(), "rev-list", "-1", "HEAD", "--", PROGRAM);
    return resolve(scratch, git, changed.output().strip() + "~1")
        .orElseGet(
            () ->
                Program.skipped(
                    "the clone has no commit with another program: no upgrade is tried"));
  }

  private static Optional<String> resolve(Path scratch, String git, String revision) {
    var found =
        run(scratch, git, "-C", ROOT.toString(), "rev-parse", "--verify", revision + "^{commit}");
    return found.status() == 0 ? Optional.of(found.output().strip()) : Optional.empty();
  }

  private static boolean isRoot(String top) {
    try {
      return Files.isSameFile(Path.of(top), ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path build(Path scratch, String git, String tar, String commit) {
    var sources = scratch.resolve("earlier");
    var archive = scratch.resolve("earlier.tar").toString();
    try {
      Files.createDirectory(sources);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    must(run(scratch, git, "-C", ROOT.toString(), "archive", "--output=" + archive, commit));
    must(run(scratch, tar, "-xf", archive, "-C", sources.toString()));
    var maven = new ArrayList<>(List.of("sh", "mvnw", "--batch-mode"));
    var repository = System.getProperty("localRepository", System.getProperty("maven.repo.local"));
    if (repository != null) {
      maven.add("-Dmaven.repo.local=" + repository);
    }
    maven.addAll(List.of("-Pquick", "-Dmaven.test.skip=true", "-pl", "cli", "-am", "package"));
    var built =
        Program.run(
            sources,
            LIMIT,
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            maven.toArray(String[]::new));
    if (built.status() != 0 && MISSING.matcher(built.output()).find()) {
      return Path.of(
          Program.skipped(
              "what %s depends on cannot be had: no upgrade is tried".formatted(commit)));
    }
    must(built);
    return sources.resolve("cli/target/proffer.jar");
  }

  /** Whole or not at all, and alone: each is 50 megabytes. */
  private static void keep(Path jar, Path kept) {
    try {
      Files.createDirectories(kept.getParent());
      try (var others = Files.newDirectoryStream(kept.getParent())) {
        for (var other : others) {
          Files.delete(other);
        }
      }
      var copy = Files.copy(jar, kept.resolveSibling(kept.getFileName() + ".new"));
      Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Program.Outcome run(Path scratch, String... command) {
    return Program.run(scratch, LIMIT, Map.of(), command);
  }

  private static void must(Program.Outcome outcome) {
    if (outcome.status() != 0) {
      throw new AssertionError("ended with " + outcome.status() + ":\n" + outcome.output());
    }
  }
}
