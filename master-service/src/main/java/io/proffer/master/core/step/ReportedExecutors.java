package io.proffer.master.core.step;

import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.Roles;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.state.ExecutorKey;
import io.proffer.master.core.state.Turn;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/** The executors an agent says it runs, brought together with the books. */
final class ReportedExecutors {
  private ReportedExecutors() {}

  /**
   * Those it does not report have ended, or never began: an agent that comes back says all it runs.
   * How they ended nobody knows any more; that they did, their frameworks hear.
   *
   * @param outdated whether the books have what was reported before from a time before the agent
   *     heard another master, which has told of its end
   */
  static void forgetOthers(
      Agent agent, List<AgentCommand.ExecutorReport> reports, boolean outdated, Turn turn) {
    var reported = new TreeSet<ExecutorKey>();
    reports.forEach(report -> reported.add(key(agent, report)));
    for (var key : turn.state().executors().on(agent.id())) {
      if (!reported.contains(key)) {
        var executor = turn.state().executors().find(key).orElseThrow();
        if (outdated && executor.reported()) {
          EndExecutor.end(executor, turn);
        } else {
          EndExecutor.fail(executor, OptionalInt.empty(), turn);
        }
      }
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
