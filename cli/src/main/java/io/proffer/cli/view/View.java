package io.proffer.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.OperatorClient;
import io.proffer.cli.option.MasterOption;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One question, one table. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract sealed class View implements Callable<Integer>
    permits CallView, ExplainCommand, MaintenanceCommand, MastersCommand {
  @Spec private CommandSpec spec;
  @Mixin private MasterOption master;

  @Option(names = "--json", description = "Print the master's answer as it is, not a table.")
  private boolean json;

  /** The whole answer. */
  abstract JsonNode ask(OperatorClient master) throws ClientException;

  /** What to print of it. */
  abstract String text(JsonNode answer);

  @Override
  public final Integer call() throws JsonProcessingException {
    var line = spec.commandLine();
    try {
      var answer = ask(new OperatorClient(master.address(), master.identity()));
      line.getOut().print(json ? pretty(answer) : text(answer));
      line.getOut().flush();
      return CommandLine.ExitCode.OK;
    } catch (ClientException failed) {
      var hint =
          failed.isNobodyThere() ? " Start a cluster with 'proffer local', or give --master." : "";
      line.getErr().println("proffer " + spec.name() + ": " + failed.getMessage() + hint);
      line.getErr().flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static String pretty(JsonNode answer) throws JsonProcessingException {
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(answer) + "\n";
  }
}
