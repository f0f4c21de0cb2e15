package io.proffer.e2e.ha;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A framework that lives in a thread of its own, whatever its test waits for meanwhile. */
final class Load implements AutoCloseable {
  private static final Duration BEAT = Duration.ofMillis(100);

  private final FutureTask<Void> life;
  private volatile boolean isOver;

  private Load(SteadyFramework framework) {
    this.life =
        new FutureTask<>(
            () -> {
              while (!isOver) {
                framework.live(BEAT);
              }
              return null;
            });
  }

  /** Nobody else may ask anything of the framework before {@link #end}. */
  static Load of(SteadyFramework framework) {
    var load = new Load(framework);
    Thread.ofPlatform().name("load").daemon().start(load.life);
    return load;
  }

  /** Lets it live for so long, and fails as soon as the framework does. */
  void watch(Duration time) {
    try {
      life.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return; // It lives.
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Stops, and fails with what the framework failed with. */
  void end() {
    isOver = true;
    try {
      life.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    end();
  }
}
