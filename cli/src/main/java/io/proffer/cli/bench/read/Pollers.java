package io.proffer.cli.bench.read;

import io.proffer.cli.bench.framework.Samples;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Many who read {@code /state} again and again, each at fixed times: a master that answers slowly
 * is not asked less for that. A read that is due while the one before is under way is late, and
 * asked for as soon as that one ends.
 */
public final class Pollers implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicReference<String> trouble = new AtomicReference<>("");

  // Those since the count began. Guarded by this.
  private final Samples waits = new Samples();
  private long bytes;
  private int late;

  /**
   * Reads that were answered.
   *
   * @param waits from when each was due until its answer was read
   * @param late how many of them had to wait for the one before
   * @param bytes of all answers together
   */
  public record Reads(Samples.Sorted waits, int late, long bytes) {}

  /**
   * Starts them, spread over the interval.
   *
   * @param packed whether they take gzip, as clients of most libraries do
   */
  public static Pollers start(
      InetSocketAddress master, int count, Duration interval, boolean packed, Duration limit) {
    var pollers = new Pollers();
    for (var i = 0; i < count; i++) {
      var first = interval.multipliedBy(i).dividedBy(count);
      pollers.threads.execute(() -> pollers.poll(master, first, interval, packed, limit));
    }
    return pollers;
  }

  /** Begins to count anew. */
  public synchronized void countAnew() {
    waits.clear();
    bytes = 0;
    late = 0;
  }

  /** Those that were answered since the count began. */
  public synchronized Reads reads() {
    return new Reads(waits.sorted(), late, bytes);
  }

  /** What went wrong last; empty for nothing. */
  public String trouble() {
    return trouble.get();
  }

  @Override
  public void close() {
    end.countDown();
    threads.close();
  }

  private void poll(
      InetSocketAddress master, Duration first, Duration interval, boolean packed, Duration limit) {
    try {
      var due = System.nanoTime() + first.toNanos();
      var isLate = false;
      while (!end.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        var answer = Get.of(master, "/state", packed, Optional.empty(), limit);
        if (answer.status() != 200) {
          trouble.set("/state was answered with " + answer.status());
        }
        var now = System.nanoTime();
        count(now - due, isLate, answer.bytes());
        due += interval.toNanos();
        isLate = due - now < 0;
      }
    } catch (IOException e) {
      trouble.set("/state could not be read: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void count(long wait, boolean isLate, long size) {
    waits.add(wait);
    late += isLate ? 1 : 0;
    bytes += size;
  }
}
