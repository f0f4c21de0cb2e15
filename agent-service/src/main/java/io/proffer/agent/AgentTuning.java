package io.proffer.agent;

import io.proffer.agent.container.launcher.OutputLimits;
import io.proffer.agent.core.fact.AgentLimits;
import io.proffer.agent.core.fact.AgentTimes;
import io.proffer.agent.gc.GcPolicy;
import io.proffer.agent.masterlink.MasterLink;
import io.proffer.api.flags.Bytes;
import io.proffer.api.flags.Expecting;
import io.proffer.api.http.HttpLimits;
import io.proffer.api.trace.TraceFlags;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of an agent that say how long and how much; the defaults suit nearly everybody. */
public final class AgentTuning {
  @Mixin private ExecutorTuning executors = new ExecutorTuning();

  @Mixin private MemoryTuning memory = new MemoryTuning();
  @Mixin private MetricsTuning metrics = new MetricsTuning();
  @Mixin private TraceFlags trace = new TraceFlags();

  @Option(
      names = "--kill_grace_period",
      defaultValue = "3secs",
      description =
          "From SIGTERM to SIGKILL when neither kill nor task say otherwise (${DEFAULT-VALUE}).")
  private Duration killGracePeriod;

  @Option(
      names = "--registration_backoff_factor",
      converter = Expecting.Positive.class,
      defaultValue = "1secs",
      description =
          "The first attempt to register is made within this; later ones within twice, four times"
              + " and so on (${DEFAULT-VALUE}).")
  private Duration registrationBackoffFactor;

  @Option(
      names = "--registration_backoff_max",
      converter = Expecting.Positive.class,
      defaultValue = "1mins",
      description = "The longest that an attempt to register waits (${DEFAULT-VALUE}).")
  private Duration registrationBackoffMax;

  @Option(
      names = "--registration_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "15secs",
      description = "How long a master may take to accept an agent (${DEFAULT-VALUE}).")
  private Duration registrationTimeout;

  @Option(
      names = "--master_return_window",
      defaultValue = "30secs",
      description =
          "For so long after losing its master an agent tries as often as at first"
              + " (${DEFAULT-VALUE}).")
  private Duration masterReturnWindow;

  @Option(
      names = "--status_update_retry_min",
      converter = Expecting.Positive.class,
      defaultValue = "10secs",
      description = "A status update is sent again after this, then twice this (${DEFAULT-VALUE}).")
  private Duration statusUpdateRetryMin;

  @Option(
      names = "--status_update_retry_max",
      converter = Expecting.Positive.class,
      defaultValue = "10mins",
      description = "The longest that a status update waits to be sent again (${DEFAULT-VALUE}).")
  private Duration statusUpdateRetryMax;

  @Option(
      names = "--max_completed_frameworks",
      defaultValue = "50",
      description = "Frameworks that have left which are remembered (${DEFAULT-VALUE}).")
  private int maxCompletedFrameworks;

  @Option(
      names = "--max_completed_executors_per_framework",
      defaultValue = "150",
      description =
          "Ended executors of one framework which are remembered, and ended tasks of one executor"
              + " which are known again when it comes back (${DEFAULT-VALUE}).")
  private int maxCompletedExecutorsPerFramework;

  @Option(
      names = "--max_deadlines_per_turn",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "1000",
      description = "Deadlines that are served at once (${DEFAULT-VALUE}).")
  private int maxDeadlinesPerTurn;

  @Option(
      names = "--container_threads",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "4",
      description = "Threads that start and signal containers (${DEFAULT-VALUE}).")
  private int containerThreads;

  @Option(
      names = "--spawner",
      defaultValue = "true",
      description =
          "Where supervisors are compiled, a small process that stays forks them; false starts each"
              + " from the agent itself, which takes longer (${DEFAULT-VALUE}).")
  private boolean spawner;

  @Mixin private AgentOutput output = new AgentOutput();

  @Option(
      names = "--command_queue",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "65536",
      description = "Commands that may wait for their turn (${DEFAULT-VALUE}).")
  private int commandQueue;

  @Option(
      names = "--master_queue",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "65536",
      description = "Records that may wait for the master (${DEFAULT-VALUE}).")
  private int masterQueue;

  @Option(
      names = "--master_batch",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "1000",
      description = "Records that one request to the master carries (${DEFAULT-VALUE}).")
  private int masterBatch;

  @Option(
      names = "--master_batch_bytes",
      defaultValue = "16MB",
      description =
          "After so many bytes such a request takes no further record (${DEFAULT-VALUE}).")
  private Bytes masterBatchBytes;

  @Option(
      names = "--max_record_size",
      converter = Expecting.InMemory.class,
      defaultValue = "16MB",
      description = "Largest record accepted from the master (${DEFAULT-VALUE}).")
  private Bytes maxRecordSize;

  @Option(
      names = "--checkpoint_store_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "20secs",
      description = "Time one write of checkpoints may take (${DEFAULT-VALUE}).")
  private Duration storeTimeout;

  @Option(
      names = "--last_updates_timeout",
      defaultValue = "1secs",
      description =
          "Time a stopping agent waits for its last updates to be acknowledged (${DEFAULT-VALUE}).")
  private Duration lastUpdatesTimeout;

  @Option(
      names = "--stop_timeout",
      defaultValue = "15secs",
      description = "Time a stopping agent gives its tasks to end (${DEFAULT-VALUE}).")
  private Duration stopTimeout;

