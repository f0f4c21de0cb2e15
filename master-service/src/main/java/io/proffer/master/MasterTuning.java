package io.proffer.master;

import io.proffer.api.flags.Bytes;
import io.proffer.api.flags.Expecting;
import io.proffer.api.http.HttpLimits;
import io.proffer.master.core.state.Retention;
import io.proffer.master.http.AgentFiles;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of a master that say how long and how much; the defaults suit nearly everybody. */
public final class MasterTuning {
  @Option(
      names = "--offer_timeout",
      converter = Expecting.Positive.class,
      description = "Rescind offers not answered after this. Default: never.")
  private Optional<Duration> offerTimeout = Optional.empty();

  @Option(
      names = {"--agent_ping_timeout", "--slave_ping_timeout"},
      converter = Expecting.Positive.class,
      defaultValue = "15secs",
      description = "How long an agent has to answer a ping (${DEFAULT-VALUE}).")
  private Duration agentPingTimeout;

  @Option(
      names = {"--max_agent_ping_timeouts", "--max_slave_ping_timeouts"},
      converter = Expecting.AtLeastOne.class,
      defaultValue = "5",
      description =
          "How many pings in a row an agent may leave unanswered before it is unreachable"
              + " (${DEFAULT-VALUE}).")
  private int maxAgentPingTimeouts;

  @Option(
      names = {"--agent_reregister_timeout", "--slave_reregister_timeout"},
      defaultValue = "10mins",
      description =
          "Time agents have to come back after a disconnection or a restart of the master"
              + " (${DEFAULT-VALUE}).")
  private Duration agentReregisterTimeout;

  @Option(
      names = "--registry_store_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "20secs",
      description = "How long a write of the registry may take (${DEFAULT-VALUE}).")
  private Duration registryStoreTimeout;

  @Option(
      names = "--registry_fetch_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "1mins",
      description =
          "How long opening and reading a registry in ZooKeeper may take (${DEFAULT-VALUE}).")
  private Duration registryFetchTimeout;

  @Option(
      names = "--registry_gc_interval",
      converter = Expecting.Positive.class,
      defaultValue = "15mins",
      description = "How often agents that were lost long ago are forgotten (${DEFAULT-VALUE}).")
  private Duration registryGcInterval;

  @Option(
      names = {"--registry_max_agent_age", "--registry_max_slave_age"},
      converter = Expecting.Positive.class,
      defaultValue = "2weeks",
      description =
          "How long agents are remembered that are out of reach or marked gone"
              + " (${DEFAULT-VALUE}).")
  private Duration registryMaxAgentAge;

  @Option(
      names = {"--registry_max_agent_count", "--registry_max_slave_count"},
      converter = Expecting.AtLeastOne.class,
      defaultValue = "102400",
      description =
          "How many agents are remembered that are out of reach, and how many that are marked gone;"
              + " the oldest are forgotten first (${DEFAULT-VALUE}).")
  private int registryMaxAgentCount;

  @Option(
      names = "--max_completed_frameworks",
      defaultValue = "50",
      description = "Completed frameworks kept in memory (${DEFAULT-VALUE}).")
  private int maxCompletedFrameworks;

  @Option(
      names = "--max_completed_tasks_per_framework",
      defaultValue = "1000",
      description = "Completed tasks kept of each framework (${DEFAULT-VALUE}).")
  private int maxCompletedTasksPerFramework;

  @Option(
      names = "--max_unreachable_tasks_per_framework",
      defaultValue = "1000",
      description = "Unreachable tasks kept of each framework (${DEFAULT-VALUE}).")
  private int maxUnreachableTasksPerFramework;

  @Option(
      names = "--turn_entities",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "1000",
      description =
          "How many tasks or operations one turn of the master handles before others have theirs"
              + " (${DEFAULT-VALUE}).")
  private int turnEntities;

  @Option(
      names = "--max_paged_reconciliations",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "16",
      description = "How many long reconciliations may wait on one stream (${DEFAULT-VALUE}).")
  private int maxPagedReconciliations;

  @Option(
      names = "--max_waiting_accepts",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "16",
      description =
          "How many ACCEPTs of more operations than a turn handles one framework may have on the"
              + " way; further ones are answered with 503 (${DEFAULT-VALUE}).")
  private int maxWaitingAccepts;

  @Option(
      names = "--max_operator_event_stream_subscribers",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "1000",
      description =
          "How many streams of operators there may be; for one more the oldest ends"
              + " (${DEFAULT-VALUE}).")
  private int maxOperatorEventStreamSubscribers;

  @Option(
      names = "--operator_event_window",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "10000",
      description =
          "How many of the latest events are kept for operators that read slowly or come back"
              + " (${DEFAULT-VALUE}).")
  private int operatorEventWindow;

  @Option(
      names = "--max_request_size",
      defaultValue = "8MB",
      description = "The largest request body, also when unpacked (${DEFAULT-VALUE}).")
  private Bytes maxRequestSize;

  @Option(
      names = "--max_agent_request_size",
      defaultValue = "256MB",
      description =
          "The largest request of an agent, which tells all it runs in one piece"
              + " (${DEFAULT-VALUE}).")
  private Bytes maxAgentRequestSize;

  @Option(
      names = "--max_header_size",
      converter = Expecting.InMemory.class,
      defaultValue = "64KB",
      description =
          "The longest request line, and all headers of a request together (${DEFAULT-VALUE}).")
  private Bytes maxHeaderSize;

