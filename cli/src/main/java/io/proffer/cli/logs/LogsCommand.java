package io.proffer.cli.logs;

import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.LogReader;
import io.proffer.cli.client.TaskFiles;
import io.proffer.cli.option.MasterOption;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a task has written. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Prints what a task has written, through the master: no route to its agent needed.")
public final class LogsCommand implements Callable<Integer> {
  private static final long POLL_MS = 500;

  /** How often in a row an agent or a master may be away while we follow. */
  private static final int PATIENCE = 120;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TASK", description = "The id of the task: see 'proffer tasks'.")
  private String task;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the task has ended.")
  private boolean follow;

  @Option(names = "--err", description = "What it wrote to standard error.")
  private boolean err;

  @Option(
      names = "--framework",
      paramLabel = "ID",
      description = "The framework of the task, when several have one of this id.")
  private Optional<String> framework = Optional.empty();

  @Mixin private MasterOption master;

  private final OutputStream out;

  /** Prints to standard output. */
  public LogsCommand() {
    this(System.out);
  }

  LogsCommand(OutputStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    try {
      print(new TaskFiles(master.address(), master.identity()));
      return CommandLine.ExitCode.OK;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return CommandLine.ExitCode.SOFTWARE;
    } catch (ClientException failed) {
      var line = spec.commandLine();
      line.getErr().println("proffer logs: " + failed.getMessage());
      line.getErr().flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void lost() {
    var line = spec.commandLine();
    line.getErr().println("proffer logs: Some output went before it could be read.");
    line.getErr().flush();
  }

  private void print(TaskFiles files) throws ClientException, IOException, InterruptedException {
    var target = Target.of(task, files.tasks(task), framework);
    var path = target.path(err ? "stderr" : "stdout");
    var agent = target.agent();
    var reader = new LogReader((name, from) -> files.read(agent, name, from), path, this::lost);
    int failures = 0;
    while (true) {
      // Asked before the file is read: what it wrote before it ended is then in the file.
      try {
        var ended = target.ended();
        var piece = reader.next();
        failures = 0;
        if (piece.isEmpty() && (ended || !follow)) {
          throw ClientException.unusable(
              "Agent %s has no %s of task '%s' any more, or not yet."
                  .formatted(target.agent(), err ? "stderr" : "stdout", task));
        }
        var bytes = piece.orElse(new byte[0]);
        out.write(bytes);
        out.flush();
        if (bytes.length > 0) {
          continue;
        }
        if (ended || !follow) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
        target = Target.of(task, files.tasks(task), Optional.of(target.framework()));
      } catch (ClientException failed) {
        if (!follow || !failed.temporary() || ++failures > PATIENCE) {
          throw failed;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
    }
  }
}
