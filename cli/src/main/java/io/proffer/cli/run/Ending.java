package io.proffer.cli.run;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a signal does to a run: ends the framework, then the cluster that was brought for it, and
 * says so on a last line. Runs as a shutdown hook.
 */
final class Ending implements Runnable {
  /** A cluster that is just being started has so long to be there before it is closed. */
  private static final Duration START_WAIT = Duration.ofSeconds(20);

  private final Console console;
  private final CompletableFuture<Closeable> cluster = new CompletableFuture<>();
  private Framework framework;
  private Thread waiting;
  private boolean begun;
  private boolean hurried;

  Ending(Console console) {
    this.console = console;
  }

  /** What to close after the framework; a run that has none gives what does nothing. */
  void cluster(Closeable brought) {
    cluster.complete(brought);
  }

  /** What to end first; false if the signal came before, and it must not be started any more. */
  synchronized boolean admit(Framework started) {
    framework = started;
    return !begun;
  }

  /** Whether the signal has come. */
  synchronized boolean hasBegun() {
    return begun;
  }

  /** No more waiting for a master. Tasks and files of an own cluster still go with it. */
  synchronized void hurry() {
    hurried = true;
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  @Override
  public void run() {
    var last = stop();
    close();
    console.progress(last);
  }

  private String stop() {
    var running = begin();
    try {
      return running == null ? "Stopped before anything was started." : running.stop();
    } finally {
      stopped();
    }
  }

  private synchronized Framework begin() {
    begun = true;
    waiting = Thread.currentThread();
    if (hurried) {
      waiting.interrupt();
    }
    return framework;
  }

  /** An interruption was for the wait alone: what follows must not be cut off. */
  private synchronized void stopped() {
    waiting = null;
    var _ = Thread.interrupted();
  }

  private void close() {
    try {
      cluster.get(START_WAIT.toMillis(), TimeUnit.MILLISECONDS).close();
    } catch (IOException left) {
      console.warn("proffer run: something is left behind: " + left.getMessage());
    } catch (TimeoutException slow) {
      console.warn("proffer run: the cluster did not start in time; files of it may be left");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
  }
}
