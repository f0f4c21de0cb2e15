package io.proffer.cli;

import io.proffer.api.flags.Flags;
import io.proffer.cli.bench.BenchCommand;
import io.proffer.cli.bench.host.AgentBenchCommand;
import io.proffer.cli.local.LocalCommand;
import io.proffer.cli.local.Services;
import io.proffer.cli.local.ThrowAwayCluster;
import io.proffer.cli.local.ZooKeeperCommand;
import io.proffer.cli.logs.LogsCommand;
import io.proffer.cli.run.RunCommand;
import io.proffer.cli.view.AgentOrdersCommand;
import io.proffer.cli.view.AgentsCommand;
import io.proffer.cli.view.ExplainCommand;
import io.proffer.cli.view.FrameworksCommand;
import io.proffer.cli.view.MaintenanceCommand;
import io.proffer.cli.view.MastersCommand;
import io.proffer.cli.view.QuotaCommand;
import io.proffer.cli.view.RemoveQuotaCommand;
import io.proffer.cli.view.ScheduleMaintenanceCommand;
import io.proffer.cli.view.SetQuotaCommand;
import io.proffer.cli.view.SetWeightsCommand;
import io.proffer.cli.view.StartMaintenanceCommand;
import io.proffer.cli.view.StateCommand;
import io.proffer.cli.view.StopMaintenanceCommand;
import io.proffer.cli.view.TasksCommand;
import io.proffer.cli.view.WeightsCommand;
import io.proffer.cli.watch.EventsCommand;
import io.proffer.cli.watch.TopCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
    int code = commandLine(arguments).execute(arguments);
    // Event loops of a cluster in this process must not keep it alive.
    System.exit(code);
  }

  /** All there is. */
  static CommandLine commandLine() {
    var root = Flags.tool(new Proffer());
    commands().values().forEach(command -> root.addSubcommand(command.get()));
    root.addSubcommand("completion", new CompletionCommand());
    root.addSubcommand(new CommandLine.HelpCommand());
    return root;
  }

  /**
   * What these arguments need: where they begin with a command, the others are not even made:
   * reading the flags of all of them by reflection is a good part of the start of an agent.
   */
  static CommandLine commandLine(String... arguments) {
    if (arguments.length > 1 && arguments[0].equals("agent")) {
      // Orders need none of the flags that the service cannot be without.
      var orders = withOrders(Flags.tool(new AgentOrdersCommand()));
      if (orders.getSubcommands().containsKey(arguments[1])) {
        return Flags.tool(new Proffer()).addSubcommand(orders);
      }
    }
    var commands = commands();
    return arguments.length > 0 && commands.containsKey(arguments[0])
        ? Flags.tool(new Proffer()).addSubcommand(commands.get(arguments[0]).get())
        : commandLine();
  }

  /** By name, in the order in which they are shown. */
  static Map<String, Supplier<CommandLine>> commands() {
    var all = new LinkedHashMap<String, Supplier<CommandLine>>();
    all.put("run", () -> Flags.tool(new RunCommand(new ThrowAwayCluster())));
    all.put("local", () -> Flags.tool(new LocalCommand()));
    all.put("master", Services::master);
    all.put("agent", () -> withOrders(Services.agent()));
    all.put("state", () -> Flags.tool(new StateCommand()));
    all.put("masters", () -> Flags.tool(new MastersCommand()));
    all.put("agents", () -> Flags.tool(new AgentsCommand()));
    all.put("frameworks", () -> Flags.tool(new FrameworksCommand()));
    all.put("tasks", () -> Flags.tool(new TasksCommand()));
    all.put("quota", Proffer::quota);
    all.put("weights", Proffer::weights);
    all.put("maintenance", Proffer::maintenance);
    all.put("explain", () -> Flags.tool(new ExplainCommand()));
    all.put("logs", () -> Flags.tool(new LogsCommand()));
    all.put("events", () -> Flags.tool(new EventsCommand()));
    all.put("top", () -> Flags.tool(new TopCommand()));
    all.put("zookeeper", () -> Flags.tool(new ZooKeeperCommand()));
    all.put("bench", Proffer::bench);
    return all;
  }

  private static CommandLine withOrders(CommandLine agent) {
    AgentOrdersCommand.all().forEach(order -> agent.addSubcommand(Flags.tool(order)));
    return agent;
  }

  private static CommandLine maintenance() {
    return Flags.tool(new MaintenanceCommand())
        .addSubcommand("show", Flags.tool(new MaintenanceCommand()))
        .addSubcommand(Flags.tool(new ScheduleMaintenanceCommand()))
        .addSubcommand(Flags.tool(new StartMaintenanceCommand()))
        .addSubcommand(Flags.tool(new StopMaintenanceCommand()));
  }

  private static CommandLine quota() {
    return Flags.tool(new QuotaCommand())
        .addSubcommand(Flags.tool(new SetQuotaCommand()))
        .addSubcommand(Flags.tool(new RemoveQuotaCommand()));
  }

  private static CommandLine weights() {
    return Flags.tool(new WeightsCommand()).addSubcommand(Flags.tool(new SetWeightsCommand()));
  }

  private static CommandLine bench() {
    return Flags.tool(new BenchCommand()).addSubcommand(Flags.tool(new AgentBenchCommand()));
  }
}
