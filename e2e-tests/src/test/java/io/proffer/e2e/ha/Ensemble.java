package io.proffer.e2e.ha;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A ZooKeeper of several servers, each a process. */
final class Ensemble implements AutoCloseable {
  /** Sessions last from 2 to 20 ticks. */
  private static final int TICK_MS = 500;

  private final Path directory;
  private final List<Host> hosts;
  private final List<Integer> clientPorts;
  private final List<Integer> peerPorts;
  private final List<Integer> electionPorts;
  private final List<ServiceProcess> servers = new ArrayList<>();

  Ensemble(Path directory, List<Host> hosts) {
    this.directory = directory;
    this.hosts = List.copyOf(hosts);
    this.clientPorts = ports();
    this.peerPorts = ports();
    this.electionPorts = ports();
    for (var i = 0; i < size(); i++) {
      configure(i);
      servers.add(launch(i));
    }
  }

  private List<Integer> ports() {
    return IntStream.range(0, size()).mapToObj(i -> FreePorts.any()).toList();
  }

  int size() {
    return hosts.size();
  }

  /** {@code zk://...} of a path in it. */
  String url(String path) {
    return IntStream.range(0, size())
        .mapToObj(i -> hosts.get(i).ip() + ":" + clientPorts.get(i))
        .collect(Collectors.joining(",", "zk://", path));
  }

  /** {@code zk://...} of a path, by one server alone. */
  String url(int index, String path) {
    return "zk://" + hosts.get(index).ip() + ":" + clientPorts.get(index) + path;
  }

  /** Whether this server leads the others, by its own word. */
  boolean leads(int index) {
    try (var socket = new Socket(hosts.get(index).ip(), clientPorts.get(index))) {
      socket.getOutputStream().write("srvr".getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8).contains("Mode: leader");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ServiceProcess server(int index) {
    return servers.get(index);
  }

  /** Starts a server that has ended, with its data. */
  void start(int index) {
    servers.set(index, launch(index));
  }

  private void configure(int index) {
    var home = directory.resolve("zk" + index);
    var text = new StringBuilder();
    text.append("tickTime=").append(TICK_MS).append('\n');
    text.append("initLimit=40\nsyncLimit=20\n");
    text.append("clientPortAddress=").append(hosts.get(index).ip()).append('\n');
    text.append("admin.enableServer=false\n");
    text.append("dataDir=").append(home).append('\n');
    text.append("clientPort=").append(clientPorts.get(index)).append('\n');
    for (var i = 0; i < size(); i++) {
      text.append(
          "server.%d=%s:%d:%d%n"
              .formatted(i + 1, hosts.get(i).ip(), peerPorts.get(i), electionPorts.get(i)));
    }
    try {
      Files.createDirectories(home);
      Files.writeString(home.resolve("myid"), Integer.toString(index + 1));
      Files.writeString(home.resolve("zoo.cfg"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServiceProcess launch(int index) {
    var home = directory.resolve("zk" + index);
    return ServiceProcess.startMain(
        hosts.get(index).enter(),
        directory.resolve("zk" + index + ".log"),
        "org.apache.zookeeper.server.quorum.QuorumPeerMain",
        List.of("-Dzookeeper.admin.enableServer=false"),
        List.of(home.resolve("zoo.cfg").toString()));
  }

  @Override
  public void close() {
    servers.forEach(ServiceProcess::close);
  }
}
