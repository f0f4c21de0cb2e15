package io.proffer.cli.view;

import picocli.CommandLine.Command;

/** {@code proffer maintenance start}. */
@Command(
    name = "start",
    description =
        "Takes machines of the schedule out of service: their agents are sent away, and what ran"
            + " there is lost.")
public final class StartMaintenanceCommand extends MachinesOrder {
  public StartMaintenanceCommand() {
    super("START_MAINTENANCE");
  }
}
