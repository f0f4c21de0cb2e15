package io.proffer.master;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is done again and again for a term; it ends with it. */
record Timers(Vertx vertx, List<Long> running) implements AutoCloseable {
  Timers(Vertx vertx) {
    this(vertx, new CopyOnWriteArrayList<>());
  }

  /** Does something each time the interval has passed; the handler gets the timer, to cancel it. */
  void every(Duration interval, Handler<Long> work) {
    running.add(vertx.setPeriodic(interval.toMillis(), work));
  }

  @Override
  public void close() {
    running.forEach(vertx::cancelTimer);
  }
}
