package io.proffer.master.watch;

import io.proffer.api.v1.master.Event;
import io.proffer.kernel.Frame;
import java.util.List;

/** What operators are told of each frame. */
public final class Watching {
  private final Belated belated = new Belated();

  public List<Event> events(Frame<io.proffer.master.core.event.Event, ?> frame) {
    return EventWords.of(frame.events(), new Owners(1), belated).stream()
        .map(news -> news.words().get().build())
        .toList();
  }
}
