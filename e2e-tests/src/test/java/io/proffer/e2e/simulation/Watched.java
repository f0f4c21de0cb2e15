package io.proffer.e2e.simulation;

import io.proffer.kernel.Core;
import io.proffer.kernel.Frame;
import io.proffer.kernel.Moment;
import java.util.OptionalLong;

/** A core whose frames somebody looks at, the moment they are decided. */
record Watched<C, E, F>(Core<C, E, F> core, Watcher<C, E, F> watcher) implements Core<C, E, F> {
  interface Watcher<C, E, F> {
    void decided(C command, Moment moment, Frame<E, F> frame);
  }

  @Override
  public Frame<E, F> handle(C command, Moment moment) {
    var frame = core.handle(command, moment);
    watcher.decided(command, moment, frame);
    return frame;
  }

  @Override
  public OptionalLong nextDeadlineNanos() {
    return core.nextDeadlineNanos();
  }
}
