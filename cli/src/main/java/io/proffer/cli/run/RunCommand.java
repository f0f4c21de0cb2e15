package io.proffer.cli.run;

import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.MasterAddress;
import io.proffer.cli.client.SchedulerClient;
import io.proffer.cli.option.MasterOption;
import java.io.Closeable;
import java.io.IOException;
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
          + " Ctrl-C ends the tasks."
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:all tasks finished",
      "n:exit code of the first task that failed; 1 where there is none, and for all other"
          + " failures",
      "2:wrong flag or value"
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
    if (options.instances() < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Expected --instances of at least 1, but got " + options.instances() + ".");
    }
    var console = Console.ofProcess(options.quiet());
    if (!local) {
      return run(
          master.address(),
          console,
          "Start a cluster with 'proffer local', or use --local.",
          () -> {});
    }
    console.progress("Starting a throw-away cluster ...");
    try (var cluster = starter.start()) {
      console.progress("Master at " + cluster.master());
      return run(cluster.master(), console, "", cluster::close);
    }
  }

  /** {@code last} is done after the teardown when a signal ends the run. */
  private int run(MasterAddress address, Console console, String hint, Closeable last) {
    var framework = new Framework(options.job(), new SchedulerClient(address), console);
    var onSignal =
        new Thread(
            () -> {
              framework.teardown();
              close(last, console);
            },
            "teardown");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      return framework.run();
    } catch (ClientException failed) {
      console.warn("proffer run: " + failed.getMessage() + (failed.temporary() ? " " + hint : ""));
      return CommandLine.ExitCode.SOFTWARE;
    } finally {
      forget(onSignal, framework);
    }
  }

  private static void close(Closeable last, Console console) {
    try {
      last.close();
    } catch (IOException left) {
      console.warn("proffer run: something is left behind: " + left.getMessage());
    }
  }

  private static void forget(Thread hook, Framework framework) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endingAnyway) {
      // The signal came first and the hook runs already: this waits for its end.
      framework.teardown();
    }
  }
}
