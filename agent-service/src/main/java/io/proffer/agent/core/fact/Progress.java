package io.proffer.agent.core.fact;

import io.proffer.api.v1.KillPolicy;
import java.util.Optional;

/**
 * How far a task has come: a command task with its container, another one with its executor.
 *
 * <pre>
 *   Launching --started--> Running --kill--> Killing --ended--> Ended
 *       |  '--kill--> Recalled --ended--> Ended       (Running --ended--> Ended)
 *       '--failed--> Ended
 *
 *   Queued --LAUNCH--> Delivered --KILL--> Unwanted --terminal update--> Ended
 *      '--kill--> Ended    '--terminal update--> Ended
 * </pre>
 */
public sealed interface Progress {

  /** Of a command task, which is its own executor. */
  sealed interface Own extends Progress {}

  /** Asked of the containerizer, not yet started. */
  record Launching() implements Own {}

  /** Killed before it started: it will never be reported as running. */
  record Recalled() implements Own {}

  /**
   * Its command runs.
   *
   * @param pid of the supervisor, which stands for the executor
   */
  record Running(long pid) implements Own {}

  /**
   * Its processes have got SIGTERM, and get SIGKILL when the grace period is over.
   *
   * @param sinceNanos when SIGTERM was sent, monotonic
   * @param forced true once SIGKILL was sent
   */
  record Killing(long pid, KillCause cause, long sinceNanos, boolean forced) implements Own {}

  /** Of a task with an executor, which alone knows more. */
  sealed interface Hosted extends Progress {}

  /** Waits for its executor to subscribe. */
  record Queued() implements Hosted {}

  /** Its executor was given it. */
  record Delivered() implements Hosted {}

  /**
   * Its executor was told to kill it, and is told again when it comes back.
   *
   * @param policy of the call that asked for it
   */
  record Unwanted(Optional<KillPolicy> policy) implements Hosted {}

  /** It is over; its terminal update is not yet acknowledged. */
  record Ended() implements Progress {}
}
