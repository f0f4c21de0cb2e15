package io.proffer.master.core.command;

import io.proffer.api.id.FrameworkId;

/** What operators and their tools ask. */
public sealed interface OperatorCommand extends Command {

  /** A read of any kind: answered with a snapshot of all tables, which the shell words. */
  record Read(ReplyTo replyTo) implements OperatorCommand {}

  /** TEARDOWN: a framework goes for good, whether it is there or not. */
  record Teardown(FrameworkId framework, ReplyTo replyTo) implements OperatorCommand {}
}