  @Option(
      names = "--request_read_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "1mins",
      description =
          "How long a client may pause in the middle of a request, or before its first"
              + " (${DEFAULT-VALUE}).")
  private Duration requestReadTimeout;

  @Option(
      names = "--request_buffer_bytes",
      defaultValue = "512MB",
      description = "All request bodies together that are being read (${DEFAULT-VALUE}).")
  private Bytes requestBufferBytes;

  @Option(
      names = "--stream_buffer_bytes",
      defaultValue = "64MB",
      description =
          "What may wait for the reader of one stream before it is cut (${DEFAULT-VALUE}).")
  private Bytes streamBufferBytes;

  @Option(
      names = "--stream_stall_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "1mins",
      description =
          "How long a reader may take nothing while something waits for it (${DEFAULT-VALUE}).")
  private Duration streamStallTimeout;

  @Option(
      names = "--reply_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "1mins",
      description = "How long a call may wait for its answer (${DEFAULT-VALUE}).")
  private Duration replyTimeout;

  @Option(
      names = "--loop_queue_capacity",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "20000",
      description = "How many calls may wait for their turn (${DEFAULT-VALUE}).")
  private int loopQueueCapacity;

  @Option(
      names = "--loop_batch",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "256",
      description = "How many calls share one write of the registry at most (${DEFAULT-VALUE}).")
  private int loopBatch;

  @Option(
      names = "--gate_capacity",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "4096",
      description =
          "How many turns may wait for the registry before calls have to wait (${DEFAULT-VALUE}).")
  private int gateCapacity;

  @Option(
      names = "--event_loops",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "2",
      description = "How many threads serve connections (${DEFAULT-VALUE}).")
  private int eventLoops;

  @Option(
      names = "--agent_file_piece",
      converter = Expecting.InMemory.class,
      defaultValue = "1MB",
      description =
          "The most of a sandbox file that one request through the master is given"
              + " (${DEFAULT-VALUE}).")
  private Bytes agentFilePiece;

  @Option(
      names = "--agent_file_requests",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "64",
      description = "How many such requests may be under way (${DEFAULT-VALUE}).")
  private int agentFileRequests;

  @Option(
      names = "--agent_file_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "15secs",
      description = "How long an agent may take to answer one (${DEFAULT-VALUE}).")
  private Duration agentFileTimeout;

  @Option(
      names = "--http2_streams",
      paramLabel = "COUNT",
      defaultValue = "0",
      description =
          "Speak HTTP/2 in clear text, too, with at most so many requests and streams on one"
              + " connection; 0 for HTTP/1.1 alone (${DEFAULT-VALUE}).")
  private int http2Streams;

  @Mixin private MetricsTuning metrics = new MetricsTuning();
  @Mixin private AllocatorTuning allocation = new AllocatorTuning();

  public AllocatorTuning allocation() {
    return allocation;
  }

  public Optional<Duration> offerTimeout() {
    return offerTimeout;
  }

  public Duration agentPingTimeout() {
    return agentPingTimeout;
  }

  public int maxAgentPingTimeouts() {
    return maxAgentPingTimeouts;
  }

  public Duration agentReregisterTimeout() {
    return agentReregisterTimeout;
  }

  /** For how long lost agents are remembered. */
  public Retention lostAgents() {
    return new Retention(registryGcInterval, registryMaxAgentAge, registryMaxAgentCount);
  }

  public Duration registryStoreTimeout() {
    return registryStoreTimeout;
  }

  Duration registryFetchTimeout() {
    return registryFetchTimeout;
  }

  public int maxCompletedFrameworks() {
    return maxCompletedFrameworks;
  }

  public int maxCompletedTasksPerFramework() {
    return maxCompletedTasksPerFramework;
  }

  public int maxUnreachableTasksPerFramework() {
    return maxUnreachableTasksPerFramework;
  }

  public int turnEntities() {
    return turnEntities;
  }

  public int maxPagedReconciliations() {
    return maxPagedReconciliations;
  }

  public int maxWaitingAccepts() {
    return maxWaitingAccepts;
  }

  public int maxOperatorEventStreamSubscribers() {
    return maxOperatorEventStreamSubscribers;
  }

  public int operatorEventWindow() {
    return operatorEventWindow;
  }

  public Duration replyTimeout() {
    return replyTimeout;
  }

  public int loopQueueCapacity() {
    return loopQueueCapacity;
  }

  public int loopBatch() {
    return loopBatch;
  }

  public int gateCapacity() {
    return gateCapacity;
  }

  MetricsTuning metrics() {
    return metrics;
  }

  public int eventLoops() {
    return eventLoops;
  }

  /** What reading files of agents through this master may cost. */
  public AgentFiles.Limits agentFiles() {
    return new AgentFiles.Limits(agentFilePiece.intValue(), agentFileRequests, agentFileTimeout);
  }

  /**
   * What a client may cost.
   *
   * @param readerNice how far behind others those stand who read
   */
  public HttpLimits httpLimits(int readerNice) {
    return new HttpLimits(
            maxRequestSize.value(),
            maxAgentRequestSize.value(),
            requestBufferBytes.value(),
            streamBufferBytes.value(),
            streamStallTimeout,
            maxHeaderSize.intValue(),
            requestReadTimeout)
        .withHttp2(http2Streams)
        .withReaderNice(readerNice);
  }
}
