package io.proffer.agent.gc;

import io.proffer.kernel.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room on a full disk for what the agent must store, and tells when it is full.
 *
 * <pre>
 *   room ---- the store finds none: a slice of the ballast goes ----> full
 *     ^                                                                |
 *     '---- the ballast is whole again, and as much is free beside it -'
 * </pre>
 */
public final class DiskRelief {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");

  /** With less, a start would fail on one file or another. */
  private static final long TO_START = 1L << 20;

  private final Ballast ballast;
  private final SandboxCollector collector;
  private final Predicate<Boolean> tell;
  private final Clock clock;

  // Both are guarded by this.
  private boolean full;
  private boolean told;

  /**
   * @param tell hears that the disk is full, or is no longer; false when it could not listen, and
   *     is to be told again
   */
  public DiskRelief(
      Ballast ballast, SandboxCollector collector, Predicate<Boolean> tell, Clock clock) {
    this.ballast = ballast;
    this.collector = collector;
    this.tell = tell;
    this.clock = clock;
  }

  /**
   * Before anything is written, and while no container is being made: an earlier run may have ended
   * because of what it could remove if it ran.
   */
  public void beforeStart() {
    try {
      if (ballast.free() < TO_START) {
        LOG.warn("The disk of --work_dir is full: removing sandboxes of what has ended");
        while (ballast.free() < TO_START && collector.clearOne(clock.wall(), Duration.ZERO)) {
          // Until there is room, or nothing that may go.
        }
        for (var i = 0L; i < TO_START && ballast.free() < TO_START; i += Ballast.SLICE) {
          var _ = ballast.release();
        }
      }
    } catch (IOException e) {
      LOG.warn("No room could be made in --work_dir", e);
    }
    look();
  }

  /** For a store that finds no room: whether there is more now. */
  public boolean makeRoom() {
    if (release()) {
      return true;
    }
    try {
      return collector.clearOne(clock.wall(), SandboxCollector.SETTLED);
    } catch (IOException e) {
      LOG.warn("No room could be made in --work_dir", e);
      return false;
    }
  }

  /** Makes the ballast anew, if there is room for it again, and says what was not heard so far. */
  public synchronized void look() {
    try {
      full(!ballast.refill());
    } catch (IOException e) {
      LOG.warn("The file that keeps room for checkpoints could not be made", e);
      full(true);
    }
  }

  /** As one with what it says of the disk, or one that looks meanwhile would say the opposite. */
  private synchronized boolean release() {
    if (!ballast.release()) {
      return false;
    }
    full(true);
    return true;
  }

  private void full(boolean now) {
    full = now;
    if (full != told && tell.test(full)) {
      told = full;
    }
  }
}
