package io.proffer.master.core.event;

/** An event that must outlive the process: the registry maps it to puts and deletes. */
public sealed interface Durable
    permits FrameworkEvent.Stored, AgentEvent.Stored, RoleEvent, MaintenanceEvent {}
