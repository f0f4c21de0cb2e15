package io.proffer.agent.core.event;

import io.proffer.agent.core.fact.Doom;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.ExecutorKey;
import java.time.Instant;

/** What became true of custom executors. */
public sealed interface ExecutorEvent extends Event {

  /**
   * It will be launched.
   *
   * @param byNanos until when it must have subscribed, monotonic
   * @param by the same as wall time, for a later run
   */
  record Admitted(Executor executor, long byNanos, Instant by) implements ExecutorEvent, Durable {}

  /** Its command runs, under a supervisor with this pid. */
  record Started(ExecutorKey key, long pid) implements ExecutorEvent, Durable {}

  /** It has subscribed for the first time. */
  record Registered(ExecutorKey key) implements ExecutorEvent, Durable {}

  /** It reads this stream now. */
  record Connected(ExecutorKey key, String stream) implements ExecutorEvent {}

  /** So many updates that it came back with did not fit into memory; it still has them. */
  record Overfull(ExecutorKey key, int updates) implements ExecutorEvent {}

  /** It reads no stream. */
  record Disconnected(ExecutorKey key) implements ExecutorEvent {}

  /** The agent runs again: it must subscribe until {@code byNanos}, monotonic. */
  record Awaited(ExecutorKey key, long byNanos) implements ExecutorEvent {}

  /**
   * It must end; SIGKILL comes at {@code forceNanos}, monotonic.
   *
   * @param force the same as wall time, for a later run
   */
  record Doomed(ExecutorKey key, Doom why, long forceNanos, Instant force)
      implements ExecutorEvent, Durable {}

  /** Its processes get SIGKILL. */
  record Forced(ExecutorKey key) implements ExecutorEvent {}

  /**
   * No process of it is left.
   *
   * @param status as wait(2) gives it, -1 when unknown
   */
  record Ended(ExecutorKey key, int status) implements ExecutorEvent, Durable {}

  /** A master has heard how it ended. */
  record EndTold(ExecutorKey key) implements ExecutorEvent {}
}
