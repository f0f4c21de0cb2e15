package io.proffer.agent.core.fact;

import io.proffer.api.v1.ExecutorInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One run of a custom executor: a program that speaks {@code /api/v1/executor} and runs tasks for
 * its framework. Command tasks have none, they are their own (executor-api, sections 5 and 9).
 *
 * @param directory the sandbox, an absolute path
 * @param pid of the supervisor; empty until the command runs
 * @param registered whether it has ever subscribed: then it was given a task, or is being ended
 * @param stream that it reads; empty while it is not connected
 * @param doom why it is being ended, once it is
 * @param infoWeight the {@link Weight} of its info, which is long to find out
 */
public record Executor(
    ExecutorKey key,
    ExecutorInfo info,
    ContainerId container,
    String directory,
    OptionalLong pid,
    boolean registered,
    Optional<String> stream,
    Optional<Doom> doom,
    long infoWeight) {

  /** One that is weighed now. */
  public Executor(
      ExecutorKey key,
      ExecutorInfo info,
      ContainerId container,
      String directory,
      OptionalLong pid,
      boolean registered,
      Optional<String> stream,
      Optional<Doom> doom) {
    this(key, info, container, directory, pid, registered, stream, doom, Weight.of(info));
  }

  /** One that the containerizer is being asked for. */
  public static Executor launching(
      ExecutorKey key, ExecutorInfo info, ContainerId container, String directory) {
    return new Executor(
        key,
        info,
        container,
        directory,
        OptionalLong.empty(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  /** The same executor, its command running. */
  public Executor started(long supervisor) {
    return new Executor(
        key,
        info,
        container,
        directory,
        OptionalLong.of(supervisor),
        registered,
        stream,
        doom,
        infoWeight);
  }

  /** The same executor, having subscribed once. */
  public Executor subscribed() {
    return new Executor(key, info, container, directory, pid, true, stream, doom, infoWeight);
  }

  /** The same executor on this stream, or on none. */
  public Executor on(Optional<String> next) {
    return new Executor(key, info, container, directory, pid, registered, next, doom, infoWeight);
  }

  /** The same executor, being ended. */
  public Executor doomed(Doom why) {
    return new Executor(
        key, info, container, directory, pid, registered, stream, Optional.of(why), infoWeight);
  }

  /** How much memory it takes. */
  public long weight() {
    return Task.PLACE + infoWeight;
  }

  /** What is shown of it once it is over: without the data that was for it alone. */
  public Executor remembered() {
    return new Executor(
        key,
        info.toBuilder().clearData().build(),
        container,
        directory,
        pid,
        registered,
        Optional.empty(),
        doom);
  }

  /** The role its resources are allocated to; {@code *} when none says. */
  public String role() {
    return Task.role(info.getResourcesList());
  }

  /** How long it has to end after a SHUTDOWN, when it says so itself. */
  public Optional<Duration> ownGrace() {
    return info.hasShutdownGracePeriod()
        ? Optional.of(Duration.ofNanos(Math.max(0, info.getShutdownGracePeriod().getNanoseconds())))
        : Optional.empty();
  }
}
