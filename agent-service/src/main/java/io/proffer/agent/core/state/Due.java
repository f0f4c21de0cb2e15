package io.proffer.agent.core.state;

import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.agent.core.fact.TaskKey;

/** What a deadline stands for; each at most once. */
public sealed interface Due {

  /** The agent has just started. */
  record Start() implements Due {}

  /** The next attempt to open a session. */
  record Attempt() implements Due {}

  /** The head of a stream was not acknowledged in time. */
  record Resend(TaskKey key) implements Due {}

  /** The grace period of a kill is over. */
  record Force(TaskKey key) implements Due {}

  /** An executor has not subscribed in time. */
  record Register(ExecutorKey key) implements Due {}

  /** The grace period of an executor's shutdown is over. */
  record ForceExecutor(ExecutorKey key) implements Due {}

  /** A stopping agent has waited long enough for acknowledgements. */
  record LastWords() implements Due {}

  /** A task has run for its {@code max_completion_time}. */
  record TimeUp(TaskKey key) implements Due {}
}
