package io.proffer.agent.core.effect;

import io.proffer.agent.core.command.ReplyTo;
import io.proffer.agent.core.fact.Snapshot;

/** The answer of one request. */
public sealed interface Reply extends Effect {
  ReplyTo replyTo();

  /** 202 with an empty body. */
  record Accepted(ReplyTo replyTo) implements Reply {}

  /** Refused. */
  record Refused(ReplyTo replyTo, Rejection rejection) implements Reply {}

  /** The tables as they were at this turn; the shell words them. */
  record Answer(ReplyTo replyTo, Snapshot snapshot) implements Reply {}

  /** 500: a rule threw and was undone; the log has the cause under {@code incident}. */
  record Failed(ReplyTo replyTo, String incident) implements Reply {}
}
