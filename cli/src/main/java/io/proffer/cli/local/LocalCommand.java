package io.proffer.cli.local;

import io.proffer.api.flags.Expecting;
import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.tls.TlsFlags;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a cluster on this machine until Ctrl-C. */
@Command(
    name = "local",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a master and agents in one process, on 127.0.0.1 only, until Ctrl-C.",
      "What the master knows stays in the work directory: the next start goes on with it."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  proffer local --work_dir /tmp/proffer --agents 2 --resources 'cpus:4;mem:4096'",
      "  proffer run --command 'echo hello'       from another terminal"
    })
public final class LocalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      converter = Expecting.PortToBind.class,
      paramLabel = "PORT",
      defaultValue = "5050",
      description = "Port of the master; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--agent_port",
      converter = Expecting.PortToBind.class,
      paramLabel = "PORT",
      defaultValue = "5051",
      description =
          "Port of the first agent, or else the next free one; 0 for any free one (default:"
              + " ${DEFAULT-VALUE}).")
  private int agentPort;

  @Option(
      names = "--work_dir",
      paramLabel = "DIR",
      description =
          "Where master and agents keep their files (default: proffer-USER in the directory for"
              + " temporary files).")
  private Path workDir =
      Path.of(System.getProperty("java.io.tmpdir"), "proffer-" + System.getProperty("user.name"));

  @Option(
      names = "--agents",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many agents (default: ${DEFAULT-VALUE}).")
  private int agents;

  @Option(
      names = "--resources",
      paramLabel = "'NAME:AMOUNT;...'",
      defaultValue = "",
      description =
          "What each agent has, for example 'cpus:4;mem:4096;ports:[31000-32000]' (default: what"
              + " this machine has).")
  private String resources;

  @Option(
      names = "--allocator",
      paramLabel = "NAME",
      defaultValue = "hierarchical",
      description =
          "The policy by which the master serves, as its own flag (default: ${DEFAULT-VALUE}).")
  private String allocator;

  @Option(
      names = "--allocator_options",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What that policy asks for.")
  private String allocatorOptions;

  @Mixin private TlsFlags tls = new TlsFlags();

  @Override
  public Integer call() {
    LocalCluster cluster;
    try {
      cluster =
          LocalCluster.start(
              new LocalCluster.Settings(
                  port,
                  agentPort,
                  workDir.toAbsolutePath().normalize(),
                  agents,
                  resources,
                  false,
                  tls.shown(),
                  Map.of("allocator", allocator, "allocator_options", allocatorOptions)));
    } catch (WrongFlagException wrong) {
      throw wrong;
    } catch (RuntimeException failed) {
      spec.commandLine().getErr().println("proffer local: " + failed.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    var stopping = new AtomicBoolean();
    var err = spec.commandLine().getErr();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cluster, stopping, err), "stop"));
    welcome(cluster, spec.commandLine().getOut());
    try {
      var why = cluster.await();
      if (!stopping.get()) {
        err.println("proffer local: " + why + ".");
      }
    } catch (CompletionException failed) {
      err.println("proffer local: " + failed.getCause().getMessage());
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static void stop(LocalCluster cluster, AtomicBoolean stopping, PrintWriter err) {
    stopping.set(true);
    cluster.close();
    err.println("proffer local: The cluster has stopped, and its tasks are ended.");
    err.flush();
  }

  private void welcome(LocalCluster cluster, PrintWriter out) {
    var master = cluster.address();
    var scheme = master.isEncrypted() ? "https://" : "http://";
    out.println("Master  " + scheme + master);
    cluster.agentPorts().forEach(agent -> out.println("Agent   " + scheme + "127.0.0.1:" + agent));
    out.println("Files   " + workDir.toAbsolutePath().normalize());
    out.println();
    if (master.isEncrypted()) {
      out.println("Try     proffer run --master https://" + master + " \\");
      out.println("            --ssl_ca_file FILE --command 'echo hello'");
    } else {
      out.println("Try     curl http://" + master + "/health -i");
      out.println("        proffer run --master " + master + " --command 'echo hello'");
    }
    out.println("Ctrl-C ends the cluster and its tasks.");
    out.flush();
  }
}
