package io.proffer.agent.core.command;

/** What operators, their tools and the process itself ask. */
public sealed interface OperatorCommand extends Command {

  /** A read of any kind: answered with a snapshot of all tables, which the shell words. */
  record Read(ReplyTo replyTo) implements OperatorCommand {}

  /** The process was asked to end: containers are destroyed, then the agent stops. */
  record Stop(String why) implements OperatorCommand {}
}
