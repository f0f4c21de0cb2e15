package io.proffer.cli.bench.host;

import io.proffer.cli.bench.BenchException;
import io.proffer.cli.bench.process.AgentProcess;
import io.proffer.cli.bench.process.Directories;
import io.proffer.cli.bench.process.MasterProcess;
import io.proffer.cli.client.MasterAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A master and one agent in a throw-away directory. Closed by the end of the run or by a signal;
 * who comes second waits for the first, and from then on nothing is started any more.
 */
final class Cluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final Path root;
  private final MasterProcess master;
  private final AgentProcess agent;
  private volatile boolean over;

  private Cluster(Path root, MasterProcess master, AgentProcess agent) {
    this.root = root;
    this.master = master;
    this.agent = agent;
  }

  /**
   * Makes the directory; nothing runs yet.
   *
   * @param resources of the agent
   */
  static Cluster make(AgentBenchOptions options, String resources) throws IOException {
    var root = Files.createTempDirectory(options.directory(), "proffer-bench-");
    var masterDir = Files.createDirectory(root.resolve("master"));
    var agentDir = Files.createDirectory(root.resolve("agent"));
    var master = MasterProcess.of(masterDir, List.of(), options.masterFlags());
    var flags = new ArrayList<String>();
    flags.add("--master=" + HOST + ":" + master.port());
    flags.add("--resources=" + resources);
    // Those given come last: of a flag that is there twice the last one counts.
    flags.addAll(options.agentFlags());
    return new Cluster(root, master, new AgentProcess(agentDir, options.agentJavaOptions(), flags));
  }

  /** Done when both serve; the agent has yet to register. */
  void start() throws BenchException {
    try {
      launch(master::launch);
      master.awaitHealth();
      launchAgent();
      agent.awaitHealth();
    } catch (IllegalStateException failed) {
      throw new BenchException(failed.getMessage());
    }
  }

  /** Starts the agent, the first time or after it was killed, and waits for nothing. */
  void launchAgent() {
    launch(agent::launch);
  }

  /** SIGKILL; done when it has ended. */
  void killAgent() {
    agent.kill();
  }

  MasterAddress masterAddress() {
    return new MasterAddress(HOST, master.port());
  }

  MasterAddress agentAddress() {
    return new MasterAddress(HOST, agent.port());
  }

  long masterPid() {
    return master.pid();
  }

  long agentPid() {
    return agent.pid();
  }

  /** Whether it was closed: what breaks off then needs no explanation. */
  boolean isOver() {
    return over;
  }

  private synchronized void launch(Runnable start) {
    if (over) {
      throw new IllegalStateException("The run is over");
    }
    start.run();
  }

  /** Ends the tasks, the agent and the master, and deletes the directory. */
  @Override
  public synchronized void close() {
    if (over) {
      return;
    }
    over = true;
    agent.close();
    master.close();
    try {
      Directories.delete(root);
    } catch (IOException left) {
      throw new UncheckedIOException("Cannot delete " + root, left);
    }
  }
}
