package io.proffer.master.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.Metric;
import io.proffer.api.metrics.Tallies;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.fact.Task;
import java.net.URLEncoder;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What single frameworks did, were told and have. */
final class FrameworkFigures {
  private static final String ID = "framework_id";
  private static final String NAME = "framework";
  private static final Metric CALLS =
      Metric.counter(
          "proffer_master_framework_calls_total", "Calls of a framework.", ID, NAME, "call");
  private static final Metric EVENTS =
      Metric.counter(
          "proffer_master_framework_events_total",
          "Events sent to a framework, less heartbeats.",
          ID,
          NAME,
          "event");
  private static final Metric OPERATIONS =
      Metric.counter(
          "proffer_master_framework_operations_total",
          "Operations in ACCEPT calls of a framework.",
          ID,
          NAME,
          "operation");
  private static final Metric OFFERS =
      Metric.counter(
          "proffer_master_framework_offers_total",
          "Offers to a framework: sent, accepted, declined and rescinded.",
          ID,
          NAME,
          "offer");
  private static final Metric ENDS =
      Metric.counter(
          "proffer_master_framework_task_ends_total",
          "Tasks of a framework that ended or went out of reach, by state.",
          ID,
          NAME,
          "state");
  private static final Metric TASKS =
      Metric.gauge(
          "proffer_master_framework_tasks", "Tasks of a framework by state.", ID, NAME, "state");
  private static final Metric SUBSCRIBED =
      Metric.gauge(
          "proffer_master_framework_subscribed",
          "1 while a framework is connected; of those that share a row, how many are.",
          ID,
          NAME);
  private static final Metric SUPPRESSED =
      Metric.gauge(
          "proffer_master_framework_suppressed",
          "1 while a framework wants no offers in a role; only of those with a row of their own.",
          ID,
          NAME,
          "role");

  private FrameworkFigures() {}

  /** What was counted. A kind that never came is left out for Prometheus, and 0 by name. */
  static void add(FrameworkBook book, Figures figures) {
    for (var row : book.all()) {
      // The row that is shared has no name of the reference's.
      var base =
          row == book.others() ? Optional.<String>empty() : Optional.of(base(row.id(), row.name()));
      var one = new One(row.id(), row.name(), base, figures);
      one.counts(CALLS, "calls", true, row.calls);
      one.counts(EVENTS, "events", true, row.events);
      one.counts(OPERATIONS, "operations", true, row.operations);
      one.counts(OFFERS, "offers", false, row.offers);
      one.counts(ENDS, "tasks/terminal", false, row.ends);
    }
  }

  /** How each with a row of its own stands, and the others together. */
  static void add(Snapshot snapshot, FrameworkBook book, Figures figures) {
    var tasks = new HashMap<FrameworkId, Map<TaskState, Integer>>();
    count(snapshot.tasks(), tasks);
    count(snapshot.unreachableTasks(), tasks);
    var others = new Others();
    for (var framework : snapshot.frameworks()) {
      if (book.hasRow(framework.id())) {
        // The name that its counts have: the one it first came with, whatever it calls itself now.
        var name = book.of(framework.id()).name();
        add(framework, name, tasks.getOrDefault(framework.id(), Map.of()), figures);
      } else {
        others.add(framework, tasks.getOrDefault(framework.id(), Map.of()));
      }
    }
    others.addTo(book.others(), figures);
  }

  /** The frameworks that share a row. Without them it would say less than the counts in it. */
  private static final class Others {
    private final Map<TaskState, Integer> tasks = new EnumMap<>(TaskState.class);
    private int frameworks;
    private int connected;

    void add(Framework framework, Map<TaskState, Integer> ofIt) {
      frameworks++;
      connected += framework.connected() ? 1 : 0;
      ofIt.forEach((state, count) -> tasks.merge(state, count, Integer::sum));
    }

    void addTo(FrameworkCounts row, Figures figures) {
      if (frameworks == 0) {
        return;
      }
      figures.add(SUBSCRIBED, connected, row.id(), row.name());
      for (var state : TableFigures.ALIVE) {
        figures.add(
            TASKS, tasks.getOrDefault(state, 0), row.id(), row.name(), TaskEnds.word(state));
      }
    }
  }

  private static void count(
      Iterable<Task> tasks, Map<FrameworkId, Map<TaskState, Integer>> counts) {
    for (var task : tasks) {
      counts
          .computeIfAbsent(task.framework(), id -> new EnumMap<>(TaskState.class))
          .merge(task.state(), 1, Integer::sum);
    }
  }

  private static void add(
      Framework framework, String name, Map<TaskState, Integer> tasks, Figures figures) {
    var id = framework.id().value();
    var base = base(id, name);
    figures.add(base + "subscribed", SUBSCRIBED, framework.connected() ? 1 : 0, id, name);
    for (var role : framework.roles()) {
      figures.add(
          base + "roles/" + role + "/suppressed",
          SUPPRESSED,
          framework.suppressed().contains(role) ? 1 : 0,
          id,
          name,
          role);
    }
    for (var state : TableFigures.ALIVE) {
      figures.add(
          base + "tasks/active/" + state.name().toLowerCase(ROOT),
          TASKS,
          tasks.getOrDefault(state, 0),
          id,
          name,
          TaskEnds.word(state));
    }
  }

  private static String base(String id, String name) {
    var encoded = URLEncoder.encode(name, UTF_8).replace("+", "%20");
    return "master/frameworks/" + encoded + "/" + id + "/";
  }

  /**
   * A framework whose counts are told.
   *
   * @param base what its names of the reference's begin with
   */
  private record One(String id, String name, Optional<String> base, Figures figures) {
    <K extends Enum<K>> void counts(Metric metric, String path, boolean summed, Tallies<K> counts) {
      counts.forEach((kind, count) -> count(metric, path, kind, count));
      if (summed) {
        base.ifPresent(begin -> figures.name(begin + path, counts.sum()));
      }
    }

    private void count(Metric metric, String path, Enum<?> kind, long count) {
      var word = kind.name().toLowerCase(ROOT);
      if (count > 0) {
        figures.add(metric, count, id, name, kind instanceof TaskState s ? TaskEnds.word(s) : word);
      }
      if (count > 0 || isShown(kind)) {
        base.ifPresent(begin -> figures.name(begin + path + "/" + word, count));
      }
    }

    /** Whether the reference shows this kind when there was none of it. */
    private static boolean isShown(Enum<?> kind) {
      return kind instanceof TaskState state
          ? TaskEnds.SHOWN.contains(state)
          : !kind.name().equals("UNKNOWN");
    }
  }
}
