package io.proffer.e2e;

import io.proffer.cli.bench.process.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A master and its agents as real processes, on free ports, below a directory of their own. */
public final class Cluster implements AutoCloseable {
  /** What each agent has unless a test says otherwise. */
  public static final String RESOURCES = "cpus:4;mem:4096;disk:8192;ports:[31000-32000]";

  private final Path directory;
  private final int masterPort = FreePorts.any();
  private final List<String> masterFlags;
  private final List<Path> masterJars;
  private final List<ServiceProcess> agents = new ArrayList<>();
  private final List<List<String>> agentArgs = new ArrayList<>();
  private final List<Integer> agentPorts = new ArrayList<>();
  private ServiceProcess master;

  private Cluster(List<Path> masterJars, List<String> masterFlags) {
    this.masterJars = List.copyOf(masterJars);
    this.masterFlags = List.copyOf(masterFlags);
    try {
      this.directory = Files.createTempDirectory("proffer-e2e");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    startMaster();
  }

  /** A master alone. */
  public static Cluster master(String... flags) {
    return new Cluster(List.of(), List.of(flags));
  }

  /** A master alone, with more on its class path. */
  public static Cluster masterWith(List<Path> jars, String... flags) {
    return new Cluster(jars, List.of(flags));
  }

  /** A master and one agent, which has registered. */
  public static Cluster withAgent(String... masterFlags) {
    var cluster = new Cluster(List.of(), List.of(masterFlags));
    try {
      cluster.addAgent(RESOURCES);
      cluster.awaitAgents(1);
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /** Starts the master again on the same port and work directory. */
  public void startMaster() {
    var args = new ArrayList<String>();
    args.addAll(
        List.of(
            "master",
            "--ip=127.0.0.1",
            "--port=" + masterPort,
            "--work_dir=" + directory.resolve("master")));
    args.addAll(masterFlags);
    master = ServiceProcess.startWith(directory.resolve("master.log"), masterJars, args);
    master.awaitHealthy(masterPort);
  }

  /** Starts one more agent; returns its port. */
  public int addAgent(String resources, String... flags) {
    var port = FreePorts.any();
    var name = "agent" + agents.size();
    var args = new ArrayList<String>();
    args.addAll(
        List.of(
            "agent",
            "--ip=127.0.0.1",
            "--port=" + port,
            "--master=127.0.0.1:" + masterPort,
            "--work_dir=" + directory.resolve(name),
            "--runtime_dir=" + directory.resolve(name + "-run"),
            "--resources=" + resources));
    args.addAll(List.of(flags));
    agentArgs.add(List.copyOf(args));
    agentPorts.add(port);
    agents.add(ServiceProcess.start(directory.resolve(name + ".log"), args));
    agents.getLast().awaitHealthy(port);
    return port;
  }

  /**
   * Starts an agent that has ended once more, with more flags, or others in the place of those that
   * it had, and does not wait for it.
   */
  public ServiceProcess startAgent(int index, String... flags) {
    var args = new ArrayList<>(agentArgs.get(index));
    for (var flag : flags) {
      args.removeIf(old -> old.startsWith(flag.substring(0, flag.indexOf('=') + 1)));
      args.add(flag);
    }
    var agent = ServiceProcess.start(directory.resolve("agent" + index + ".log"), args);
    agents.set(index, agent);
    return agent;
  }

  /** The port of agent {@code index}. */
  public int agentPort(int index) {
    return agentPorts.get(index);
  }

  /** Waits until the master counts this many active agents. */
  public void awaitAgents(int count) {
    Awaitility.await("agents registered")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Json.get(masterUrl() + "/state").path("activated_slaves").asInt() == count);
  }

  /** {@code http://127.0.0.1:PORT} of the master. */
  public String masterUrl() {
    return "http://127.0.0.1:" + masterPort;
  }

  /** The master's port. */
  public int masterPort() {
    return masterPort;
  }

  /** The master's process, of its newest start. */
  public ServiceProcess masterProcess() {
    return master;
  }

  /** The process of agent {@code index}, in the order they were added. */
  public ServiceProcess agentProcess(int index) {
    return agents.get(index);
  }

  /** How many agents were added so far. */
  public int agents() {
    return agents.size();
  }

  /** Where all of the cluster's files are. */
  public Path directory() {
    return directory;
  }

  @Override
  public void close() {
    for (var agent : agents) {
      agent.close();
    }
    master.close();
    deleteTree(directory);
  }

  private static void deleteTree(Path root) {
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException failure)
                throws IOException {
              Files.deleteIfExists(dir);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + root, e);
    }
  }
}
