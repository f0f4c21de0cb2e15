package io.proffer.cli.bench.read;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Many who read {@code /state} again and again, each in its time. */
public final class Pollers implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger polls = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicReference<String> trouble = new AtomicReference<>("");

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

  public int polls() {
    return polls.get();
  }

  public long bytes() {
    return bytes.get();
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
      var wait = first;
      while (!end.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        var answer = Get.of(master, "/state", packed, Optional.empty(), limit);
        if (answer.status() != 200) {
          trouble.set("/state was answered with " + answer.status());
        }
        polls.incrementAndGet();
        bytes.addAndGet(answer.bytes());
        wait = interval;
      }
    } catch (IOException e) {
      trouble.set("/state could not be read: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
