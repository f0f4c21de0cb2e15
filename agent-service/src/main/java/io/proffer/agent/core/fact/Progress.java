package io.proffer.agent.core.fact;

/**
 * How far the container of a task has come.
 *
 * <pre>
 *   Launching --started--> Running --kill--> Killing --ended--> Ended
 *       |  '--kill--> Recalled --ended--> Ended       (Running --ended--> Ended)
 *       '--failed--> Ended
 * </pre>
 */
public sealed interface Progress {

  /** Asked of the containerizer, not yet started. */
  record Launching() implements Progress {}

  /** Killed before it started: it will never be reported as running. */
  record Recalled() implements Progress {}

  /**
   * Its command runs.
   *
   * @param pid of the supervisor, which stands for the executor
   */
  record Running(long pid) implements Progress {}

  /**
   * Its processes have got SIGTERM, and get SIGKILL when the grace period is over.
   *
   * @param sinceNanos when SIGTERM was sent, monotonic
   * @param forced true once SIGKILL was sent
   */
  record Killing(long pid, KillCause cause, long sinceNanos, boolean forced) implements Progress {}

  /** No process of it is left; its terminal update is not yet acknowledged. */
  record Ended() implements Progress {}
}
