package io.proffer.agent.core.command;

import java.time.Duration;

/** What operators, their tools and the process itself ask. */
public sealed interface OperatorCommand extends Command {

  /** A read of any kind: answered with a snapshot of all tables, which the shell words. */
  record Read(ReplyTo replyTo) implements OperatorCommand {}

  /**
   * The process was asked to end: tasks are killed, then the agent stops.
   *
   * @param limit no task has a longer grace period than this
   */
  record Stop(String why, Duration limit) implements OperatorCommand {}
}
