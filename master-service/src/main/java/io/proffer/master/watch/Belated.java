package io.proffer.master.watch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * News that wait for the end of long work: that a framework or an agent was removed is told after
 * the ends of its tasks, however many turns those take. Of one thread.
 */
final class Belated {
  private final Map<Long, News> waiting = new HashMap<>();

  void put(long work, News news) {
    waiting.put(work, news);
  }

  /** What waited for this work; empty when nothing did. */
  Optional<News> take(long work) {
    return Optional.ofNullable(waiting.remove(work));
  }
}
