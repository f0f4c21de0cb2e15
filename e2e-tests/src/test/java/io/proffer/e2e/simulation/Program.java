package io.proffer.e2e.simulation;

import java.util.function.IntConsumer;

/** What runs in a container. */
interface Program {
  /** False when it cannot be started. */
  boolean starts();

  /** Whether it ends at SIGTERM. */
  boolean obeys();

  /**
   * It runs now.
   *
   * @param exit takes its wait status when it ends by itself
   */
  void begin(IntConsumer exit);

  /**
   * Looked at now and then while an agent is there.
   *
   * @param agentNanos since when the agent of now is there
   */
  default void check(long agentNanos) {}

  /** Somebody has begun to end it. */
  void doomed();

  /** It will never run. */
  void failed();

  /** No process of it is left. */
  void over(int waitStatus);
}
