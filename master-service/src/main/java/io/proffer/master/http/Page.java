package io.proffer.master.http;

import io.proffer.master.core.fact.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list: the parameters {@code limit}, {@code offset} and {@code order} (operator-api,
 * section 3.4, knows them for tasks). What is no number counts as not given, as with the reference.
 *
 * @param limit how many rows at most
 * @param offset how many rows are left out first
 * @param newestFirst whether the list is turned round before
 */
record Page(int limit, int offset, boolean newestFirst) {
  /** The list as it is. */
  static final Page WHOLE = new Page(Integer.MAX_VALUE, 0, false);

  /**
   * The whole list, the oldest first, unless it is asked otherwise.
   *
   * @param query the value of a parameter
   */
  static Page of(Function<String, Optional<String>> query) {
    return new Page(
        number(query.apply("limit"), Integer.MAX_VALUE),
        number(query.apply("offset"), 0),
        query.apply("order").filter("desc"::equals).isPresent());
  }

  /** A page of tasks: a hundred, the newest first, unless it is asked otherwise. */
  static Page ofTasks(Function<String, Optional<String>> query) {
    return new Page(
        number(query.apply("limit"), 100),
        number(query.apply("offset"), 0),
        query.apply("order").filter("asc"::equals).isEmpty());
  }

  /** Whether it is the list as it is. */
  boolean isWhole() {
    return equals(WHOLE);
  }

  /** The rows of the page; they come the oldest first. */
  <R> Iterable<R> of(Iterable<R> rows) {
    if (isWhole()) {
      return rows;
    }
    var all = new ArrayList<R>();
    rows.forEach(all::add);
    if (newestFirst) {
      Collections.reverse(all);
    }
    return sub(all, offset, limit);
  }

  /**
   * A page of all tasks of the view, by when their first status was made; those without any count
   * as the oldest.
   */
  List<Task> ofTasks(View view) {
    var found = new ArrayList<Aged>();
    for (var tasks : List.of(view.tasks(), view.unreachableTasks(), view.completedTasks())) {
      tasks.forEach(one -> found.add(new Aged(one, one.firstTimestamp())));
    }
    var order = Comparator.comparingDouble(Aged::since);
    found.sort(newestFirst ? order.reversed() : order);
    return sub(found, offset, limit).stream().map(Aged::task).toList();
  }

  private record Aged(Task task, double since) {}

  private static <R> List<R> sub(List<R> all, int offset, int limit) {
    var from = Math.min(offset, all.size());
    return all.subList(from, (int) Math.min((long) from + limit, all.size()));
  }

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
