package io.proffer.master.core.command;

import io.proffer.api.acl.Rights;
import io.proffer.api.id.FrameworkId;

/** What operators and their tools ask. */
public sealed interface OperatorCommand extends Command {

  /** A read of any kind: answered with a snapshot of all tables, which the shell words. */
  record Read(ReplyTo replyTo) implements OperatorCommand {}

  /**
   * TEARDOWN: a framework goes for good, whether it is there or not.
   *
   * @param rights what the one who asks may do
   */
  record Teardown(FrameworkId framework, Rights rights, ReplyTo replyTo)
      implements OperatorCommand {}
}
