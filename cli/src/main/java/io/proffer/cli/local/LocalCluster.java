package io.proffer.cli.local;

import io.proffer.agent.AgentAssembly;
import io.proffer.agent.AgentConfig;
import io.proffer.api.flags.Flags;
import io.proffer.cli.client.MasterAddress;
import io.proffer.master.MasterAssembly;
import io.proffer.master.MasterConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A running master and its agents, each on a port and in a directory of its own. */
final class LocalCluster implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final MasterAssembly master;
  private final boolean encrypted;
  private final List<AgentAssembly> agents = new ArrayList<>();

  private LocalCluster(MasterAssembly master, boolean encrypted) {
    this.master = master;
    this.encrypted = encrypted;
  }

  /**
   * What to start.
   *
   * @param masterPort 0 for any free one
   * @param firstAgentPort the first agent listens here or on the next free port; 0 for any free one
   * @param resources of each agent, in text form; empty for those of this machine
   * @param inMemory nothing is kept over the end of the process
   * @param tls the flags of encryption, for master and agents
   * @param policy the flags of the master that say who is served first
   */
  record Settings(
      int masterPort,
      int firstAgentPort,
      Path workDir,
      int agents,
      String resources,
      boolean inMemory,
      Map<String, String> tls,
      Map<String, String> policy) {}

  /** Starts the parts one after another; if one cannot start, those before it are closed. */
  static LocalCluster start(Settings settings) {
    var cluster =
        new LocalCluster(
            MasterAssembly.start(master(settings)), settings.tls().containsKey("ssl_enabled"));
    try {
      int port = settings.firstAgentPort();
      for (int i = 1; i <= settings.agents(); i++) {
        port = Ports.freeFrom(port);
        cluster.agents.add(AgentAssembly.start(agent(settings, cluster.address(), i, port)));
        port = port == 0 ? 0 : port + 1;
      }
      return cluster;
    } catch (RuntimeException failed) {
      cluster.close();
      throw failed;
    }
  }

  MasterAddress address() {
    return new MasterAddress(LOOPBACK, master.port(), Optional.of(encrypted));
  }

  List<Integer> agentPorts() {
    return agents.stream().map(AgentAssembly::port).toList();
  }

  /** Waits until one part has ended, and gives the reason. */
  String await() {
    var ends = new ArrayList<CompletableFuture<String>>();
    ends.add(master.stopped().toCompletableFuture());
    agents.forEach(agent -> ends.add(agent.stopped().toCompletableFuture()));
    var first = CompletableFuture.anyOf(ends.toArray(CompletableFuture[]::new));
    return String.valueOf(first.join());
  }

  /** Ends the agents with their tasks first, then the master. */
  @Override
  public void close() {
    agents.reversed().forEach(AgentAssembly::close);
    master.close();
  }

  private static MasterConfig master(Settings settings) {
    var flags = new LinkedHashMap<>(settings.tls());
    flags.putAll(settings.policy());
    flags.put("ip", LOOPBACK);
    flags.put("port", String.valueOf(settings.masterPort()));
    flags.put("hostname_lookup", "false");
    flags.put("registry", settings.inMemory() ? "in_memory" : "sqlite");
    flags.put("work_dir", settings.workDir().resolve("master").toString());
    return Flags.fill(new MasterConfig(), flags);
  }

  private static AgentConfig agent(Settings settings, MasterAddress master, int number, int port) {
    var home = settings.workDir().resolve("agent-" + number);
    var flags = new LinkedHashMap<>(settings.tls());
    flags.put("master", master.toString());
    flags.put("ip", LOOPBACK);
    flags.put("port", String.valueOf(port));
    flags.put("hostname_lookup", "false");
    flags.put("work_dir", home.toString());
    flags.put("runtime_dir", home.resolve("run").toString());
    if (!settings.resources().isEmpty()) {
      flags.put("resources", settings.resources());
    }
    return Flags.fill(new AgentConfig(), flags);
  }
}
