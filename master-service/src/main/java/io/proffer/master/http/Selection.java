package io.proffer.master.http;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.fact.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which rows a reader wants, by the parameters of the query. The reference knows them at some
 * endpoints (operator-api, section 3); here all that list things know them.
 *
 * @param states of tasks; empty for any
 */
record Selection(
    Optional<String> framework,
    Optional<String> agent,
    Optional<String> task,
    Set<TaskState> states) {
  /** All there is. */
  static final Selection ALL =
      new Selection(Optional.empty(), Optional.empty(), Optional.empty(), Set.of());

  /** A parameter that names nothing there is. */
  static final class UnknownStateException extends Exception {
    UnknownStateException(String state) {
      super(
          "Expecting 'state' to be states of tasks, separated by commas, of %s; received '%s'"
              .formatted(Arrays.toString(TaskState.values()), state));
    }
  }

  /**
   * What is asked for; a parameter without a value counts as not given.
   *
   * @param query the value of a parameter
   * @throws UnknownStateException when a state is none
   */
  static Selection of(Function<String, Optional<String>> query) throws UnknownStateException {
    return new Selection(
        given(query, "framework_id"),
        given(query, "slave_id"),
        given(query, "task_id"),
        states(given(query, "state")));
  }

  private static Optional<String> given(Function<String, Optional<String>> query, String name) {
    return query.apply(name).filter(value -> !value.isEmpty());
  }

  private static Set<TaskState> states(Optional<String> names) throws UnknownStateException {
    var states = EnumSet.noneOf(TaskState.class);
    for (var name : names.map(list -> list.split(",", -1)).orElse(new String[0])) {
      try {
        states.add(TaskState.valueOf(name.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new UnknownStateException(name);
      }
    }
    return states;
  }

  /** Whether it leaves nothing out. */
  boolean isAll() {
    return equals(ALL);
  }

  /**
   * The rows of the view that it takes. A framework or an agent is shown when it is the one asked
   * for; asked for by the other one, or by tasks, when it has such tasks or executors.
   */
  View of(View view) {
    if (isAll()) {
      return view;
    }
    var tasks = kept(view.tasks(), this::takes);
    var unreachable = kept(view.unreachableTasks(), this::takes);
    var completed = kept(view.completedTasks(), this::takes);
    var executors =
        kept(
            view.executors(),
            one -> takes(one.framework()) && takes(one.agent()) && !ofTasksOnly());
    var frameworks = new HashSet<FrameworkId>();
    var agents = new HashSet<AgentId>();
    for (var list : List.of(tasks, unreachable, completed)) {
      for (var one : list) {
        frameworks.add(one.framework());
        agents.add(one.agent());
      }
    }
    for (var one : executors) {
      frameworks.add(one.framework());
      agents.add(one.agent());
    }
    var anyFramework = agent.isEmpty() && !ofTasksOnly();
    var anyAgent = framework.isEmpty() && !ofTasksOnly();
    return new View(
        view.snapshot(),
        kept(view.agents(), one -> takes(one.id()) && (anyAgent || agents.contains(one.id()))),
        kept(view.recovered(), one -> anyAgent && takes(AgentId.of(one.getId()))),
        kept(
            view.frameworks(),
            one -> takes(one.id()) && (anyFramework || frameworks.contains(one.id()))),
        kept(
            view.completedFrameworks(),
            one -> takes(one.id()) && (anyFramework || frameworks.contains(one.id()))),
        kept(view.offers(), one -> takes(one.framework()) && takes(one.agent()) && !ofTasksOnly()),
        executors,
        tasks,
        unreachable,
        completed);
  }

  /** Whether only what has such tasks is asked for. */
  private boolean ofTasksOnly() {
    return task.isPresent() || !states.isEmpty();
  }

  private boolean takes(Task one) {
    return takes(one.framework())
        && takes(one.agent())
        && (task.isEmpty() || task.get().equals(one.id().value()))
        && (states.isEmpty() || states.contains(one.state()));
  }

  private boolean takes(FrameworkId id) {
    return framework.isEmpty() || framework.get().equals(id.value());
  }

  private boolean takes(AgentId id) {
    return agent.isEmpty() || agent.get().equals(id.value());
  }

  private static <R> List<R> kept(Iterable<R> rows, Predicate<R> takes) {
    var kept = new ArrayList<R>();
    for (var row : rows) {
      if (takes.test(row)) {
        kept.add(row);
      }
    }
    return kept;
  }
}
