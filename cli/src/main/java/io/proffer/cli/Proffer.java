package io.proffer.cli;

import io.proffer.api.flags.Flags;
import io.proffer.cli.bench.BenchCommand;
import io.proffer.cli.bench.host.AgentBenchCommand;
import io.proffer.cli.local.LocalCommand;
import io.proffer.cli.local.Services;
import io.proffer.cli.local.ThrowAwayCluster;
import io.proffer.cli.logs.LogsCommand;
import io.proffer.cli.run.RunCommand;
import io.proffer.cli.view.AgentsCommand;
import io.proffer.cli.view.ExplainCommand;
import io.proffer.cli.view.FrameworksCommand;
import io.proffer.cli.view.QuotaCommand;
import io.proffer.cli.view.RemoveQuotaCommand;
import io.proffer.cli.view.SetQuotaCommand;
import io.proffer.cli.view.SetWeightsCommand;
import io.proffer.cli.view.StateCommand;
import io.proffer.cli.view.TasksCommand;
import io.proffer.cli.view.WeightsCommand;
import io.proffer.cli.watch.EventsCommand;
import io.proffer.cli.watch.TopCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code proffer}. */
@Command(
    name = "proffer",
    mixinStandardHelpOptions = true,
    versionProvider = ProfferVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "A cluster resource manager: a master offers the resources of its agents to frameworks,"
          + " which launch tasks on them over plain HTTP."
    },
    footerHeading = "%nStart here:%n",
    footer = {
      "  proffer run --local --command 'echo hello'  one command, throw-away cluster",
      "  proffer local --work_dir /tmp/proffer       a cluster here, on port 5050",
      "  proffer COMMAND --help                      all flags of a command"
    })
public final class Proffer implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private Proffer() {}

  /** Without a command: what there is. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return Flags.USAGE;
  }

  public static void main(String[] arguments) {
    int code = commandLine().execute(arguments);
    // Event loops of a cluster in this process must not keep it alive.
    System.exit(code);
  }

  static CommandLine commandLine() {
    var root = Flags.tool(new Proffer());
    root.addSubcommand(Flags.tool(new RunCommand(new ThrowAwayCluster())));
    root.addSubcommand(Flags.tool(new LocalCommand()));
    root.addSubcommand(Services.master());
    root.addSubcommand(Services.agent());
    root.addSubcommand(Flags.tool(new StateCommand()));
    root.addSubcommand(Flags.tool(new AgentsCommand()));
    root.addSubcommand(Flags.tool(new FrameworksCommand()));
    root.addSubcommand(Flags.tool(new TasksCommand()));
    var quota = Flags.tool(new QuotaCommand());
    quota.addSubcommand(Flags.tool(new SetQuotaCommand()));
    quota.addSubcommand(Flags.tool(new RemoveQuotaCommand()));
    root.addSubcommand(quota);
    var weights = Flags.tool(new WeightsCommand());
    weights.addSubcommand(Flags.tool(new SetWeightsCommand()));
    root.addSubcommand(weights);
    root.addSubcommand(Flags.tool(new ExplainCommand()));
    root.addSubcommand(Flags.tool(new LogsCommand()));
    root.addSubcommand(Flags.tool(new EventsCommand()));
    root.addSubcommand(Flags.tool(new TopCommand()));
    var bench = Flags.tool(new BenchCommand());
    bench.addSubcommand(Flags.tool(new AgentBenchCommand()));
    root.addSubcommand(bench);
    root.addSubcommand("completion", new CompletionCommand());
    root.addSubcommand(new CommandLine.HelpCommand());
    return root;
  }
}
