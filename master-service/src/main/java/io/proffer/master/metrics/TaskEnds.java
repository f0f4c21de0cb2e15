package io.proffer.master.metrics;

import static java.util.Locale.ROOT;

import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.Metric;
import io.proffer.api.metrics.Tallies;
import io.proffer.api.metrics.Tally;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tasks that ended or went out of reach: in which state, by whose word and for what reason. Enums
 * alone, so that there are only so many.
 */
final class TaskEnds {
  private static final Metric ENDS =
      Metric.counter(
          "proffer_master_task_ends_total",
          "Tasks that ended or went out of reach, by state, source and reason.",
          "state",
          "source",
          "reason");

  private static final String UNKNOWN = "unknown";

  /** The states that the reference always shows a number of. */
  static final Set<TaskState> SHOWN =
      Set.of(
          TaskState.TASK_FINISHED,
          TaskState.TASK_FAILED,
          TaskState.TASK_KILLED,
          TaskState.TASK_LOST,
          TaskState.TASK_ERROR,
          TaskState.TASK_DROPPED,
          TaskState.TASK_GONE,
          TaskState.TASK_GONE_BY_OPERATOR);

  private static final Optional<TaskStatus.Source> NO_SOURCE = Optional.empty();
  private static final Optional<TaskStatus.Reason> NO_REASON = Optional.empty();

  private record Way(
      TaskState state, Optional<TaskStatus.Source> source, Optional<TaskStatus.Reason> reason) {}

  private final Tallies<TaskState> states = new Tallies<>(TaskState.class);
  private final ConcurrentHashMap<Way, Tally> ways = new ConcurrentHashMap<>();

  /**
   * One more. Of the loop's thread.
   *
   * @param state it ended in, which may be ahead of the status that told
   */
  void add(TaskState state, TaskStatus status) {
    states.increment(state);
    var source = status.hasSource() ? Optional.of(status.getSource()) : NO_SOURCE;
    var reason = status.hasReason() ? Optional.of(status.getReason()) : NO_REASON;
    ways.computeIfAbsent(new Way(state, source, reason), way -> new Tally()).increment();
  }

  void addTo(Figures figures) {
    for (var state : SHOWN) {
      figures.name("master/tasks_" + word(state), states.get(state));
    }
    ways.forEach((way, tally) -> add(way, tally.get(), figures));
  }

  private static void add(Way way, long ends, Figures figures) {
    var state = word(way.state());
    var source = way.source().map(s -> word(s, "source_")).orElse(UNKNOWN);
    var reason = way.reason().map(r -> word(r, "reason_")).orElse(UNKNOWN);
    figures.add(ENDS, ends, state, source, reason);
    if (way.source().isPresent() && way.reason().isPresent()) {
      figures.name("master/task_" + state + "/source_" + source + "/reason_" + reason, ends);
    }
  }

  /** A state in small letters, without what all states begin with. */
  static String word(TaskState state) {
    return word(state, "task_");
  }

  private static String word(Enum<?> value, String beginning) {
    var word = value.name().toLowerCase(ROOT);
    return word.startsWith(beginning) ? word.substring(beginning.length()) : word;
  }
}
