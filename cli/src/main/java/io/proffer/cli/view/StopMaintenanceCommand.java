package io.proffer.cli.view;

import picocli.CommandLine.Command;

/** {@code proffer maintenance stop}. */
@Command(
    name = "stop",
    description = "Has machines in service again, and takes them off the schedule.")
public final class StopMaintenanceCommand extends MachinesOrder {
  public StopMaintenanceCommand() {
    super("STOP_MAINTENANCE");
  }
}
