package io.proffer.master.core.effect;

import io.proffer.master.core.command.ReplyTo;
import io.proffer.master.core.fact.Explanation;
import io.proffer.master.core.fact.Snapshot;

/** The answer of one request. */
public sealed interface Reply extends Effect {
  ReplyTo replyTo();

  /** 202 with an empty body. */
  record Accepted(ReplyTo replyTo) implements Reply {}

  /** 200 with an empty body. */
  record Done(ReplyTo replyTo) implements Reply {}

  /** Refused. */
  record Refused(ReplyTo replyTo, Rejection rejection) implements Reply {}

  /** 500: a rule threw and was undone; the log has the cause under {@code incident}. */
  record Failed(ReplyTo replyTo, String incident) implements Reply {}

  /** The tables as they were at this turn; the shell words them. */
  record Answer(ReplyTo replyTo, Snapshot snapshot) implements Reply {}

  /** 200 with the reasons why a framework is offered what it is. */
  record Explained(ReplyTo replyTo, Explanation explanation) implements Reply {}
}
