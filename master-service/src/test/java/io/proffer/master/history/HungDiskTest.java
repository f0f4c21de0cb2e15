package io.proffer.master.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.kernel.InMemoryJournal;
import io.proffer.kernel.Journal;
import io.proffer.kernel.Write;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A disk that does not answer for a while holds up nobody who leads. */
@Timeout(60)
class HungDiskTest {
  private static final Duration LIMIT = Duration.ofMillis(50);

  private final Disk disk = new Disk();

  @Test
  void aTermDoesWithoutAFileThatCannotBeOpenedInTime() {
    disk.hang();
    try (var history = open()) {
      assertEquals(Optional.empty(), history.begin());
      disk.answer();

      assertTrue(begin(history).past().tasks().isEmpty());
    }
  }

  @Test
  void aTermDoesWithoutWhileWhatTheOneBeforeKeepsIsUnderWay() throws Exception {
    try (var history = open()) {
      var first = begin(history);
      disk.hang();
      var kept = first.keep(ChapterTest.over(1, ChapterTest.A)).toCompletableFuture();

      assertEquals(Optional.empty(), history.begin());
      assertFalse(kept.isDone());
      disk.answer();
      kept.get();

      assertEquals(List.of("a"), ChapterTest.names(begin(history)));
    }
  }

  @Test
  void aStopDoesNotWaitForIt() {
    var history = open();
    var last = begin(history);
    disk.hang();
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          last.keepLast(ChapterTest.over(1, ChapterTest.A));
          history.close();
        });
    disk.answer();
    Awaitility.await().until(() -> disk.stored.load().size() == 1);
  }

  private History open() {
    return History.open(Path.of("history"), 10, LIMIT, disk::open);
  }

  /** Of a disk that answers, however busy this machine is. */
  private static History.Chapter begin(History history) {
    return Awaitility.await().until(history::begin, Optional::isPresent).orElseThrow();
  }

  private static final class Disk {
    private final InMemoryJournal stored = new InMemoryJournal();
    private volatile CompletableFuture<Void> answers = CompletableFuture.completedFuture(null);

    void hang() {
      answers = new CompletableFuture<>();
    }

    void answer() {
      answers.complete(null);
    }

    Journal<Write> open() {
      answers.join();
      return new Journal<>() {
        @Override
        public List<Write> load() {
          answers.join();
          return stored.load();
        }

        @Override
        public CompletionStage<Void> append(List<Write> batch) {
          return answers.thenCompose(there -> stored.append(batch));
        }

        @Override
        public CompletionStage<Void> compact() {
          return answers.thenCompose(there -> stored.compact());
        }

        @Override
        public void close() {
          answers.join();
        }
      };
    }
  }
}
