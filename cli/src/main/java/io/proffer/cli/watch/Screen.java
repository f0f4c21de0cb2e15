package io.proffer.cli.watch;

import io.proffer.cli.client.Table;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The live state as tables, no more lines than fit. */
final class Screen {
  /** Headings, empty lines, and one line that says how many are not shown, of three tables. */
  private static final int AROUND = 10;

  private static final int TABLES = 3;

  private Screen() {}

  static String of(LiveState state, int lines) {
    var each = Math.max(1, (lines - AROUND) / TABLES);
    return head(state)
        + "\n\n"
        + members("AGENT", "HOST", state.agents(), state.tasks(), LiveState.Task::agent, each)
        + "\n"
        + members(
            "FRAMEWORK", "NAME", state.frameworks(), state.tasks(), LiveState.Task::framework, each)
        + "\n"
        + tasks(state.tasks(), each);
  }

  private static String head(LiveState state) {
    var now = new TreeMap<String, Long>();
    state.tasks().forEach(task -> now.merge(task.state(), 1L, Long::sum));
    return "%d agents, %d frameworks, %d tasks%s; ended since: %s"
        .formatted(
            state.agents().size(),
            state.frameworks().size(),
            state.tasks().size(),
            now.isEmpty() ? "" : " " + now,
            state.ended().isEmpty() ? "none" : new TreeMap<>(state.ended()));
  }

  /** Those with the most tasks first. */
  private static String members(
      String kind,
      String name,
      List<LiveState.Member> members,
      List<LiveState.Task> tasks,
      Function<LiveState.Task, String> owner,
      int most) {
    Map<String, Use> uses = new HashMap<>();
    tasks.forEach(
        task -> uses.merge(owner.apply(task), new Use(1, task.cpus(), task.mem()), Use::plus));
    var table = new Table(kind, name, "TASKS", "CPUS", "MEM");
    members.stream()
        .sorted((a, b) -> Integer.compare(use(uses, b).tasks(), use(uses, a).tasks()))
        .limit(most)
        .forEach(
            member -> {
              var use = use(uses, member);
              table.row(
                  member.id(),
                  member.name(),
                  Integer.toString(use.tasks()),
                  plain(use.cpus()),
                  plain(use.mem()));
            });
    return table + rest(members.size(), most);
  }

  private static String tasks(List<LiveState.Task> tasks, int most) {
    var table = new Table("TASK", "STATE", "CPUS", "MEM", "FRAMEWORK", "AGENT");
    tasks.stream()
        .limit(most)
        .forEach(
            task ->
                table.row(
                    task.id(),
                    task.state(),
                    plain(task.cpus()),
                    plain(task.mem()),
                    task.framework(),
                    task.agent()));
    return table + rest(tasks.size(), most);
  }

  private static String rest(int all, int most) {
    return all > most ? "... and " + (all - most) + " more\n" : "";
  }

  private record Use(int tasks, BigDecimal cpus, BigDecimal mem) {
    Use plus(Use other) {
      return new Use(tasks + other.tasks, cpus.add(other.cpus), mem.add(other.mem));
    }
  }

  private static Use use(Map<String, Use> uses, LiveState.Member member) {
    return uses.getOrDefault(member.id(), new Use(0, BigDecimal.ZERO, BigDecimal.ZERO));
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
