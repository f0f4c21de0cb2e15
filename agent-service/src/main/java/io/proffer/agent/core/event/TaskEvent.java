package io.proffer.agent.core.event;

import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.KillCause;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.api.v1.KillPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What became true of tasks. */
public sealed interface TaskEvent extends Event {

  /** It will be launched. */
  record Admitted(Task task) implements TaskEvent, Durable {}

  /** A launch was not carried out; {@code why} is a sentence for the log. */
  record Refused(TaskKey key, String why) implements TaskEvent {}

  /**
   * Its command runs.
   *
   * @param timeUpNanos when it must have ended, monotonic; empty when it may run for ever
   * @param timeUp the same as wall time, for a later run
   */
  record Started(TaskKey key, long pid, OptionalLong timeUpNanos, Optional<Instant> timeUp)
      implements TaskEvent, Durable {}

  /** Its executor is given it. */
  record Delivered(TaskKey key) implements TaskEvent, Durable {}

  /** Its executor is told to kill it. */
  record Unwanted(TaskKey key, Optional<KillPolicy> policy) implements TaskEvent, Durable {}

  /** It was killed before it started. */
  record Recalled(TaskKey key) implements TaskEvent, Durable {}

  /**
   * Its processes get SIGTERM; SIGKILL follows at {@code forceNanos}, monotonic.
   *
   * @param began the same as {@code nowNanos}, as wall time, for a later run
   * @param force the same as {@code forceNanos}
   */
  record KillBegun(
      TaskKey key, KillCause cause, long nowNanos, long forceNanos, Instant began, Instant force)
      implements TaskEvent, Durable {}

  /** A second kill brought SIGKILL forward. */
  record KillHastened(TaskKey key, long forceNanos, Instant force) implements TaskEvent, Durable {}

  /** The grace period is over: its processes get SIGKILL. */
  record KillForced(TaskKey key) implements TaskEvent, Durable {}

  /** It is over, and no process of its own is left; {@code how} is for the log. */
  record Ended(TaskKey key, String how) implements TaskEvent, Durable {}

  /** Its terminal update was acknowledged, or its framework is gone. */
  record Completed(TaskKey key, String container) implements TaskEvent, Durable {}

  /** It is over, and its executor, which runs in this container, may come back with news of it. */
  record Settled(ContainerId executor, io.proffer.agent.core.fact.Settled task)
      implements TaskEvent, Durable {}

  /**
   * The executor in this container has heard that of these, or is gone, or has ended more since.
   */
  record Forgotten(ContainerId executor, List<TaskKey> tasks) implements TaskEvent, Durable {}
}
