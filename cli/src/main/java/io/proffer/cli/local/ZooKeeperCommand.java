package io.proffer.cli.local;

import io.proffer.api.flags.Expecting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a ZooKeeper of one server until Ctrl-C. */
@Command(
    name = "zookeeper",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a ZooKeeper of one server, on 127.0.0.1 only, until Ctrl-C: to try several masters on one"
          + " machine.",
      "A cluster that matters wants three servers or five, of a distribution of ZooKeeper."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  proffer zookeeper --work_dir /tmp/zookeeper",
      "  proffer master --zk zk://127.0.0.1:2181/proffer --port 5050       from other terminals",
      "  proffer master --zk zk://127.0.0.1:2181/proffer --port 5051"
    })
public final class ZooKeeperCommand implements Callable<Integer> {
  /** Sessions may last 2 to 20 times this. */
  private static final int TICK_MS = 500;

  private static final int CLIENTS = 1000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      converter = Expecting.PortToBind.class,
      paramLabel = "PORT",
      defaultValue = "2181",
      description = "Port to listen on; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--work_dir",
      paramLabel = "DIR",
      required = true,
      description = "Where it keeps its data.")
  private Path workDir;

  @Override
  public Integer call() throws InterruptedException {
    var line = spec.commandLine();
    ServerCnxnFactory server;
    try {
      var directory = Files.createDirectories(workDir.toAbsolutePath()).toFile();
      server =
          ServerCnxnFactory.createFactory(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CLIENTS);
      server.startup(new ZooKeeperServer(directory, directory, TICK_MS));
    } catch (IOException e) {
      line.getErr()
          .printf(
              "proffer zookeeper: Cannot listen on 127.0.0.1:%d, or keep data in %s: %s%n",
              port, workDir, e.getMessage());
      line.getErr().flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
    line.getOut().printf("ZooKeeper serves on 127.0.0.1:%d%n", server.getLocalPort());
    line.getOut().flush();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(server::shutdown));
    server.join();
    return CommandLine.ExitCode.OK;
  }
}