  @Mixin private DiskTuning disk = new DiskTuning();

  @Option(
      names = "--usage_interval",
      defaultValue = "500ms",
      description = "What containers use is measured no more often than this (${DEFAULT-VALUE}).")
  private Duration usageInterval;

  @Option(
      names = "--max_directory_entries",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "100000",
      description = "Directories of sandboxes with more are not listed (${DEFAULT-VALUE}).")
  private int maxDirectoryEntries;

  @Option(
      names = "--max_request_size",
      defaultValue = "8MB",
      description =
          "Largest request body, but for those of executors, which --request_buffer_bytes bounds"
              + " (${DEFAULT-VALUE}).")
  private Bytes maxRequestSize;

  @Option(
      names = "--max_header_size",
      converter = Expecting.InMemory.class,
      defaultValue = "64KB",
      description =
          "The longest request line, and all headers of a request together (${DEFAULT-VALUE}).")
  private Bytes maxHeaderSize;

  @Option(
      names = "--request_read_timeout",
      defaultValue = "1mins",
      description =
          "How long a client may pause in the middle of a request, or before its first"
              + " (${DEFAULT-VALUE}).")
  private Duration requestReadTimeout;

  @Option(
      names = "--stream_buffer_bytes",
      defaultValue = "64MB",
      description = "What may wait for the reader of one stream (${DEFAULT-VALUE}).")
  private Bytes streamBufferBytes;

  @Option(
      names = "--stream_stall_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "1mins",
      description = "How long a reader may take nothing (${DEFAULT-VALUE}).")
  private Duration streamStallTimeout;

  /** How long a master may take to accept the agent. */
  public Duration registrationTimeout() {
    return registrationTimeout;
  }

  /** Threads that start and signal containers. */
  public int containerThreads() {
    return containerThreads;
  }

  /** Whether a small process that stays forks supervisors. */
  public boolean spawner() {
    return spawner;
  }

  /** How much is kept of what tasks write. */
  public OutputLimits outputLimits() {
    return output.limits();
  }

  /** Commands that may wait for their turn. */
  public int commandQueue() {
    return commandQueue;
  }

  /** Records that may wait for the master. */
  public int masterQueue() {
    return masterQueue;
  }

  /** Records that one request to the master carries. */
  public int masterBatch() {
    return masterBatch;
  }

  /** After how many bytes a request to the master takes no further record. */
  public Bytes masterBatchBytes() {
    return masterBatchBytes;
  }

  /** Largest record accepted from the master. */
  public Bytes maxRecordSize() {
    return maxRecordSize;
  }

  /** Time one write of checkpoints may take. */
  public Duration storeTimeout() {
    return storeTimeout;
  }

  /** Time a stopping agent gives its tasks to end. */
  public Duration stopTimeout() {
    return stopTimeout;
  }

  /** The largest directory that is listed. */
  public int maxDirectoryEntries() {
    return maxDirectoryEntries;
  }

  /** How old sandboxes may become. */
  public GcPolicy gcPolicy() {
    return disk.gcPolicy();
  }

  /** How often old sandboxes are looked for. */
  public Duration diskWatchInterval() {
    return disk.watchInterval();
  }

  /** Bytes of the disk that are kept back for checkpoints. */
  public long ballast() {
    return disk.ballast();
  }

  /** The least time between two measurements of what containers use. */
  public Duration usageInterval() {
    return usageInterval;
  }

  /** Of custom executors. */
  public ExecutorTuning executors() {
    return executors;
  }

  MemoryTuning memory() {
    return memory;
  }

  MetricsTuning metrics() {
    return metrics;
  }

  TraceFlags trace() {
    return trace;
  }

  /** How long the core waits for what. */
  public AgentTimes times() {
    return new AgentTimes(
        registrationBackoffFactor,
        registrationBackoffMax,
        masterReturnWindow,
        statusUpdateRetryMin,
        statusUpdateRetryMax,
        killGracePeriod,
        executors.executorShutdownGracePeriod(),
        lastUpdatesTimeout,
        executors.executorRegistrationTimeout(),
        executors.executorReregistrationTimeout(),
        executors.recoveryTimeout());
  }

  /** How much the core remembers. */
  public AgentLimits limits() {
    return new AgentLimits(
        maxCompletedFrameworks,
        maxCompletedExecutorsPerFramework,
        executors.maxRememberedUpdates(),
        executors.maxWaitingUpdates(),
        maxDeadlinesPerTurn,
        memory.room());
  }

  /** What a client may cost. */
  public HttpLimits httpLimits() {
    return new HttpLimits(
            maxRequestSize.value(),
            memory.requestBufferBytes(maxRequestSize.value()),
            memory.requestBufferBytes(maxRequestSize.value()),
            streamBufferBytes.value(),
            streamStallTimeout,
            Math.toIntExact(maxHeaderSize.value()),
            requestReadTimeout)
        .withCallBytes(memory.callBytes(maxRequestSize.value()));
  }

  /** What may wait for the master, and how much goes to it at once. */
  MasterLink.Limits toMaster() {
    return new MasterLink.Limits(
        masterQueue(),
        masterBatch(),
        masterBatchBytes().value(),
        executors().executorMessageBytes().value(),
        maxRecordSize().intValue(),
        registrationTimeout());
  }
}
