package io.proffer.cli.run;

import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.SandboxFiles;
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

  private final SandboxFiles files;
  private final Semaphore turns;
  private final Console console;
  private final String directory;
  private final Stream stdout;
  private final Stream stderr;
  private final CountDownLatch ended = new CountDownLatch(1);

  /** {@code turns} bounds the requests of all tails together. */
  Tail(SandboxFiles files, String directory, String prefix, Semaphore turns, Console console) {
    this.files = files;
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

  @Override
  public void run() {
    try {
      long wait = POLL_MIN_MS;
      boolean last = false;
      while (!last) {
        last = ended.await(wait, TimeUnit.MILLISECONDS);
        boolean outMoved = stdout.copy();
        boolean errMoved = stderr.copy();
        wait = outMoved || errMoved ? POLL_MIN_MS : Math.min(wait * 2, POLL_MAX_MS);
      }
      stdout.close();
      stderr.close();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ClientException unreadable) {
      console.warn("Cannot read the output in " + directory + ": " + unreadable.getMessage());
    }
  }

  /** One file of the two, and how far it is read. */
  private final class Stream {
    private final String path;
    private final boolean error;
    private final String prefix;
    private long offset;
    private String line = "";

    Stream(String name, boolean error, String prefix) {
      this.path = directory + "/" + name;
      this.error = error;
      this.prefix = prefix;
    }

    /** Copies all there is; true if there was anything. */
    boolean copy() throws ClientException, InterruptedException {
      boolean moved = false;
      while (true) {
        turns.acquire();
        var piece = SandboxFiles.Piece.NOTHING;
        try {
          piece = files.read(path, offset).orElse(piece);
        } finally {
          turns.release();
        }
        if (piece.text().isEmpty()) {
          return moved;
        }
        offset = piece.nextOffset();
        print(piece.text());
        moved = true;
      }
    }

    /** Whole lines only where lines of several tasks mix. */
    private void print(String text) {
      if (prefix.isEmpty()) {
        console.output(error, text);
        return;
      }
      var all = line + text;
      int end = all.lastIndexOf('\n') + 1;
      line = all.substring(end);
      var lines = new StringBuilder();
      all.substring(0, end).lines().forEach(one -> lines.append(prefix).append(one).append('\n'));
      if (!lines.isEmpty()) {
        console.output(error, lines.toString());
      }
    }

    void close() {
      if (!line.isEmpty()) {
        console.output(error, prefix + line + "\n");
      }
    }
  }
}
