package io.proffer.api.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * How much of this process is logged: 0 is what the configuration says, 1 adds debug lines, 2 and
 * more all there is. The process has one, whatever runs in it: two that each remember what was
 * configured would take what the other has set for it.
 */
public final class Verbosity {
  private static final String ROOT = "io.proffer";
  private static final Verbosity OF_THIS_PROCESS = new Verbosity();

  // All below are guarded by this.
  private int level;
  private Optional<Level> configured = Optional.empty();

  /** The one timer there is: it runs out, or is cancelled by the next change. */
  private CompletableFuture<Void> timer = CompletableFuture.completedFuture(null);

  private Verbosity() {}

  /** The one there is. */
  public static Verbosity ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /** The present level. */
  public synchronized int level() {
    return level;
  }

  /** Sets the level for some time; then the configuration's is back. */
  public synchronized void set(int wanted, Duration time) {
    timer.cancel(false);
    apply(wanted);
    var mine = new CompletableFuture<Void>();
    timer = mine;
    var _ =
        mine.completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS)
            .thenRun(() -> runOut(mine));
  }

  private synchronized void runOut(CompletableFuture<Void> which) {
    // It may have run out just when the next change came.
    if (which == timer) {
      apply(0);
    }
  }

  private void apply(int wanted) {
    if (LoggerFactory.getLogger(ROOT) instanceof Logger logger) {
      if (level == 0) {
        configured = Optional.ofNullable(logger.getLevel());
      }
      logger.setLevel(
          switch (wanted) {
            case 0 -> configured.orElse(null);
            case 1 -> Level.DEBUG;
            default -> wanted < 0 ? configured.orElse(null) : Level.TRACE;
          });
    }
    level = wanted;
  }
}
