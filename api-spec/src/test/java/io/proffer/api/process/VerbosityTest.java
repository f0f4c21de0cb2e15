package io.proffer.api.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(20)
final class VerbosityTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.proffer");

  private final Verbosity verbosity = Verbosity.ofThisProcess();

  @AfterEach
  void backAsConfigured() {
    verbosity.set(0, Duration.ofHours(1));
    LOG.setLevel(null);
  }

  private void awaitLevel(int level) {
    while (verbosity.level() != level) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  @Test
  void aLevelLastsItsTimeAndThenTheConfiguredOneIsBack() {
    LOG.setLevel(Level.ERROR);

    verbosity.set(1, Duration.ofMillis(50));
    assertEquals(Level.DEBUG, LOG.getLevel());
    awaitLevel(0);

    assertEquals(Level.ERROR, LOG.getLevel());
  }

  @Test
  void whatWasSetLastIsNotEndedByAnEarlierTimer() {
    verbosity.set(1, Duration.ofMillis(1));
    verbosity.set(2, Duration.ofHours(1));

    // Timers run out in the order of their times: were the first still there, it would be over.
    new CompletableFuture<Void>().completeOnTimeout(null, 50, TimeUnit.MILLISECONDS).join();

    assertEquals(2, verbosity.level());
    assertEquals(Level.TRACE, LOG.getLevel());
    verbosity.set(3, Duration.ofMillis(1));
    awaitLevel(0);
    assertEquals(null, LOG.getLevel());
  }

  @Test
  void anyNumberWillDoAndThoseBelowZeroTellNoMore() {
    LOG.setLevel(Level.WARN);

    verbosity.set(-1, Duration.ofHours(1));
    assertEquals(-1, verbosity.level());
    assertEquals(Level.WARN, LOG.getLevel());

    verbosity.set(1000, Duration.ofHours(1));
    assertEquals(Level.TRACE, LOG.getLevel());
  }

  @Test
  void aTimeThatIsOverEndsAtOnce() {
    verbosity.set(1, Duration.ofNanos(-1));

    awaitLevel(0);
  }
}
