package io.proffer.master.core.step;

import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.Roles;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.state.ExecutorKey;
import io.proffer.master.core.state.Turn;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/** The executors an agent says it runs, brought together with the books. */
final class ReportedExecutors {
  private ReportedExecutors() {}

  /**
   * Those it does not report have ended, or never began: an agent that comes back says all it runs.
   * Their frameworks hear it, and how, as far as the agent knows.
   *
   * @param outdated whether the books have what was reported before from a time before the agent
   *     heard another master, which has told of its end, unless the agent says that none has heard
   */
  static void forgetOthers(
      Agent agent, AgentCommand.Subscribe report, boolean outdated, Turn turn) {
    var reported = new TreeSet<ExecutorKey>();
    report.executors().forEach(one -> reported.add(key(agent, one)));
    var statuses = new TreeMap<ExecutorKey, OptionalInt>();
    report
        .ends()
        .forEach(
            end ->
                statuses.put(
                    new ExecutorKey(agent.id(), end.framework(), end.executor()),
                    OptionalInt.of(end.status())));
    for (var key : turn.state().executors().on(agent.id())) {
      if (!reported.contains(key)) {
        var executor = turn.state().executors().find(key).orElseThrow();
        if (outdated && executor.reported() && !statuses.containsKey(key)) {
          EndExecutor.end(executor, turn);
        } else {
          EndExecutor.fail(executor, statuses.getOrDefault(key, OptionalInt.empty()), turn);
        }
      }
    }
  }

  /** Those that ended while nobody led are on no books, and their frameworks wait to hear it. */
  static void tell(Agent agent, List<AgentCommand.ExecutorEnd> ends, Turn turn) {
    for (var end : ends) {
      Statuses.stream(end.framework(), turn)
          .ifPresent(
              stream ->
                  turn.send(
                      new ToFramework.ExecutorFailed(
                          stream, agent.id(), end.executor(), OptionalInt.of(end.status()))));
    }
  }

  /** Those the books lack join them, if their framework may have them. */
  static void readd(Agent agent, List<AgentCommand.ExecutorReport> reports, Turn turn) {
    for (var report : reports) {
      var framework = turn.state().frameworks().find(report.framework());
      if (framework.isPresent() && turn.state().executors().find(key(agent, report)).isEmpty()) {
        turn.emit(new ExecutorEvent.Readded(row(framework.get(), agent, report)));
      }
    }
  }

  private static Executor row(
      Framework framework, Agent agent, AgentCommand.ExecutorReport report) {
    var resources = Resources.of(report.info().getResourcesList());
    var roles = resources.allocationRoles();
    var role =
        roles.isEmpty()
            ? framework.roles().stream().findFirst().orElse(Roles.ANY)
            : roles.getFirst();
    return new Executor(
        framework.id(),
        ExecutorId.of(report.info().getExecutorId()),
        agent.id(),
        role,
        roles.isEmpty() ? resources.withAllocation(role) : resources,
        report.info().toByteString(),
        true);
  }

  private static ExecutorKey key(Agent agent, AgentCommand.ExecutorReport report) {
    FrameworkId framework = report.framework();
    return new ExecutorKey(agent.id(), framework, ExecutorId.of(report.info().getExecutorId()));
  }
}
