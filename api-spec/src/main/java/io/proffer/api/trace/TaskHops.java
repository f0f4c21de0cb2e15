package io.proffer.api.trace;

import static java.util.stream.Collectors.joining;

import io.proffer.api.log.Foreign;
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

  private record Way(Trip.Task task, List<Trip.Hop> hops) {}

  /** Those followed; for one more than there may be the oldest goes, whose end was not heard of. */
  private static final class Open extends LinkedHashMap<String, Way> {
    private static final long serialVersionUID = 1;

    private final int limit;

    Open(int limit) {
      this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Way> eldest) {
      return size() > limit;
    }
  }

  private final LongSupplier nanos;
  private final Consumer<String> lines;
  private final Consumer<Trip> trips;
  private final Map<String, Way> open;

  /**
   * @param limit how many tasks are followed at a time
   * @param nanos monotonic nanoseconds now
   * @param lines takes each line
   * @param trips takes the whole way of each task that runs
   */
  public TaskHops(int limit, LongSupplier nanos, Consumer<String> lines, Consumer<Trip> trips) {
    this.open = Collections.synchronizedMap(new Open(limit));
    this.nanos = nanos;
    this.lines = lines;
    this.trips = trips;
  }

  /**
   * The first hop of a task.
   *
   * @param key what later hops know it by
   */
  public void begin(String key, Trip.Task task, String name) {
    open.put(key, new Way(task, List.of(new Trip.Hop(name, nanos.getAsLong()))));
    lines.accept("Task " + new Foreign(key) + ": " + name);
  }

  /** The task has come this far. What was said of it already, or is not followed, is not told. */
  public void hop(String task, String name) {
    var hop = new Trip.Hop(name, nanos.getAsLong());
    open.computeIfPresent(
        task,
        (id, way) -> {
          var before = way.hops();
          if (before.stream().anyMatch(known -> known.name().equals(name))) {
            return way;
          }
          lines.accept(
              "Task %s: %s, %s ms after %s"
                  .formatted(
                      new Foreign(task),
                      name,
                      between(before.getLast(), hop),
                      before.getLast().name()));
          var hops = new ArrayList<>(before);
          hops.add(hop);
          return new Way(way.task(), List.copyOf(hops));
        });
  }

  /** The hop at which the task is known to run: the time of each is told once more. */
  public void arrive(String task, String name) {
    if (!has(task, name)) {
      hop(task, name);
      var way = open.get(task);
      if (way != null && way.hops().size() > 1) {
        var hops = way.hops();
        lines.accept(
            "Task %s took %s ms from %s: %s"
                .formatted(
                    new Foreign(task),
                    between(hops.getFirst(), hops.getLast()),
                    hops.getFirst().name(),
                    IntStream.range(1, hops.size())
                        .mapToObj(
                            i -> hops.get(i).name() + " " + between(hops.get(i - 1), hops.get(i)))
                        .collect(joining(", "))));
        trips.accept(new Trip(way.task(), hops));
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
    var way = open.get(task);
    return way != null && way.hops().stream().anyMatch(hop -> hop.name().equals(name));
  }

  private static String between(Trip.Hop from, Trip.Hop to) {
    return String.format(Locale.ROOT, "%.1f", (to.nanos() - from.nanos()) / NANOS_OF_MS);
  }
}
