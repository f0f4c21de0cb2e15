package io.proffer.agent.masterlink;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.OptionalLong;

/** Notices that something does not come. Of one event loop. */
final class Watch {
  /** Silence is looked for so often within its limit, which is how late it is noticed at most. */
  private static final int LOOKS = 10;

  private final Vertx vertx;
  private OptionalLong timer = OptionalLong.empty();
  private boolean heard;

  Watch(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Calls {@code late} once, unless another watch is set before. */
  void within(Duration limit, Runnable late) {
    stop();
    timer = OptionalLong.of(vertx.setTimer(Math.max(1, limit.toMillis()), ignored -> late.run()));
  }

  /** Calls {@code silent} once, when {@link #heard} was not called for so long. */
  void silence(Duration limit, Runnable silent) {
    look(Math.max(1, limit.toMillis() / LOOKS), 0, silent);
  }

  /** Something came. */
  void heard() {
    heard = true;
  }

  void stop() {
    timer.ifPresent(vertx::cancelTimer);
    timer = OptionalLong.empty();
  }

  private void look(long everyMs, int quiet, Runnable silent) {
    heard = false;
    within(
        Duration.ofMillis(everyMs),
        () -> {
          var looks = heard ? 0 : quiet + 1;
          if (looks >= LOOKS) {
            silent.run();
          } else {
            look(everyMs, looks, silent);
          }
        });
  }
}
