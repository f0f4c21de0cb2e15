package io.proffer.api.audit;

import io.proffer.api.flags.WrongFlagException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes lines from any thread and never lets it wait; a thread of its own writes them. What does
 * not fit into its queue, or onto the disk, is counted, and told in a line of its own as soon as
 * there is room again.
 */
public final class AuditLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final int BATCH = 256;
  private static final Duration LAST_LINES = Duration.ofSeconds(2);

  private final Path path;
  private final AuditFile file;
  private final int capacity;
  private final Thread writer;

  // All below are guarded by this.
  private final ArrayDeque<AuditLine> waiting = new ArrayDeque<>();
  private final Refusals refusals;
  private boolean reopens;
  private boolean closed;
  private long written;
  private long dropped;

  /** Of the lines dropped, those that the file does not tell of yet. */
  private long untold;

  /** Of the writer alone: whether the last lines could not be written. */
  private boolean isFailing;

  private AuditLog(Path path, AuditFile file, int capacity, int kinds) {
    this.path = path;
    this.file = file;
    this.capacity = capacity;
    this.refusals = new Refusals(kinds);
    this.writer = Thread.ofPlatform().daemon().name("audit").unstarted(this::write);
  }

  /**
   * Opens the file, for more lines at its end.
   *
   * @param capacity how many lines may wait
   * @param kinds how many kinds of refusals are told apart in a second
   * @throws WrongFlagException when it cannot be written
   */
  static AuditLog open(String flag, Path path, int capacity, int kinds) {
    try {
      var log = new AuditLog(path, new AuditFile(path), capacity, kinds);
      log.writer.start();
      return log;
    } catch (IOException e) {
      throw new WrongFlagException(
          flag,
          "Expected a file that this process may write, in a directory that exists, but of '%s': %s"
              .formatted(path, e),
          e);
    }
  }

  /** Takes a line; never waits. */
  public synchronized void add(AuditLine line) {
    if (closed || waiting.size() >= capacity) {
      dropped++;
      untold++;
      return;
    }
    waiting.add(line);
    notifyAll();
  }

  /**
   * Takes a line of a refusal, which strangers can cause: it is told within a second, together with
   * those that are like it, and takes no place from other lines. Never waits.
   *
   * @param client its principal, or its address without port
   * @param endpoint the path of the endpoint, whatever way of spelling it was used
   */
  public synchronized void addRefusal(String client, String endpoint, AuditLine line) {
    if (closed) {
      dropped++;
      untold++;
      return;
    }
    var call = line.call().map(CallNote::type).orElse("");
    refusals.add(new Refusals.Kind(client, endpoint, call, line.status()), line, System.nanoTime());
    notifyAll();
  }

  /** From the next line on, writes to the file that then has the name. */
  public synchronized void reopen() {
    reopens = true;
    notifyAll();
  }

  /** How many lines were written. */
  public synchronized long written() {
    return written;
  }

  /** How many lines were not: there was no room for them in the queue or on the disk. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Writes what waits, unless that takes too long. */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      if (!writer.join(LAST_LINES)) {
        LOG.warn("The audit log {} does not take its last lines", path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    file.close();
  }

  private record Work(List<AuditLine> lines, long untold, boolean reopens, boolean isLast) {}

  private void write() {
    try {
      Work work;
      do {
        work = next();
        if (work.reopens()) {
          reopenFile();
        }
        append(work);
      } while (!work.isLast());
    } catch (InterruptedException e) {
      LOG.warn("The audit log {} was interrupted, and writes no more", path, e);
    }
  }

  private synchronized Work next() throws InterruptedException {
    while (waiting.isEmpty() && !reopens && !closed) {
      var left = refusals.millisLeft(System.nanoTime());
      if (left > 0) {
        wait(left);
      } else if (refusals.isEmpty()) {
        wait();
      } else {
        break;
      }
    }
    var lines = new ArrayList<AuditLine>();
    while (!waiting.isEmpty() && lines.size() < BATCH) {
      lines.add(waiting.poll());
    }
    if (closed || refusals.millisLeft(System.nanoTime()) == 0) {
      lines.addAll(refusals.take());
    }
    var work = new Work(lines, untold, reopens, closed && waiting.isEmpty());
    untold = 0;
    reopens = false;
    return work;
  }

  private void append(Work work) {
    if (work.lines().isEmpty() && work.untold() == 0) {
      return;
    }
    try {
      var bytes = new ByteArrayOutputStream();
      if (work.untold() > 0) {
        AuditLine.writeDropped(Instant.now(), work.untold(), bytes);
      }
      for (var line : work.lines()) {
        line.write(bytes);
      }
      file.append(bytes.toByteArray());
    } catch (IOException e) {
      if (!isFailing) {
        LOG.warn(
            "The audit log {} cannot be written: {}. Calls go on; lines are lost, and counted, until it can",
            path,
            e.toString());
      }
      isFailing = true;
      count(0, work.lines().size(), work.untold());
      return;
    }
    if (isFailing) {
      LOG.info("The audit log {} can be written again", path);
    }
    isFailing = false;
    count(work.lines().size(), 0, 0);
  }

  private synchronized void count(int wrote, int lost, long notTold) {
    written += wrote;
    dropped += lost;
    untold += lost + notTold;
  }

  private void reopenFile() {
    try {
      file.reopen();
      LOG.info("The audit log {} was opened anew", path);
    } catch (IOException e) {
      LOG.warn("The audit log goes on in the file it had: {} cannot be opened: {}", path, e);
    }
  }
}
