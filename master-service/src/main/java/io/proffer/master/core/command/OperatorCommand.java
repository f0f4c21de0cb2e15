package io.proffer.master.core.command;

/** What operators and their tools ask. */
public sealed interface OperatorCommand extends Command {

  /** A read of any kind: answered with a snapshot of all tables, which the shell words. */
  record Read(ReplyTo replyTo) implements OperatorCommand {}
}
