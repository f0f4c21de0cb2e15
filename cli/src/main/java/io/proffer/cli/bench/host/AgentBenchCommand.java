package io.proffer.cli.bench.host;

import io.proffer.cli.bench.BenchException;
import io.proffer.cli.bench.Drivers;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures one agent. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures one agent on this machine: a master and an agent are started as processes in a"
          + " throw-away directory, a framework launches real tasks over HTTP, and the figures are"
          + " printed: launches, memory of each task, and the return of an agent that was killed.",
      "The rate at which a shell starts processes is printed beside them, so that machines can be"
          + " compared. Nothing is left behind, also after Ctrl-C."
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:all tasks went through, and none was lost",
      "1:tasks were lost or failed, a step took too long, or the run could not begin",
      "2:wrong flag or value"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  proffer bench agent",
      "  proffer bench agent --running 5000 --json",
      "  proffer bench agent --directory /var/tmp --agent_java_option=-Xmx64m"
    })
public final class AgentBenchCommand implements Callable<Integer> {
  private static final int DRIVER_LOOPS = 1;

  @Spec private CommandSpec spec;
  @Mixin private AgentBenchOptions options = new AgentBenchOptions();

  @Override
  public Integer call() throws IOException {
    try (var cluster = Cluster.make(options, AgentBench.resources(options))) {
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "end of the cluster"));
      return measure(cluster);
    }
  }

  private int measure(Cluster cluster) {
    try (var drivers = new Drivers(DRIVER_LOOPS)) {
      var figures = new AgentBench(options, cluster, drivers, this::say).run();
      var out = spec.commandLine().getOut();
      out.print(options.json() ? figures.json() + "\n" : figures.table());
      out.flush();
      return CommandLine.ExitCode.OK;
    } catch (BenchException | RuntimeException failed) {
      if (cluster.isOver()) {
        // What a signal broke off needs no explanation.
        return CommandLine.ExitCode.SOFTWARE;
      }
      if (failed instanceof RuntimeException bug) {
        throw bug;
      }
      say(failed.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void say(String text) {
    var err = spec.commandLine().getErr();
    err.println("proffer bench agent: " + text);
    err.flush();
  }
}
