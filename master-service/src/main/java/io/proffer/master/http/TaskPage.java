package io.proffer.master.http;

import io.proffer.api.http.Exchange;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.fact.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which tasks {@code /tasks} shows (operator-api, section 3.4).
 *
 * @param ascending by the time of the first status; tasks without any count as the oldest
 */
record TaskPage(
    int limit, int offset, boolean ascending, Optional<String> framework, Optional<String> task) {
  private static final int DEFAULT_LIMIT = 100;

  static TaskPage of(Exchange exchange) {
    return new TaskPage(
        number(exchange.query("limit"), DEFAULT_LIMIT),
        number(exchange.query("offset"), 0),
        exchange.query("order").filter("asc"::equals).isPresent(),
        exchange.query("framework_id").filter(id -> !id.isEmpty()),
        exchange.query("task_id").filter(id -> !id.isEmpty()));
  }

  /** The tasks of the page, in order. */
  List<Task> of(Snapshot snapshot) {
    var found = new ArrayList<Aged>();
    for (var tasks :
        List.of(snapshot.tasks(), snapshot.unreachableTasks(), snapshot.completedTasks())) {
      for (var one : tasks) {
        if (wants(one)) {
          found.add(new Aged(one, age(one)));
        }
      }
    }
    var order = Comparator.comparingDouble(Aged::since);
    found.sort(ascending ? order : order.reversed());
    return found.stream().skip(offset).limit(limit).map(Aged::task).toList();
  }

  private record Aged(Task task, double since) {}

  private boolean wants(Task one) {
    return framework.map(id -> id.equals(one.framework().value())).orElse(true)
        && task.map(id -> id.equals(one.id().value())).orElse(true);
  }

  private static double age(Task task) {
    return task.firstTimestamp();
  }

  /** What is no number counts as not given. */
  private static int number(Optional<String> text, int otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Math.max(0, Integer.parseInt(text.get()));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
