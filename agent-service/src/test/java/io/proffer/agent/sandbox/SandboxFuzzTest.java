package io.proffer.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.files.FileSlice;
import io.proffer.api.files.ServedFiles.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a request spells, and whatever the task does meanwhile, only its own files are seen. */
final class SandboxFuzzTest {
  private static final String INSIDE = "inside";
  private static final String OUTSIDE = "outside";
  private static final int PATHS = 20_000;
  private static final int RACES = 3_000;

  @TempDir Path work;
  private Path run;
  private SandboxFiles files;

  @BeforeEach
  void aSandboxAmongSecrets() throws IOException {
    run = work.resolve("slaves/S0/frameworks/F/executors/E/runs/c1");
    Files.createDirectories(run.resolve("a/b"));
    for (var file : List.of("stdout", "a/stdout", "a/b/stdout")) {
      Files.writeString(run.resolve(file), INSIDE);
    }
    Files.createSymbolicLink(run.resolveSibling("latest"), run);
    for (var directory = run.getParent(); directory.startsWith(work); ) {
      Files.writeString(directory.resolve("stdout"), OUTSIDE);
      directory = directory.getParent();
    }
    files = new SandboxFiles(work, 100);
  }

  /** Seen through the files, or why nothing is. */
  private String look(String path) throws IOException {
    var content = files.open(path);
    if (content.isEmpty() || !(content.get() instanceof Content.File file)) {
      return "";
    }
    try (var channel = file.channel()) {
      return FileSlice.read(channel, 0, -1).text();
    }
  }

  @Test
  void noSpellingLeadsOut() throws IOException {
    Files.createSymbolicLink(run.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(run.resolve("a/up"), Path.of("../.."));
    Files.createSymbolicLink(run.resolve("a/down"), Path.of("b"));
    Files.createSymbolicLink(run.resolve("root"), Path.of("/"));
    Files.createSymbolicLink(run.resolve("work"), work);
    Files.createSymbolicLink(run.resolve("self"), run);
    Files.createSymbolicLink(run.resolve("sneaky"), Path.of(run + "/../stdout"));
    Files.createSymbolicLink(run.resolve("round"), Path.of("round"));
    var starts =
        List.of(
            run.toString(),
            run.resolveSibling("latest").toString(),
            "/frameworks/F/executors/E/runs/latest",
            work.toString(),
            work + "/slaves/S0/frameworks/F/executors/E/runs/..",
            work + "/slaves/../slaves/S0/frameworks/F/executors/E/runs/c1",
            "/frameworks/F/executors/../runs/latest",
            "/frameworks/F/executors/../executors/E/runs/latest",
            "");
    var names =
        List.of(
            "stdout",
            "a",
            "b",
            "..",
            ".",
            "",
            "up",
            "down",
            "root",
            "work",
            "self",
            "sneaky",
            "round",
            "latest",
            "c1",
            "runs",
            "E",
            "%2e%2e",
            "%2f",
            "..%2f..",
            "\0",
            "...",
            "~",
            work.toString(),
            run.toString(),
            "\\..",
            "..\\..",
            "\n",
            "ä",
            "\uD800");
    var random = new Random(7);
    // Each directory outside has an entry that none inside is called like.
    var inside =
        Set.of("stdout", "a", "b", "up", "down", "root", "work", "self", "sneaky", "round");
    var listed = 0;
    var seen = 0;
    for (int i = 0; i < PATHS; i++) {
      var path = new StringBuilder(starts.get(random.nextInt(starts.size())));
      for (int n = random.nextInt(8); n >= 0; n--) {
        path.append('/')
            .append(names.get(random.nextInt(random.nextInt(3) > 0 ? 7 : names.size())));
      }
      if (random.nextInt(4) == 0) {
        path.append("/stdout");
      }
      var text = look(path.toString());
      assertTrue(text.isEmpty() || text.equals(INSIDE), () -> path + " shows what is outside");
      seen += text.length();
      for (var entry : files.list(path.toString()).orElse(List.of())) {
        var name = entry.path().substring(entry.path().lastIndexOf('/') + 1);
        assertTrue(inside.contains(name), () -> path + " lists " + name + ", which is outside");
        listed++;
      }
    }
    assertTrue(listed > 100, "the fuzz hits directories that may be seen, too");
    assertTrue(seen > 100 * INSIDE.length(), "the fuzz hits files that may be seen, too");
  }

  @Test
  void aTaskThatExchangesNamesForLinksShowsNothingElse() throws Exception {
    var secrets = Files.createDirectories(work.resolve("secrets/b"));
    Files.writeString(secrets.resolve("stdout"), OUTSIDE);
    var over = new AtomicBoolean();
    var task = Thread.ofPlatform().start(() -> exchange(secrets, over));
    var seen = 0;
    try {
      for (int i = 0; i < RACES; i++) {
        for (var path : List.of("/swap/b/stdout", "/file")) {
          try {
            var text = look(run + path);
            assertTrue(!text.equals(OUTSIDE), path + " showed what is outside");
            seen += text.length();
          } catch (IOException lost) {
            // It was exchanged each time we looked: an error, but no leak.
          }
        }
        for (var entry : files.list(run + "/swap").orElse(List.of())) {
          assertEquals(run + "/swap/b", entry.path());
        }
      }
    } finally {
      over.set(true);
      task.join();
    }
    assertTrue(seen > 0, "the race is no race when the file is never there");
  }

  /** Directory and link, file and link take each other's place, in turn and whole. */
  private void exchange(Path secrets, AtomicBoolean over) {
    try {
      var directory = Files.createDirectories(run.resolve("real"));
      Files.createDirectories(directory.resolve("b"));
      Files.writeString(directory.resolve("b/stdout"), INSIDE);
      while (!over.get()) {
        Files.deleteIfExists(run.resolve("swap"));
        Files.move(directory, run.resolve("swap"), StandardCopyOption.ATOMIC_MOVE);
        put("file", Files.writeString(run.resolve("new"), INSIDE));
        Files.move(run.resolve("swap"), directory, StandardCopyOption.ATOMIC_MOVE);
        Files.createSymbolicLink(run.resolve("swap"), secrets.getParent());
        put("file", Files.createSymbolicLink(run.resolve("link"), secrets.resolve("stdout")));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void put(String name, Path made) throws IOException {
    Files.move(
        made,
        run.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
