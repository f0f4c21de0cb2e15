package io.proffer.cli.run;

import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.SchedulerClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The TEARDOWN of a framework, once, whether its job has ended or a signal ends it, and whichever
 * thread comes first.
 */
final class Farewell {
  /** So long a signal waits for the answer to a first SUBSCRIBE, to tear down what it made. */
  private static final Duration SUBSCRIBE_WAIT = Duration.ofSeconds(3);

  private static final String LATER =
      " it ends the framework and its tasks after %.0f seconds.".formatted(Job.FAILOVER_SECONDS);
  private static final String UNTOLD = "Stopped, but the master could not be told:" + LATER;
  private static final String UNANSWERED =
      "Stopped before the master answered; if it took the framework up," + LATER;

  private final SchedulerClient client;
  private final Console console;
  private final CountDownLatch settled = new CountDownLatch(1);
  private final ReentrantLock turn = new ReentrantLock();
  private boolean tornDown;

  Farewell(SchedulerClient client, Console console) {
    this.client = client;
    this.console = console;
  }

  /** The master knows the framework. */
  void subscribed() {
    settled.countDown();
  }

  /** The run is over; a framework that never came to be needs no farewell. */
  void say() {
    settled.countDown();
    turn.lock();
    try {
      teardown();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Tears down because of a signal, and gives the last line to say. A master that has not answered
   * the first SUBSCRIBE yet is waited for a moment: it would keep what it made of it. An
   * interruption ends all waiting.
   */
  String onSignal() {
    try {
      boolean answered = settled.await(SUBSCRIBE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      turn.lockInterruptibly();
      try {
        if (teardown()) {
          return "Stopped; the framework is removed, and what still runs of its tasks is being"
              + " ended.";
        }
        return answered ? UNTOLD : UNANSWERED;
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return client.frameworkId().isEmpty() ? UNANSWERED : UNTOLD;
    }
  }

  /** Whether the master has ended the framework. Only in turn. */
  private boolean teardown() {
    if (!tornDown && !client.frameworkId().isEmpty()) {
      try {
        client.teardown();
        tornDown = true;
      } catch (ClientException gone) {
        console.warn("The framework could not be torn down: " + gone.getMessage());
      }
    }
    return tornDown;
  }
}
