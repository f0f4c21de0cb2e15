package io.proffer.agent;

import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.executor.ExecutorEndpoint;
import io.vertx.core.Vertx;

/** The way of executors into the core. */
record ExecutorPort(CommandPort commands, Vertx vertx) implements ExecutorEndpoint.Core {
  @Override
  public boolean offer(ExecutorCommand command) {
    return commands.offer(command);
  }

  @Override
  public void insist(ExecutorCommand command) {
    commands.insist(vertx, command);
  }
}
