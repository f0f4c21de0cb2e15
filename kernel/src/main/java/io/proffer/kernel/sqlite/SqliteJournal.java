package io.proffer.kernel.sqlite;

import io.proffer.kernel.Journal;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Puts and deletes in one SQLite file (write-ahead log, forced at every commit).
 *
 * <p>A thread of its own writes: all batches that wait go into one transaction, in order.
 * Compaction runs on the same thread in slices of about a megabyte, one after each transaction, so
 * a write waits for one slice at most. A transaction that found the disk full is tried again as
 * often as the owner can make room. After the first failure every further append fails with the
 * same sentence.
 */
public final class SqliteJournal implements Journal<Write> {
  private record Append(List<Write> batch, CompletableFuture<Void> done) {}

  private record Reading(Consumer<? super Write> each, CompletableFuture<Void> done) {}

  private final Path file;
  private final SqliteFile database;
  private final int limit;
  private final BooleanSupplier makeRoom;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // All below are guarded by the lock.
  private List<Append> appends = new ArrayList<>();
  private List<Reading> readings = new ArrayList<>();
  private List<CompletableFuture<Void>> compactions = new ArrayList<>();
  private StoreException broken;
  private boolean closing;

  /** Whom the thread has begun to serve: a failure is told to them too. Of the thread alone. */
  private final List<CompletableFuture<?>> inHand = new ArrayList<>();

  private SqliteJournal(Path file, SqliteFile database, int limit, BooleanSupplier makeRoom) {
    this.file = file;
    this.database = database;
    this.limit = limit;
    this.makeRoom = makeRoom;
    this.thread =
        Thread.ofPlatform().name("journal-" + file.getFileName()).daemon().unstarted(this::run);
  }

  /**
   * Opens the file, or makes it with its directory.
   *
   * @param limit how many batches may wait for the disk; the one beyond it fails, and with it the
   *     journal
   * @throws StoreException when it is in use, of an unknown format, or cannot be read and written;
   *     the message says what to do
   */
  public static SqliteJournal open(Path file, int limit) {
    return open(file, limit, () -> false);
  }

