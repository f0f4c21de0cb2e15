package io.proffer.master.core.rule.task;

import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.state.TaskStates;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.EndTask;
import io.proffer.master.core.step.Statuses;

/**
 * A status update of an agent: forwarded while its framework is connected, and taken in.
 *
 * <p>An update for a task that is not on the books is forwarded all the same; one that is not is
 * sent again by its agent.
 */
public final class UpdateTask {
  private UpdateTask() {}

  public static void decide(AgentCommand.Update update, Turn turn) {
    var state = turn.state();
    if (state.agents().find(update.agent(), update.session()).isEmpty()) {
      return;
    }
    if (state.frameworks().find(update.framework()).isEmpty()) {
      // Removed, and the agent had no task of it that the books knew: it would send this for ever.
      turn.send(new ToAgent.ShutdownFramework(update.session(), update.framework()));
      return;
    }
    var status = complete(update, turn);
    Statuses.tell(update.framework(), status, turn);
    state
        .tasks()
        .find(update.framework(), TaskId.of(status.getTaskId()))
        .filter(task -> task.agent().equals(update.agent()))
        .ifPresent(task -> EndTask.update(task, status, latest(update), turn));
  }

  /**
   * A status that ends its task has the last word: once it is acknowledged the task leaves the
   * books, and must hold nothing by then.
   */
  private static TaskState latest(AgentCommand.Update update) {
    var state = update.status().getState();
    return TaskStates.isTerminal(state) && !TaskStates.isTerminal(update.latest())
        ? state
        : update.latest();
  }

  /**
   * Most agents say all of it; then nothing is copied. The executor's id stays away if the executor
   * did not give it, as custom ones need not.
   */
  private static TaskStatus complete(AgentCommand.Update update, Turn turn) {
    var told = update.status();
    if (told.getAgentId().getValue().equals(update.agent().value()) && told.hasTimestamp()) {
      return told;
    }
    var status = told.toBuilder().setAgentId(update.agent().message());
    if (!status.hasTimestamp()) {
      status.setTimestamp(Statuses.seconds(turn.moment().wall()));
    }
    return status.build();
  }
}
