package io.proffer.agent.masterlink;

import java.time.Duration;
import java.util.Optional;

/** Notices that something does not come. Of one event loop. */
final class Watch {
  /** Silence is looked for so often within its limit, which is how late it is noticed at most. */
  private static final int LOOKS = 10;

  private final Wire wire;
  private Optional<Runnable> timer = Optional.empty();
  private boolean heard;

  Watch(Wire wire) {
    this.wire = wire;
  }

  /** Calls {@code late} once, unless another watch is set before. */
  void within(Duration limit, Runnable late) {
    stop();
    timer = Optional.of(wire.after(limit, late));
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
    timer.ifPresent(Runnable::run);
    timer = Optional.empty();
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
