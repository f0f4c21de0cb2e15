package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.proffer.cli.client.OperatorClient;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Parameters;

/** An order about some machines. */
abstract sealed class MachinesOrder extends Change
    permits StartMaintenanceCommand, StopMaintenanceCommand {
  private final String call;

  @Parameters(
      paramLabel = "HOST=IP",
      arity = "1..*",
      converter = Machine.Converter.class,
      description = "Machines of the schedule.")
  private List<Machine> machines;

  MachinesOrder(String call) {
    this.call = call;
  }

  @Override
  final JsonNode ask(OperatorClient master) {
    var whole = JsonNodeFactory.instance.objectNode().put("type", call);
    Machine.put(machines, whole.putObject(call.toLowerCase(Locale.ROOT)).putArray("machines"));
    return whole;
  }
}
