package io.proffer.agent.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * How much of this process is logged: 0 is what the configuration says, 1 adds debug lines, 2 and
 * more all there is. The process has one, whatever runs in it.
 */
public final class Verbosity {
  private static final String ROOT = "io.proffer";

  // All below are guarded by this.
  private int level;
  private long changes;
  private Optional<Level> configured = Optional.empty();

  /** The present level. */
  public synchronized int level() {
    return level;
  }

  /** Sets the level for some time; then the configuration's is back. */
  public synchronized void set(int wanted, Duration time) {
    apply(wanted);
    var change = ++changes;
    CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS)
        .execute(() -> back(change));
  }

  private synchronized void back(long change) {
    // A later call has its own time.
    if (change == changes) {
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
            default -> Level.TRACE;
          });
    }
    level = wanted;
  }
}
