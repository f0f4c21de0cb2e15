package io.proffer.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.files.ServedFiles.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pipe that nobody writes to holds whoever opens it, for ever: no task may do that to the agent,
 * whose threads for files are few.
 */
final class SandboxPipesTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int LOOKS = 5_000;

  private static final int AT_FDCWD = -100;
  private static final int RENAME_EXCHANGE = 2;
  private static final MethodHandle RENAME =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("renameat2"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT));

  @TempDir Path work;
  private Path run;
  private Path pipe;
  private SandboxFiles files;

  @BeforeEach
  void aSandboxWithAPipe() throws Exception {
    run = work.resolve("slaves/S0/frameworks/F/executors/E/runs/c1");
    Files.createDirectories(run);
    pipe = run.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    files = new SandboxFiles(work, 100);
  }

  @Test
  void aPipeIsToldAndNeverOpened() throws Exception {
    Files.createSymbolicLink(run.resolve("link"), pipe);
    for (var name : new String[] {"pipe", "link"}) {
      assertEquals(new Content.Other(), files.open(run + "/" + name).orElseThrow());
      assertTrue(files.list(run + "/" + name).orElseThrow().isEmpty());
      assertTrue(files.open(run + "/" + name + "/below").isEmpty());
    }
  }

  @Test
  void aPipeInThePlaceOfAFileHoldsNobody() throws Exception {
    Files.createFile(run.resolve("file"));
    var seen = new AtomicInteger();
    race(
        () -> exchange(run.resolve("file"), pipe),
        () -> {
          if (files.open(run + "/file").orElse(null) instanceof Content.File file) {
            file.channel().close();
            seen.incrementAndGet();
          }
        });
    assertTrue(seen.get() > 0, "the race is no race when the file is never there");
  }

  @Test
  void aPipeInThePlaceOfADirectoryHoldsNobody() throws Exception {
    Files.createDirectories(run.resolve("directory/below"));
    var seen = new AtomicInteger();
    race(
        () -> exchange(run.resolve("directory"), pipe),
        () -> {
          if (files.list(run + "/directory/below").isPresent()) {
            seen.incrementAndGet();
          }
        });
    assertTrue(seen.get() > 0, "the race is no race when the directory is never there");
  }

  private interface Step {
    void go() throws IOException;
  }

  /** The task does its step over and over while the agent looks, for as long as that takes. */
  private void race(Step ofTask, Step ofAgent) throws Exception {
    var over = new AtomicBoolean();
    var task = Thread.ofPlatform().start(() -> until(over, ofTask));
    var agent = Thread.ofPlatform().daemon().start(() -> looks(ofAgent));
    var done = agent.join(LIMIT);
    over.set(true);
    task.join();
    if (!done) {
      free();
    }
    assertTrue(done, "a pipe holds the agent");
  }

  private static void until(AtomicBoolean over, Step step) {
    try {
      while (!over.get()) {
        step.go();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void looks(Step step) {
    for (int i = 0; i < LOOKS; i++) {
      try {
        step.go();
      } catch (IOException lost) {
        // It was exchanged each time we looked: an error, but nobody waits.
      }
    }
  }

  /** One that writes, too, waits for nobody, and frees the one that waits. */
  private void free() throws IOException {
    for (var name : new String[] {"pipe", "file", "directory"}) {
      if (Files.exists(run.resolve(name)) && !Files.isDirectory(run.resolve(name))) {
        FileChannel.open(run.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE)
            .close();
      }
    }
  }

  /** Each gets the name of the other, at once: there is always something of each name. */
  private static void exchange(Path one, Path other) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var result =
          (int)
              RENAME.invokeExact(
                  AT_FDCWD,
                  arena.allocateFrom(one.toString()),
                  AT_FDCWD,
                  arena.allocateFrom(other.toString()),
                  RENAME_EXCHANGE);
      if (result != 0) {
        throw new IOException("renameat2 failed");
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("renameat2 could not be called", e);
    }
  }
}