  /**
   * The same, of an owner who can give room back to the disk.
   *
   * @param makeRoom asked when the disk is full: true once there is more room than before, false
   *     when there is none to give. On this thread, later on that of the journal; may block
   */
  public static SqliteJournal open(Path file, int limit, BooleanSupplier makeRoom) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var journal = new SqliteJournal(file, openFile(file, makeRoom), limit, makeRoom);
      journal.thread.start();
      return journal;
    } catch (SQLException e) {
      throw Sentences.explain(file, e);
    } catch (IOException e) {
      throw new StoreException(
          "The directory of %s cannot be made (%s): make it, or use another work directory."
              .formatted(file, e),
          e);
    }
  }

  private static SqliteFile openFile(Path file, BooleanSupplier makeRoom) throws SQLException {
    while (true) {
      try {
        return SqliteFile.open(file);
      } catch (SQLException e) {
        if (!Sentences.isFull(e) || !makeRoom.getAsBoolean()) {
          throw e;
        }
      }
    }
  }

  @Override
  public List<Write> load() {
    var all = new ArrayList<Write>();
    read(all::add);
    return all;
  }

  @Override
  public void read(Consumer<? super Write> each) {
    var done = new CompletableFuture<Void>();
    var reading = new Reading(each, done);
    ask(() -> readings.add(reading), done);
    try {
      done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new StoreException("Loading " + file + " failed: " + e.getCause(), e);
    }
  }

  @Override
  public CompletionStage<Void> append(List<Write> batch) {
    var done = new CompletableFuture<Void>();
    var append = new Append(List.copyOf(batch), done);
    ask(
        () -> {
          if (appends.size() >= limit) {
            broken =
                new StoreException(
                    "%s is too slow: %d batches wait for the disk.".formatted(file, limit));
            done.completeExceptionally(broken);
          } else {
            appends.add(append);
          }
        },
        done);
    return done;
  }

  @Override
  public CompletionStage<Void> compact() {
    var done = new CompletableFuture<Void>();
    ask(() -> compactions.add(done), done);
    return done;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    var interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // What was appended is still to be stored.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** For the tests that run out of space; before the first append. */
  void limitPages(int pages) throws SQLException {
    database.limitPages(pages);
  }

  private void ask(Runnable enqueue, CompletableFuture<?> answer) {
    lock.lock();
    try {
      if (broken != null) {
        answer.completeExceptionally(broken);
      } else if (closing) {
        answer.completeExceptionally(
            new StoreException("%s is closed; open it anew.".formatted(file)));
      } else {
        enqueue.run();
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    var shrinking = new ArrayList<CompletableFuture<Void>>();
    try {
      while (await(shrinking)) {
        storeAll();
        readAll();
        if (!shrinking.isEmpty() && !database.shrink()) {
          shrinking.forEach(done -> done.complete(null));
          shrinking.clear();
        }
      }
    } catch (SQLException e) {
      breakDown(Sentences.explain(file, e), shrinking);
    } catch (RuntimeException | Error | InterruptedException e) {
      breakDown(new StoreException("Reading or writing " + file + " failed: " + e, e), shrinking);
    } finally {
      shrinking.forEach(done -> done.completeExceptionally(closed()));
      closeDatabase();
    }
  }

  /** Waits for work; false when there is none left and the journal closes. */
  private boolean await(List<CompletableFuture<Void>> shrinking) throws InterruptedException {
    lock.lock();
    try {
      while (!closing
          && shrinking.isEmpty()
          && appends.isEmpty()
          && readings.isEmpty()
          && compactions.isEmpty()) {
        changed.await();
      }
      shrinking.addAll(compactions);
      compactions.clear();
      return !(closing && appends.isEmpty() && readings.isEmpty());
    } finally {
      lock.unlock();
    }
  }

  private void storeAll() throws SQLException {
    List<Append> group;
    lock.lock();
    try {
      group = appends;
      appends = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    if (group.isEmpty()) {
      return;
    }
    group.forEach(append -> inHand.add(append.done()));
    store(group.stream().map(Append::batch).toList());
    inHand.clear();
    group.forEach(append -> append.done().complete(null));
  }

  private void store(List<List<Write>> batches) throws SQLException {
    while (true) {
      try {
        database.store(batches);
        return;
      } catch (SQLException e) {
        if (!Sentences.isFull(e) || !makeRoom.getAsBoolean()) {
          throw e;
        }
      }
    }
  }

  private void readAll() throws SQLException {
    List<Reading> askers;
    lock.lock();
    try {
      askers = readings;
      readings = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    askers.forEach(asker -> inHand.add(asker.done()));
    for (var asker : askers) {
      try {
        database.read(asker.each());
        asker.done().complete(null);
      } catch (RuntimeException e) {
        // The reader's own: what is stored is none the worse.
        asker.done().completeExceptionally(e);
      }
    }
    inHand.clear();
  }

  private void breakDown(StoreException failure, List<CompletableFuture<Void>> shrinking) {
    List<CompletableFuture<?>> unanswered = new ArrayList<>(inHand);
    unanswered.addAll(shrinking);
    lock.lock();
    try {
      if (broken == null) {
        broken = failure;
      }
      appends.forEach(append -> unanswered.add(append.done()));
      readings.forEach(reading -> unanswered.add(reading.done()));
      unanswered.addAll(compactions);
      appends.clear();
      readings.clear();
      compactions.clear();
    } finally {
      lock.unlock();
    }
    unanswered.forEach(answer -> answer.completeExceptionally(failure));
  }

  private StoreException closed() {
    return new StoreException("%s was closed before it was compacted.".formatted(file));
  }

  private void closeDatabase() {
    try {
      database.close();
    } catch (SQLException e) {
      // All that was acknowledged is in the log; the next start reads it from there.
      breakDown(Sentences.explain(file, e), List.of());
    }
  }
}
