package io.proffer.agent.core.fact;

/**
 * How much memory an agent gives to what others make it hold, in bytes as {@link Weight} counts
 * them. Whatever is beyond is refused with a sentence, by all of these together.
 *
 * @param task one task with all that its framework wrote into it
 * @param tasks all tasks that are not over and acknowledged, with their executors, their frameworks
 *     and what was said of them
 * @param updates all updates that wait for their frameworks; half of it only the last update of a
 *     task may use, or an executor that comes back with what it could not say
 * @param history what is shown of tasks, executors and frameworks that are over
 * @param strangers how many tasks that are not here may have updates that wait
 */
public record Room(long task, long tasks, long updates, long history, int strangers) {
  /** What of the memory of a process all tasks may take, and all updates. */
  private static final int SHARE = 8;

  /** That of one part among these. */
  private static final int HALF = 2;

  private static final int STRANGERS = 1000;

  /** The defaults of the flags in a process with this much memory. */
  public static Room in(long memory) {
    var share = memory / SHARE;
    return new Room(share / HALF, share, share, share / HALF, STRANGERS);
  }

  /** How much the updates that may be refused and come again may take. */
  public long ordinaryUpdates() {
    return updates / HALF;
  }
}
