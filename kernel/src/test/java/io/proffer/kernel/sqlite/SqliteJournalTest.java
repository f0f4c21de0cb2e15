package io.proffer.kernel.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What is particular to the file: its format, its lock, its disk. */
@Timeout(30)
final class SqliteJournalTest {
  private static final int PAGE = 4096;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("store.db");
  }

  private SqliteJournal open() {
    return SqliteJournal.open(file, 1000);
  }

  private String refusal() {
    return assertThrows(StoreException.class, this::open).getMessage();
  }

  private void sql(String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (var one : statements) {
        statement.executeUpdate(one);
      }
    }
  }

  private static void done(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static String failure(CompletionStage<Void> stage) {
    return assertThrows(ExecutionException.class, () -> done(stage)).getCause().getMessage();
  }

  private static Write row(int number, int bytes) {
    var value = new byte[bytes];
    new Random(number).nextBytes(value);
    return Write.put("row/" + number, value);
  }

  @Test
  void theDirectoryIsMadeAndTheFileSaysWhatItIs() throws Exception {
    file = directory.resolve("meta/registry/store.db");
    open().close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA user_version")) {
      assertEquals(1, rows.getInt(1));
    }
  }

  @Test
  void aSecondOwnerIsToldThatTheFileIsInUse() {
    try (var first = open()) {
      assertTrue(refusal().contains("store.db is in use by another process: stop that one"));
      assertEquals(List.of(), first.load());
    }
    open().close();
  }

  @Test
  void anotherProcessIsToldThatTheFileIsInUse() throws Exception {
    var child = ChildWriter.start(file, "");
    try {
      child.inputReader().readLine();
      assertTrue(refusal().contains("is in use by another process"));
    } finally {
      child.destroyForcibly().waitFor();
    }
    open().close();
  }

  @Test
  void aFileThatIsNoDatabaseIsLeftAlone() throws IOException {
    Files.writeString(file, "This is certainly not a database. ".repeat(100));
    assertTrue(refusal().contains("store.db is not a store of this program: move it away"));
    assertTrue(Files.readString(file).startsWith("This is certainly"));
  }

  @Test
  void aDatabaseOfAnotherProgramIsLeftAlone() throws SQLException {
    sql("CREATE TABLE theirs (x)");
    assertTrue(refusal().contains("is a database of another program"));
  }

  @Test
  void aNewerFormatIsRefused() throws SQLException {
    open().close();
    sql("PRAGMA user_version = 2");
    assertTrue(refusal().contains("has format 2, this program knows formats up to 1"));
  }

  @Test
  void aPathThatCannotBeOpenedIsExplained() throws IOException {
    Files.createDirectory(file);
    assertTrue(refusal().contains("cannot be opened for writing"));
    file = Files.createFile(directory.resolve("plain")).resolve("store.db");
    assertTrue(refusal().contains("The directory of " + file + " cannot be made"));
  }

  @Test
  void whatTheSystemForbidsIsExplained() {
    var e = new SQLiteException("attempt to write", SQLiteErrorCode.SQLITE_READONLY_DIRECTORY);
    var sentence = Sentences.explain(file, e).getMessage();
    assertTrue(sentence.contains("SQLITE_READONLY_DIRECTORY"), sentence);
    assertTrue(sentence.contains("writable for user"), sentence);
  }

  @Test
  void aFullDiskFailsTheBatchAndAllAfterItButKeepsAllBefore() throws Exception {
    var acknowledged = 0;
    try (var journal = open()) {
      journal.limitPages(60);
      String sentence = null;
      while (sentence == null) {
        var stage = journal.append(List.of(row(acknowledged, 3000), row(-acknowledged - 1, 3000)));
        try {
          done(stage);
          acknowledged++;
        } catch (ExecutionException e) {
          sentence = e.getCause().getMessage();
        }
      }
      assertTrue(sentence.contains("No space left for " + file), sentence);
      assertEquals(sentence, failure(journal.append(List.of(Write.delete("row/0")))));
      assertThrows(StoreException.class, journal::load);
    }
    assertTrue(acknowledged > 5, "stored " + acknowledged);
    try (var journal = open()) {
      assertEquals(2 * acknowledged, journal.load().size());
    }
  }

  @Test
  void aFullDiskIsTriedAgainAsOftenAsThereIsRoomToGive() throws Exception {
    var reserves = new AtomicInteger(3);
    var opened = new AtomicReference<SqliteJournal>();
    BooleanSupplier makeRoom =
        () -> {
          var left = reserves.getAndDecrement();
          limit(opened.get(), 60 + (4 - left) * 10);
          return left > 0;
        };
    var acknowledged = 0;
    try (var journal = SqliteJournal.open(file, 1000, makeRoom)) {
      opened.set(journal);
      journal.limitPages(60);
      while (reserves.get() >= 0) {
        try {
          done(journal.append(List.of(row(acknowledged, 3000), row(-acknowledged - 1, 3000))));
          acknowledged++;
        } catch (ExecutionException e) {
          assertTrue(e.getCause().getMessage().contains("No space left for "), e.toString());
        }
      }
    }
    assertTrue(Files.size(file) > 60 * PAGE, "never given more than at first");
    try (var journal = open()) {
      assertEquals(2 * acknowledged, journal.load().size());
    }
  }

  private static void limit(SqliteJournal journal, int pages) {
    try {
      journal.limitPages(pages);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDamagedFileIsToldToWhoLoadsIt() throws Exception {
    try (var journal = open()) {
      done(journal.append(IntStream.range(0, 500).mapToObj(i -> row(i, 1000)).toList()));
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      // All but the first pages, which say what the file is.
      channel.write(ByteBuffer.wrap(new byte[300_000]), 100_000);
    }
    try (var journal = open()) {
      var failure =
          assertTimeoutPreemptively(
              Duration.ofSeconds(20), () -> assertThrows(StoreException.class, journal::load));
      assertTrue(failure.getMessage().contains("is damaged"), failure.getMessage());
      assertEquals(failure.getMessage(), failure(journal.append(List.of(Write.delete("row/0")))));
    }
  }

  @Test
  void moreBatchesThanMayWaitBreakTheJournal() {
    var stages = new ArrayList<CompletionStage<Void>>();
    try (var journal = SqliteJournal.open(file, 1)) {
      var big = IntStream.range(0, 2000).mapToObj(i -> row(i, 300)).toList();
      for (var i = 0; i < 5; i++) {
        stages.add(journal.append(big));
      }
      assertTrue(failure(stages.get(4)).contains("too slow: 1 batches wait"));
    }
  }

  @Test
  void compactionGivesSpaceBack() throws Exception {
    try (var journal = open()) {
      done(journal.append(IntStream.range(0, 3000).mapToObj(i -> row(i, 1000)).toList()));
      done(
          journal.append(
              IntStream.range(0, 2990).mapToObj(i -> Write.delete("row/" + i)).toList()));
      done(journal.compact());
      assertTrue(Files.size(file) < 100_000, "holds " + Files.size(file));
      assertTrue(Files.size(directory.resolve("store.db-wal")) < 100_000);
      assertEquals(10, journal.load().size());
    }
  }
}
