package io.proffer.cli.bench;

import io.proffer.api.flags.Expecting;
import io.proffer.api.http.MediaType;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of {@code proffer bench} that say how much. */
final class BenchOptions {
  /** What is played. */
  enum Scenario {
    /** Tasks start and finish. */
    churn,
    /** Tasks start and stay. */
    hold,
    /** Tasks start and stay, then the tables are read, and tasks launched meanwhile. */
    read,
    /** Tasks start and stay, then the master is killed and started again. */
    restart,
    /** Tasks start and stay, then one of three masters after the other leads. */
    failover
  }

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "churn",
      description =
          "churn: tasks start and finish; hold: they start and stay; read: they stay, and the tables"
              + " are read, while more are launched; restart: they stay, and the master is killed and"
              + " started again; failover: they stay, the leader of three masters is killed, and the"
              + " next one stopped (default: ${DEFAULT-VALUE}).")
  private Scenario scenario;

  @Option(
      names = "--format",
      paramLabel = "json|protobuf",
      defaultValue = "protobuf",
      description = "What the schedulers speak (default: ${DEFAULT-VALUE}).")
  private MediaType format;

  @Option(
      names = "--agents",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "100",
      description = "How many simulated agents (default: ${DEFAULT-VALUE}).")
  private int agents;

  @Option(
      names = "--frameworks",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "1",
      description = "How many schedulers share the work (default: ${DEFAULT-VALUE}).")
  private int frameworks;

  @Option(
      names = "--tasks",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "20000",
      description = "How many life cycles, or tasks that stay (default: ${DEFAULT-VALUE}).")
  private int tasks;

  @Option(
      names = "--warmup",
      defaultValue = "0",
      description =
          "How many life cycles come before those that are measured (default: ${DEFAULT-VALUE}).")
  private int warmup;

  @Option(
      names = "--duration",
      converter = Expecting.Positive.class,
      description = "Launch nothing any more after this time. Default: until --tasks are done.")
  private Optional<Duration> duration = Optional.empty();

  @Option(
      names = "--time_limit",
      converter = Expecting.Positive.class,
      defaultValue = "10mins",
      description = "Give up when a step takes longer (default: ${DEFAULT-VALUE}).")
  private Duration timeLimit;

  @Option(
      names = "--concurrency",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "1000",
      description = "Tasks all schedulers together keep in flight (default: ${DEFAULT-VALUE}).")
  private int concurrency;

  @Option(
      names = "--batch",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "10",
      description = "Tasks that one ACCEPT launches at most (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--connections",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "16",
      description =
          "Connections for the calls of each scheduler, and for the records of the agents of each"
              + " event loop (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--agents_per_connection",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "1",
      description =
          "How many agents share a connection. With 1 each has its own, over HTTP/1.1; with more,"
              + " they speak HTTP/2, and the master needs --http2_streams, which one that is"
              + " started here is given (default: ${DEFAULT-VALUE}).")
  private int agentsPerConnection;

  @Option(
      names = "--task_duration",
      defaultValue = "0ns",
      description = "How long each task runs in churn (default: ${DEFAULT-VALUE}).")
  private Duration taskDuration;

  @Option(
      names = "--task_resources",
      paramLabel = "'NAME:AMOUNT;...'",
      defaultValue = "cpus:0.1;mem:32",
      description = "What each task takes (default: '${DEFAULT-VALUE}').")
  private String taskResources;

  @Option(
      names = "--agent_resources",
      paramLabel = "'NAME:AMOUNT;...'",
      defaultValue = "cpus:64;mem:65536",
      description = "What each agent has (default: '${DEFAULT-VALUE}').")
  private String agentResources;

  @Option(
      names = "--driver_loops",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "2",
      description = "Threads that play agents and schedulers (default: ${DEFAULT-VALUE}).")
  private int driverLoops;

  @Mixin private ReadOptions reads = new ReadOptions();

  @Mixin private FailoverOptions failover = new FailoverOptions();

  FailoverOptions failover() {
    return failover;
  }

  ReadOptions reads() {
    return reads;
  }

  Scenario scenario() {
    return scenario;
  }

  MediaType format() {
    return format;
  }

  int agents() {
    return agents;
  }

  int frameworks() {
    return frameworks;
  }

  int tasks() {
    return tasks;
  }

  int warmup() {
    return warmup;
  }

  Optional<Duration> duration() {
    return duration;
  }

  Duration timeLimit() {
    return timeLimit;
  }

  int concurrency() {
    return concurrency;
  }

  int batch() {
    return batch;
  }

  int connections() {
    return connections;
  }

  int agentsPerConnection() {
    return agentsPerConnection;
  }

  /** How many connections the streams of all agents take. */
  int agentConnections() {
    return (agents + agentsPerConnection - 1) / agentsPerConnection;
  }

  /** Empty for tasks that stay. */
  Optional<Duration> taskDuration() {
    return scenario == Scenario.churn ? Optional.of(taskDuration) : Optional.empty();
  }

  String taskResources() {
    return taskResources;
  }

  String agentResources() {
    return agentResources;
  }

  int driverLoops() {
    return driverLoops;
  }
}
