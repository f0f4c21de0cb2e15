package io.proffer.agent;

import io.proffer.api.flags.Bytes;
import io.proffer.api.flags.Expecting;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags of an agent that are about its executors. */
public final class ExecutorTuning {
  @Option(
      names = "--executor_shutdown_grace_period",
      defaultValue = "5secs",
      description = "Time an executor has to exit after a shutdown (${DEFAULT-VALUE}).")
  private Duration executorShutdownGracePeriod;

  @Option(
      names = "--executor_registration_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "1mins",
      description = "Time an executor has from its launch until it subscribes (${DEFAULT-VALUE}).")
  private Duration executorRegistrationTimeout;

  @Option(
      names = "--executor_heartbeat_interval",
      converter = Expecting.Positive.class,
      defaultValue = "30mins",
      description = "How often the stream of an executor says that it lives (${DEFAULT-VALUE}).")
  private Duration executorHeartbeatInterval;

  @Option(
      names = "--executor_reregistration_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "2secs",
      description =
          "Time executors have to subscribe again once the agent was started again; told to those"
              + " of frameworks that checkpoint (${DEFAULT-VALUE}).")
  private Duration executorReregistrationTimeout;

  @Option(
      names = "--recovery_timeout",
      defaultValue = "15mins",
      description = "Told to executors of frameworks that checkpoint (${DEFAULT-VALUE}).")
  private Duration recoveryTimeout;

  @Option(
      names = "--max_remembered_updates",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "100",
      description =
          "So many statuses of a task are shown, and so many updates of an executor's task are"
              + " recognised when they come again (${DEFAULT-VALUE}).")
  private int maxRememberedUpdates;

  @Option(
      names = "--max_waiting_updates",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "1000",
      description =
          "So many updates of an executor's task may wait for its framework; more are refused"
              + " (${DEFAULT-VALUE}).")
  private int maxWaitingUpdates;

  @Option(
      names = "--executor_message_bytes",
      defaultValue = "64MB",
      description =
          "Messages of executors that may wait for the master; more get lost (${DEFAULT-VALUE}).")
  private Bytes executorMessageBytes;

  /** How often an executor's stream says that it lives. */
  public Duration executorHeartbeatInterval() {
    return executorHeartbeatInterval;
  }

  /** Messages of executors that may wait for the master. */
  public Bytes executorMessageBytes() {
    return executorMessageBytes;
  }

  /** Time an executor has to exit after a shutdown. */
  public Duration executorShutdownGracePeriod() {
    return executorShutdownGracePeriod;
  }

  /** Time from the launch of an executor until it subscribes. */
  public Duration executorRegistrationTimeout() {
    return executorRegistrationTimeout;
  }

  /** Time to subscribe again once the agent runs again. */
  public Duration executorReregistrationTimeout() {
    return executorReregistrationTimeout;
  }

  /** How long executors wait for their agent. */
  public Duration recoveryTimeout() {
    return recoveryTimeout;
  }

  /** How many statuses and uuids of a task are remembered. */
  public int maxRememberedUpdates() {
    return maxRememberedUpdates;
  }

  /** How many updates of a task may wait. */
  public int maxWaitingUpdates() {
    return maxWaitingUpdates;
  }
}
