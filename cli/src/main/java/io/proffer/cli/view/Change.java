package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.OperatorClient;
import io.proffer.cli.option.MasterOption;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One call that changes something; nothing is printed when it is done. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract sealed class Change implements Callable<Integer>
    permits SetQuotaCommand,
        RemoveQuotaCommand,
        SetWeightsCommand,
        AgentOrder,
        ScheduleMaintenanceCommand,
        MachinesOrder {
  @Spec private CommandSpec spec;
  @Mixin private MasterOption master;

  /** What to ask for; it may look first how things stand. */
  abstract JsonNode ask(OperatorClient master) throws ClientException;

  /** What the flags do not say, or say twice, before anything is asked for. */
  final CommandLine.ParameterException wrongFlags(String text) {
    return new CommandLine.ParameterException(spec.commandLine(), text);
  }

  @Override
  public final Integer call() {
    try {
      var client = new OperatorClient(master.address(), master.identity());
      client.change(ask(client));
      return CommandLine.ExitCode.OK;
    } catch (ClientException failed) {
      var hint =
          failed.isNobodyThere() ? " Start a cluster with 'proffer local', or give --master." : "";
      var err = spec.commandLine().getErr();
      err.println(spec.qualifiedName() + ": " + failed.getMessage() + hint);
      err.flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}
