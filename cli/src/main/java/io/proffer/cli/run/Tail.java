package io.proffer.cli.run;

import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.LogReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Copies what one task writes to the console, until the task has ended and its files are read to
 * their end. A thread of its own, started by whoever makes it.
 */
final class Tail implements Runnable {
  private static final long POLL_MIN_MS = 50;
  private static final long POLL_MAX_MS = 1000;
  private static final long IDLE = 0;
  private static final byte[] NOTHING = {};

  private final LogReader.Source files;
  private final int pageBytes;
  private final Semaphore turns;
  private final Console console;
  private final String directory;
  private final Stream stdout;
  private final Stream stderr;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile long askedNanos = IDLE;

  /**
   * @param files of its agent
   * @param pageBytes when a piece is smaller than that, there is no more at the moment
   * @param turns bounds the requests of all tails together
   */
  Tail(
      LogReader.Source files,
      int pageBytes,
      String directory,
      String prefix,
      Semaphore turns,
      Console console) {
    this.files = files;
    this.pageBytes = pageBytes;
    this.directory = directory;
    this.turns = turns;
    this.console = console;
    this.stdout = new Stream("stdout", false, prefix);
    this.stderr = new Stream("stderr", true, prefix);
  }

  /** The task writes no more: read the rest and end. */
  void finish() {
    ended.countDown();
  }

  /** Whether the agent has owed an answer for so long. */
  boolean waitsSince(Duration limit) {
    long asked = askedNanos;
    return asked != IDLE && System.nanoTime() - asked > limit.toNanos();
  }

  @Override
  public void run() {
    try {
      long wait = POLL_MIN_MS;
      boolean last = false;
      while (!last) {
        last = ended.await(wait, TimeUnit.MILLISECONDS);
        boolean moved = copy(last);
        wait = moved ? POLL_MIN_MS : Math.min(wait * 2, POLL_MAX_MS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ClientException unreadable) {
      console.incomplete(directory, unreadable.getMessage());
    }
    stdout.close();
    stderr.close();
  }

  /** Copies what there is; an agent that does not answer may do so later, but not at the end. */
  private boolean copy(boolean last) throws ClientException, InterruptedException {
    try {
      boolean outMoved = stdout.copy();
      boolean errMoved = stderr.copy();
      return outMoved || errMoved;
    } catch (ClientException failed) {
      if (last || !failed.temporary()) {
        throw failed;
      }
      return false;
    }
  }

  /** One file of the two, and how far it is read. */
  private final class Stream {
    private final LogReader reader;
    private final boolean error;
    private final Lines lines;

    Stream(String name, boolean error, String prefix) {
      var path = directory + "/" + name;
      this.reader =
          new LogReader(
              files,
              path,
              () -> console.incomplete(path, "Some of it went before it could be read."));
      this.error = error;
      this.lines = new Lines(prefix.getBytes(StandardCharsets.UTF_8));
    }

    /** Copies all there is; true if there was anything. */
    boolean copy() throws ClientException, InterruptedException {
      boolean moved = false;
      byte[] piece;
      do {
        turns.acquire();
        askedNanos = System.nanoTime();
        try {
          piece = reader.next().orElse(NOTHING);
        } finally {
          askedNanos = IDLE;
          turns.release();
        }
        moved |= piece.length > 0;
        console.output(error, lines.add(piece));
        // The end is where less than a page is, unless a younger file goes on.
      } while (piece.length >= pageBytes || (piece.length > 0 && reader.isBehind()));
      return moved;
    }

    void close() {
      console.output(error, lines.end());
    }
  }
}
