package io.proffer.master.history;

import io.proffer.kernel.Journal;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import io.proffer.kernel.sqlite.SqliteJournal;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.fact.Task;
import io.proffer.master.registry.HistoryRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The completed frameworks and the newest completed tasks, in a file that outlives the master.
 *
 * <p>Open for all terms of a master, each of which begins a {@link Chapter}. Nobody depends on it:
 * where it cannot be opened, read or written the log says so once, the term does without, and the
 * next one tries again. So it is with a disk that hangs. Methods may be called by any thread.
 */
public final class History implements AutoCloseable {
  /** What is over, the oldest first. */
  public record Past(List<Framework> frameworks, List<Task> tasks) {}

  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");
  private static final String FILE = "history.sqlite";
  private static final int WAITING_BATCHES = 64;

  /** Records in one transaction, so that a big change is not held in memory twice. */
  private static final int BATCH = 1000;

  private final Path file;
  private final int most;
  private final Supplier<Journal<Write>> disk;
  private final Scribe scribe;

  // All below are of the scribe's thread.
  /** Empty when the file could not be opened, was given up, or is closed. */
  private Optional<Journal<Write>> journal = Optional.empty();

  private Optional<Chapter> current = Optional.empty();
  private String complaint = "";

  private History(Path file, int most, Duration limit, Supplier<Journal<Write>> disk) {
    this.file = file;
    this.most = most;
    this.disk = disk;
    this.scribe = new Scribe(limit);
  }

  /**
   * Begins to open the one of a work directory; when that cannot be, the log tells.
   *
   * @param most how many tasks are kept, of all frameworks together
   * @param limit how long others wait for the disk
   */
  public static History open(Path directory, int most, Duration limit) {
    var file = directory.resolve(FILE);
    return open(file, most, limit, () -> SqliteJournal.open(file, WAITING_BATCHES));
  }

  /** The same, on any disk. */
  static History open(Path file, int most, Duration limit, Supplier<Journal<Write>> disk) {
    var history = new History(file, most, limit, disk);
    // Whatever fails is told when a term begins, which tries again.
    var _ = history.scribe.later(history::open);
    return history;
  }

  private void open() {
    try {
      journal = Optional.of(disk.get());
    } catch (StoreException e) {
      complain("This master keeps no history of completed tasks: " + e.getMessage());
    }
  }

  /**
   * Reads the file for a term; the chapter of the term before is over. Empty when that takes too
   * long: the term does without.
   */
  public Optional<Chapter> begin() {
    var chapter = new Chapter();
    var read =
        scribe.inTime(
            () -> begin(chapter),
            "This master leads without the history of completed tasks in %s, and keeps none until it leads again"
                .formatted(file));
    return read ? Optional.of(chapter) : Optional.empty();
  }

  private void begin(Chapter chapter) {
    if (journal.isEmpty()) {
      open();
    }
    current = Optional.of(chapter);
    chapter.read();
  }

  /** What would be written from now on would not fit what is there. */
  private void giveUp(Throwable cause) {
    complain(
        "This master keeps no history of completed tasks in %s from now on: %s"
            .formatted(file, cause.getMessage()));
    letGo();
  }

  /** Each reason once, however many terms find it. */
  private void complain(String why) {
    if (!why.equals(complaint)) {
      complaint = why;
      LOG.warn(why);
    }
  }

  /** Waits until what is to be kept is, but not too long, and lets go of the file. */
  @Override
  public void close() {
    scribe.inTime(
        this::letGo,
        "What is to be kept of completed tasks may not be in %s, which was not closed"
            .formatted(file));
    scribe.end();
  }

  private void letGo() {
    journal.ifPresent(Journal::close);
    journal = Optional.empty();
  }

  /** What one term found in the file, and what it keeps there. */
  public final class Chapter {
    private final Kept<Framework> frameworks = new Kept<>("frameworks/", HistoryRecords::write);
    private final Kept<Task> tasks = new Kept<>("tasks/", HistoryRecords::write);
    private Past past = new Past(List.of(), List.of());
    private long version = -1;

    private Chapter() {}

    /** What the file held; nothing when it could not be read. */
    public Past past() {
      return past;
    }

    /**
     * Makes the file hold what is over in this snapshot; done when it does. A term that has ended
     * keeps nothing more: what it was about to keep may come after the next has begun.
     */
    public CompletionStage<Void> keep(Snapshot snapshot) {
      return scribe.later(() -> store(snapshot));
    }

    /** The same, and waits for it, but not too long. */
    public void keepLast(Snapshot snapshot) {
      scribe.inTime(
          () -> store(snapshot),
          "What ended last in this term may not be in the history of completed tasks in %s"
              .formatted(file));
    }

    private void store(Snapshot snapshot) {
      if (isCurrent() && snapshot.version() != version) {
        journal.ifPresent(open -> store(open, snapshot));
      }
    }

    private boolean isCurrent() {
      return current.filter(chapter -> chapter == this).isPresent();
    }

    private void read() {
      var found = new Past(new ArrayList<>(), new ArrayList<>());
      try {
        for (var record : journal.map(Journal::load).orElse(List.of())) {
          take(record.key(), record.value().orElseThrow(), found);
        }
        past = found;
      } catch (StoreException e) {
        giveUp(e);
      }
    }

    private void take(String key, byte[] bytes, Past found) {
      if (frameworks.owns(key)) {
        var row = HistoryRecords.framework(bytes);
        frameworks.found(key, row);
        found.frameworks().add(row);
      } else if (tasks.owns(key)) {
        var row = HistoryRecords.task(bytes);
        tasks.found(key, row);
        found.tasks().add(row);
      } else {
        throw new StoreException(
            "It holds a record %s that this version of Proffer does not know: start the newer version that wrote it, or remove the file."
                .formatted(key));
      }
    }

    private void store(Journal<Write> open, Snapshot snapshot) {
      var over = snapshot.completedTasks();
      var writes = frameworks.changes(snapshot.completedFrameworks().iterator());
      writes.addAll(tasks.changes(over.from(Math.max(0, over.size() - most))));
      try {
        for (var from = 0; from < writes.size(); from += BATCH) {
          open.append(writes.subList(from, Math.min(from + BATCH, writes.size())))
              .toCompletableFuture()
              .join();
        }
        version = snapshot.version();
      } catch (CompletionException e) {
        giveUp(e.getCause());
      }
    }
  }
}
