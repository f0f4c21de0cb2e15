package io.proffer.cli.bench.framework;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** How far all schedulers together are. Written by event loops, read by who waits. */
public final class Progress {
  private final int total;
  private final AtomicInteger launched = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger relaunched = new AtomicInteger();
  private final AtomicInteger reconciled = new AtomicInteger();
  private final AtomicReference<String> trouble = new AtomicReference<>("");
  private final AtomicLong firstClaimNanos = new AtomicLong();
  private final AtomicLong lastDoneNanos = new AtomicLong();
  private volatile boolean stopped;

  /**
   * @param total how many life cycles are wanted
   */
  public Progress(int total) {
    this.total = total;
  }

  /** Takes up to so many of the life cycles that nobody has taken yet. */
  int claim(int most) {
    if (stopped) {
      return 0;
    }
    firstClaimNanos.compareAndSet(0, System.nanoTime());
    int before = launched.getAndUpdate(taken -> Math.min(total, taken + most));
    return Math.min(total, before + most) - before;
  }

  /** Claimed, but not used. */
  void giveBack(int count) {
    launched.addAndGet(-count);
  }

  void done() {
    lastDoneNanos.set(System.nanoTime());
    done.incrementAndGet();
  }

  /** A task that never ran because its offer was gone: it is launched again under another id. */
  void refused() {
    relaunched.incrementAndGet();
    giveBack(1);
  }

  void failed(String why) {
    failed.incrementAndGet();
    trouble.set(why);
  }

  void reconciled() {
    reconciled.incrementAndGet();
  }

  /** Lets nobody launch any more. */
  public void stop() {
    stopped = true;
  }

  /** True when nothing is left to launch. */
  boolean isClaimed() {
    return stopped || launched.get() >= total;
  }

  /** True when all that were launched are done, and no more will be. */
  public boolean isOver() {
    return isClaimed() && done.get() + failed.get() >= launched.get();
  }

  /** From the first ACCEPT to the last life cycle that was through. For when all is over. */
  public double seconds() {
    return (lastDoneNanos.get() - firstClaimNanos.get()) / 1e9;
  }

  public int doneCount() {
    return done.get();
  }

  public int failedCount() {
    return failed.get();
  }

  public int relaunchedCount() {
    return relaunched.get();
  }

  public int reconciledCount() {
    return reconciled.get();
  }

  /** The last thing that went wrong; empty for nothing. */
  public String trouble() {
    return trouble.get();
  }

  /** How far it is, in words. */
  public String state() {
    return "%d of %d tasks are through, %d lost or failed%s"
        .formatted(
            done.get(),
            launched.get(),
            failed.get(),
            trouble.get().isEmpty() ? "" : ", the last one: " + trouble.get());
  }
}
