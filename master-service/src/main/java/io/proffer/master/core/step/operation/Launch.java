package io.proffer.master.core.step.operation;

import io.proffer.api.acl.Action;
import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.task.TaskUser;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.TaskInfo;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.state.ExecutorKey;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.validate.LaunchContext;
import java.util.Optional;

/**
 * For whom, where and under which role tasks are launched in this turn.
 *
 * @param rights what the one who launches them may do
 */
record Launch(Framework framework, AgentId agentId, String role, Rights rights, Turn turn) {

  /**
   * Why the task may not run as its user, if it may not: the text is the reference's. The user is
   * that of its command, of its executor's, or of its framework.
   */
  Optional<String> forbids(TaskInfo task) {
    var user = TaskUser.of(task, framework.info());
    return rights.allow(Action.RUN_TASK, user)
        ? Optional.empty()
        : Optional.of("Not authorized to launch as user '" + user + "'");
  }

  /** The agent, unless it vanished since the offers ended. */
  Optional<Agent> agent() {
    return turn.state().agents().find(agentId).filter(agent -> agent.session().isPresent());
  }

  /**
   * What a task is judged by, when this is left: the executors of this very moment count, those of
   * earlier tasks of the same call among them.
   */
  LaunchContext context(Resources available) {
    var tasks = turn.state().tasks();
    var id = framework.id();
    return new LaunchContext(
        id,
        agentId,
        agent().filter(Launch::handlesLimits).isPresent(),
        task -> tasks.find(id, new TaskId(task)).isPresent(),
        task -> tasks.findUnreachable(id, new TaskId(task)).isPresent(),
        executor -> executor(new ExecutorId(executor)).map(Executor::executorInfo),
        available);
  }

  /** The framework's executor of this id on the agent, if it runs or is being started. */
  Optional<Executor> executor(ExecutorId id) {
    return turn.state().executors().find(new ExecutorKey(agentId, framework.id(), id));
  }

  private static boolean handlesLimits(Agent agent) {
    return agent.capabilities().stream()
        .anyMatch(c -> c.getType() == AgentInfo.Capability.Type.TASK_RESOURCE_LIMITS);
  }
}
