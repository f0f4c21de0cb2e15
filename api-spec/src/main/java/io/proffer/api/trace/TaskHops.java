package io.proffer.api.trace;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * How far tasks have come: a line for each hop, and one at TASK_RUNNING with the time of every hop
 * before it. Of so many tasks at a time, the ones that began last. From any thread.
 */
public final class TaskHops {
  private static final double NANOS_OF_MS = 1e6;

  private record Hop(String name, long nanos) {}

  /** Those followed; for one more than there may be the oldest goes, whose end was not heard of. */
  private static final class Open extends LinkedHashMap<String, List<Hop>> {
    private static final long serialVersionUID = 1;

    private final int limit;

    Open(int limit) {
      this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, List<Hop>> eldest) {
      return size() > limit;
    }
  }

  private final LongSupplier nanos;
  private final Consumer<String> lines;
  private final Map<String, List<Hop>> open;

  /**
   * @param limit how many tasks are followed at a time
   * @param nanos monotonic nanoseconds now
   * @param lines takes each line
   */
  public TaskHops(int limit, LongSupplier nanos, Consumer<String> lines) {
    this.open = Collections.synchronizedMap(new Open(limit));
    this.nanos = nanos;
    this.lines = lines;
  }

  /** The first hop of a task. */
  public void begin(String task, String name) {
    open.put(task, List.of(new Hop(name, nanos.getAsLong())));
    lines.accept("Task " + task + ": " + name);
  }

  /** The task has come this far. What was said of it already, or is not followed, is not told. */
  public void hop(String task, String name) {
    var hop = new Hop(name, nanos.getAsLong());
    open.computeIfPresent(
        task,
        (id, before) -> {
          if (before.stream().anyMatch(known -> known.name().equals(name))) {
            return before;
          }
          lines.accept(
              "Task %s: %s, %s ms after %s"
                  .formatted(task, name, between(before.getLast(), hop), before.getLast().name()));
          var hops = new ArrayList<>(before);
          hops.add(hop);
          return List.copyOf(hops);
        });
  }

  /** The hop at which the task is known to run: the time of each is told once more. */
  public void arrive(String task, String name) {
    if (!has(task, name)) {
      hop(task, name);
      var hops = open.getOrDefault(task, List.of());
      if (hops.size() > 1) {
        lines.accept(
            "Task %s took %s ms from %s: %s"
                .formatted(
                    task,
                    between(hops.getFirst(), hops.getLast()),
                    hops.getFirst().name(),
                    IntStream.range(1, hops.size())
                        .mapToObj(
                            i -> hops.get(i).name() + " " + between(hops.get(i - 1), hops.get(i)))
                        .collect(joining(", "))));
      }
    }
  }

  /** The last hop of a task, if it has come as far as another. */
  public void end(String task, String name, String after) {
    if (has(task, after)) {
      hop(task, name);
      forget(task);
    }
  }

  /** Nothing more will come of it. */
  public void forget(String task) {
    open.remove(task);
  }

  private boolean has(String task, String name) {
    return open.getOrDefault(task, List.of()).stream().anyMatch(hop -> hop.name().equals(name));
  }

  private static String between(Hop from, Hop to) {
    return String.format(Locale.ROOT, "%.1f", (to.nanos() - from.nanos()) / NANOS_OF_MS);
  }
}
