package io.proffer.master.core.rule.task;

import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Gatekeeper;

/** SHUTDOWN: passed on to a connected agent, else dropped. */
public final class ShutdownExecutor {
  private ShutdownExecutor() {}

  public static void decide(SchedulerCommand.Shutdown shutdown, Turn turn) {
    Gatekeeper.accept(shutdown.caller(), turn)
        .flatMap(
            framework ->
                turn.state()
                    .agents()
                    .session(shutdown.agent())
                    .map(
                        session ->
                            new ToAgent.ShutdownExecutor(
                                session, framework.id(), shutdown.executor())))
        .ifPresent(turn::send);
  }
}
