package io.proffer.cli.bench.host;

import io.proffer.api.flags.Expecting;
import io.proffer.api.flags.WrongFlagException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags of {@code proffer bench agent}. */
final class AgentBenchOptions {
  @Option(
      names = "--warmup",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "2000",
      description =
          "How many tasks are run before anything is timed, until the JVMs have compiled most of"
              + " themselves (default: ${DEFAULT-VALUE}).")
  private int warmup;

  @Option(
      names = "--tasks",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "2000",
      description =
          "How many tasks are launched as fast as they go, of 'true' (default: ${DEFAULT-VALUE}).")
  private int tasks;

  @Option(
      names = "--batch",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "100",
      description = "Tasks that one ACCEPT launches at most (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--launches",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "500",
      description =
          "How many tasks are launched one at a time, to see how long each takes to run (default:"
              + " ${DEFAULT-VALUE}).")
  private int launches;

  @Option(
      names = "--running",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "1000",
      description =
          "How many tasks of 'sleep' run while their memory is read and the agent is killed"
              + " (default: ${DEFAULT-VALUE}).")
  private int running;

  @Option(
      names = "--forks",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "1000",
      description =
          "How many processes a shell starts one after the other, to see what the machine can do"
              + " (default: ${DEFAULT-VALUE}).")
  private int forks;

  @Option(
      names = "--settle",
      defaultValue = "3secs",
      description =
          "How long the agent is left alone before its memory is read (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration settle;

  @Option(
      names = "--time_limit",
      converter = Expecting.Positive.class,
      defaultValue = "5mins",
      description = "Give up when a step takes longer (default: ${DEFAULT-VALUE}).")
  private Duration timeLimit;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description =
          "Where the throw-away directory of master and agent is made: the disk under it stores"
              + " each checkpoint. Default: that of temporary files.")
  private Optional<Path> directory = Optional.empty();

  @Option(
      names = "--agent_flag",
      paramLabel = "FLAG",
      description = "For the agent, as --container_threads=8; may be given repeatedly.")
  private List<String> agentFlags = List.of();

  @Option(
      names = "--agent_java_option",
      paramLabel = "OPTION",
      description = "For the agent's JVM, as -Xmx64m; may be given repeatedly.")
  private List<String> agentJavaOptions = List.of();

  @Option(
      names = "--master_flag",
      paramLabel = "FLAG",
      description = "For the master, as --event_loops=4; may be given repeatedly.")
  private List<String> masterFlags = List.of();

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  int warmup() {
    return warmup;
  }

  int tasks() {
    return tasks;
  }

  int batch() {
    return batch;
  }

  int launches() {
    return launches;
  }

  int running() {
    return running;
  }

  int forks() {
    return forks;
  }

  Duration settle() {
    return settle;
  }

  Duration timeLimit() {
    return timeLimit;
  }

  /**
   * @throws WrongFlagException when nothing can be made there
   */
  Path directory() {
    var where = directory.orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
    if (!Files.isDirectory(where) || !Files.isWritable(where)) {
      throw new WrongFlagException(
          "--directory", "Expected a directory to write to, but got '" + where + "'");
    }
    return where.toAbsolutePath();
  }

  List<String> agentFlags() {
    return agentFlags;
  }

  List<String> agentJavaOptions() {
    return agentJavaOptions;
  }

  List<String> masterFlags() {
    return masterFlags;
  }

  boolean json() {
    return json;
  }
}
