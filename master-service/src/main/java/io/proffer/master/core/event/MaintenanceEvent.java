package io.proffer.master.core.event;

import io.proffer.master.core.fact.Maintenance;

/** What became true of machines. */
public sealed interface MaintenanceEvent extends Event, Durable {

  /** What is planned, and what is out of service; in place of all that was. */
  record Changed(Maintenance maintenance) implements MaintenanceEvent {}
}
