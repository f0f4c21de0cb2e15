package io.proffer.master.metrics;

import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.fact.Framework;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts by framework, for only so many: each has a row of its own while there is room, and until
 * the room of one that has ended is needed; all others share one. Who shares it stays there, so
 * that no count ever goes back. Written on the loop's thread, read on any.
 */
final class FrameworkBook {
  /** No framework has this id. */
  private static final String OTHER = "";

  private final int limit;
  private final ConcurrentHashMap<FrameworkId, FrameworkCounts> rows = new ConcurrentHashMap<>();
  private final FrameworkCounts others = new FrameworkCounts(OTHER, OTHER);

  // Of the loop's thread.
  private final Map<String, FrameworkCounts> byStream = new HashMap<>();
  private final Map<FrameworkId, String> streams = new HashMap<>();
  private final ArrayDeque<FrameworkId> ended = new ArrayDeque<>();

  /**
   * @param limit how many have rows of their own
   */
  FrameworkBook(int limit) {
    this.limit = limit;
  }

  /** The framework is there, perhaps on another stream. */
  void put(Framework framework) {
    var id = framework.id();
    var counts = of(id);
    if (counts == others && hasRoom()) {
      counts = new FrameworkCounts(id.value(), framework.info().getName());
      rows.put(id, counts);
    }
    forgetStream(id);
    if (framework.stream().isPresent()) {
      byStream.put(framework.stream().get(), counts);
      streams.put(id, framework.stream().get());
    }
  }

  /** Its stream is gone. What was sent to it in the same frame still counts. */
  void forgetStream(FrameworkId id) {
    var stream = streams.remove(id);
    if (stream != null) {
      byStream.remove(stream);
    }
  }

  /** It has ended; its counts stay while there is room. */
  void end(FrameworkId id) {
    forgetStream(id);
    if (rows.containsKey(id)) {
      ended.add(id);
    }
  }

  private boolean hasRoom() {
    if (rows.size() >= limit && !ended.isEmpty()) {
      rows.remove(ended.poll());
    }
    return rows.size() < limit;
  }

  /** Where this framework is counted. */
  FrameworkCounts of(FrameworkId id) {
    return rows.getOrDefault(id, others);
  }

  /** Where the framework of this stream is counted. */
  FrameworkCounts ofStream(String stream) {
    return byStream.getOrDefault(stream, others);
  }

  /** Whether it is counted in a row of its own. */
  boolean hasRow(FrameworkId id) {
    return rows.containsKey(id);
  }

  /** All rows by id, the shared one at the end. */
  List<FrameworkCounts> all() {
    var all = new ArrayList<>(rows.values());
    all.sort(Comparator.comparing(FrameworkCounts::id));
    all.add(others);
    return all;
  }

  /** The row that others share. */
  FrameworkCounts others() {
    return others;
  }
}
