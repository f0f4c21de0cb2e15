package io.proffer.e2e.ha;

import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Masters that elect their leader in a ZooKeeper of three servers, and agents. */
final class HaCluster implements AutoCloseable {
  static final Duration SESSION = Duration.ofSeconds(4);

  /** A master that is stopped or out of reach does not answer later either. */
  private static final Duration ANSWERED = Duration.ofSeconds(10);

  private final Path directory;
  private final Layout layout;
  private final Ensemble ensemble;
  private final List<Integer> masterPorts = new ArrayList<>();
  private final List<Integer> agentPorts = new ArrayList<>();
  private final List<ServiceProcess> masters = new ArrayList<>();
  private final List<ServiceProcess> agents = new ArrayList<>();

  HaCluster(Path directory, int masters, int agents) {
    this(directory, Layout.here(masters, agents));
  }

  HaCluster(Path directory, Layout layout) {
    this.directory = directory;
    this.layout = layout;
    this.ensemble = new Ensemble(directory, layout.servers());
    var masters = layout.masters().size();
    var agents = layout.agents().size();
    IntStream.range(0, masters).forEach(i -> masterPorts.add(FreePorts.any()));
    IntStream.range(0, agents).forEach(i -> agentPorts.add(FreePorts.any()));
    IntStream.range(0, masters).forEach(i -> this.masters.add(launchMaster(i, layout.jar())));
    IntStream.range(0, agents).forEach(i -> this.agents.add(launchAgent(i, layout.jar())));
    try {
      IntStream.range(0, masters).forEach(i -> master(i).awaitOk(masterUrl(i) + "/health"));
      IntStream.range(0, agents).forEach(i -> agent(i).awaitOk(agentUrl(i) + "/health"));
      awaitAgents(agents);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  Ensemble ensemble() {
    return ensemble;
  }

  int masters() {
    return masters.size();
  }

  int agents() {
    return agents.size();
  }

  ServiceProcess master(int index) {
    return masters.get(index);
  }

  ServiceProcess agent(int index) {
    return agents.get(index);
  }

  /** Starts a master that has ended, of the build under test, and does not wait for it. */
  void startMaster(int index) {
    masters.set(index, launchMaster(index, Optional.empty()));
  }

  /** Starts an agent that has ended, of the build under test, and does not wait for it. */
  void startAgent(int index) {
    agents.set(index, launchAgent(index, Optional.empty()));
  }

  int masterPort(int index) {
    return masterPorts.get(index);
  }

  String masterUrl(int index) {
    return layout.masters().get(index).url(masterPorts.get(index));
  }

  String agentUrl(int index) {
    return layout.agents().get(index).url(agentPorts.get(index));
  }

  List<String> masterUrls() {
    return IntStream.range(0, masters()).mapToObj(this::masterUrl).toList();
  }

  /** The one that leads, by its own word. */
  int awaitLeader() {
    return Awaitility.await("a leader")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(this::leader, OptionalInt::isPresent)
        .getAsInt();
  }

  OptionalInt leader() {
    return IntStream.range(0, masters())
        .filter(i -> masters.get(i).alive() && leads(i))
        .findFirst();
  }

  boolean leads(int index) {
    try {
      var url = masterUrl(index);
      return Json.get(ANSWERED, url + "/metrics/snapshot").path("master/elected").asDouble() == 1
          && Json.get(ANSWERED, url + "/state").has("id");
    } catch (RuntimeException | AssertionError e) {
      return false;
    }
  }

  /** Ids of the agents that the leader knows, in their order. */
  List<String> agentIds() {
    var ids = new ArrayList<String>();
    Json.get(masterUrl(awaitLeader()) + "/state")
        .path("slaves")
        .forEach(agent -> ids.add(agent.path("id").asText()));
    ids.sort(null);
    return ids;
  }

  /** Waits until the leader counts so many active agents. */
  void awaitAgents(int count) {
    Awaitility.await("agents registered")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              var leader = leader();
              return leader.isPresent()
                  && Json.get(masterUrl(leader.getAsInt()) + "/state")
                          .path("activated_slaves")
                          .asInt()
                      == count;
            });
  }

  private ServiceProcess launchMaster(int index, Optional<Path> jar) {
    var host = layout.masters().get(index);
    var args =
        new ArrayList<>(
            List.of(
                "master",
                "--ip=" + host.ip(),
                "--port=" + masterPorts.get(index),
                "--zk="
                    + (layout.isLocal()
                        ? ensemble.url(index, "/proffer")
                        : ensemble.url("/proffer")),
                "--zk_session_timeout=" + SESSION.toSeconds() + "secs"));
    args.addAll(layout.masterFlags());
    return ServiceProcess.startAt(
        host.enter(), jar, directory.resolve("master" + index + ".log"), args);
  }

  private ServiceProcess launchAgent(int index, Optional<Path> jar) {
    var host = layout.agents().get(index);
    var args =
        new ArrayList<>(
            List.of(
                "agent",
                "--ip=" + host.ip(),
                "--port=" + agentPorts.get(index),
                "--master=" + ensemble.url("/proffer"),
                "--zk_session_timeout=" + SESSION.toSeconds() + "secs",
                "--work_dir=" + directory.resolve("agent" + index),
                "--runtime_dir=" + directory.resolve("agent" + index + "-run"),
                "--registration_backoff_factor=200ms",
                "--resources=" + Cluster.RESOURCES));
    args.addAll(layout.agentFlags());
    return ServiceProcess.startAt(
        host.enter(), jar, directory.resolve("agent" + index + ".log"), args);
  }

  @Override
  public void close() {
    agents.forEach(ServiceProcess::close);
    masters.forEach(ServiceProcess::close);
    ensemble.close();
  }
}
