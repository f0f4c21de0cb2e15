package io.proffer.api.metrics;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How late work on event loops begins: each is asked, again and again, to do nothing. */
public final class EventLoopDelay implements AutoCloseable {
  private static final Metric DELAY =
      Metric.histogram(
          "proffer_event_loop_delay_seconds",
          "How late a timer of an event loop comes.",
          "event_loop");
  private static final long PERIOD_NANOS = Duration.ofMillis(100).toNanos();

  private final List<Spans> delays = new ArrayList<>();
  private final List<Future<?>> timers = new ArrayList<>();

  private EventLoopDelay() {}

  /** Watches all event loops of this instance from now on. */
  public static EventLoopDelay watch(Vertx vertx) {
    var watch = new EventLoopDelay();
    ((VertxInternal) vertx).nettyEventLoopGroup().forEach(watch::watch);
    return watch;
  }

  private void watch(EventExecutor loop) {
    var delay = new Spans(System::nanoTime);
    delays.add(delay);
    timers.add(
        loop.scheduleWithFixedDelay(
            new Runnable() {
              private long dueNanos = System.nanoTime() + PERIOD_NANOS;

              @Override
              public void run() {
                delay.record(System.nanoTime() - dueNanos);
                dueNanos = System.nanoTime() + PERIOD_NANOS;
              }
            },
            PERIOD_NANOS,
            PERIOD_NANOS,
            TimeUnit.NANOSECONDS));
  }

  /** Tells them. */
  public void addTo(Figures figures) {
    for (int i = 0; i < delays.size(); i++) {
      figures.add(DELAY, delays.get(i).read(), Integer.toString(i));
    }
  }

  @Override
  public void close() {
    timers.forEach(timer -> timer.cancel(false));
  }
}
