package io.proffer.cli.run;

import io.proffer.api.flags.WrongFlagException;
import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.Identity;
import io.proffer.cli.client.SchedulerClient;
import io.proffer.cli.client.TaskFiles;
import io.proffer.cli.option.MasterOption;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a command on a cluster and ends with it. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a command on a cluster, shows its output and ends with its status.",
      "Output of the tasks goes to standard output and standard error, progress to standard error."
          + " Ctrl-C ends the tasks; a second one does not wait for the master."
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:all tasks finished",
      "n:exit code of the first task that failed; 1 where there is none, and for all other"
          + " failures",
      "2:wrong flag or value",
      "130:ended by Ctrl-C (SIGINT), and the tasks with it",
      "143:ended by SIGTERM, and the tasks with it"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  proffer run --local --command 'echo hello'",
      "  proffer run --master 127.0.0.1:5050 --instances 3 --command 'date'",
      "  proffer run --resources 'cpus:1;mem:128' --env WORD=hi --command 'echo $WORD'"
    })
public final class RunCommand implements Callable<Integer> {
  private final ClusterStarter starter;

  @Spec private CommandSpec spec;
  @Mixin private MasterOption master;
  @Mixin private RunOptions options;

  @Option(
      names = "--local",
      description = "Bring a throw-away cluster in this process instead of using a master.")
  private boolean local;

  public RunCommand(ClusterStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws Exception {
    if (options.command().isBlank()) {
      throw new WrongFlagException(
          "--command", "Expected what each task shall run, like 'echo hello', but got nothing.");
    }
    if (local && spec.commandLine().getParseResult().hasMatchedOption("--master")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Expected --local or --master, but got both: --local brings a master of its own.");
    }
    var console = Console.ofProcess(options.quiet());
    var ending = new Ending(console);
    var onSignal = new Thread(ending, "ending");
    Runtime.getRuntime().addShutdownHook(onSignal);
    Interrupts.handle(ending::hurry);
    try {
      return local ? runLocally(console, ending) : runAt(console, ending);
    } finally {
      ending.cluster(() -> {});
      forget(onSignal);
    }
  }

  private int runAt(Console console, Ending ending) {
    ending.cluster(() -> {});
    var identity = master.identity();
    var sandboxes =
        identity.credential().isPresent() || master.isEncrypted()
            ? Sandboxes.throughMaster(new TaskFiles(master.address(), identity))
            : Sandboxes.ofAgents();
    var client = new SchedulerClient(master.address(), identity);
    var hint = " Start a cluster with 'proffer local', or use --local.";
    return run(new Framework(options.job(), client, sandboxes, console), console, ending, hint);
  }

  private int runLocally(Console console, Ending ending) throws Exception {
    console.progress("Starting a throw-away cluster ...");
    try (var cluster = starter.start()) {
      ending.cluster(cluster::close);
      console.progress("Master at " + cluster.master());
      var client = new SchedulerClient(cluster.master(), Identity.NOBODY);
      var framework = new Framework(options.job(), client, Sandboxes.ofAgents(), console);
      return run(framework, console, ending, "");
    } catch (RuntimeException failed) {
      if (ending.hasBegun()) {
        return Interrupts.EXIT; // What a signal broke off needs no explanation.
      }
      throw failed;
    }
  }

  private int run(Framework framework, Console console, Ending ending, String hint) {
    if (!ending.admit(framework)) {
      return Interrupts.EXIT;
    }
    try {
      return framework.run();
    } catch (ClientException failed) {
      console.warn("proffer run: " + failed.getMessage() + (failed.isNobodyThere() ? hint : ""));
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endingAnyway) {
      // The signal came first: the process ends when the hook, which runs already, is done.
    }
  }
}
