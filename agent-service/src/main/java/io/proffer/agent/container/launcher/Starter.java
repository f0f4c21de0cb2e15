package io.proffer.agent.container.launcher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A way to start supervisors. */
interface Starter extends AutoCloseable {
  /**
   * A supervisor that began.
   *
   * @param exit completes when it has ended, with its status, or 0 where nobody can know it
   */
  record Started(long pid, CompletableFuture<Integer> exit) {}

  /**
   * Starts one. The answer may come on another thread; it fails with an IOException or a
   * RuntimeException when nothing was started, nor will be.
   *
   * @param control where it says who it is
   * @param supervisor its arguments, and the environment of its command
   */
  CompletionStage<Started> start(ControlDirectory control, ProcessBuilder supervisor);

  /** Lets go of what it needs for that; supervisors go on. What is started later, still is. */
  @Override
  void close();
}
