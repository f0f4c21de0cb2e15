package io.proffer.master.core.event;

/** One fact. */
public sealed interface Event
    permits FrameworkEvent,
        AgentEvent,
        OfferEvent,
        InverseOfferEvent,
        TaskEvent,
        ExecutorEvent,
        RoleEvent,
        MaintenanceEvent,
        WorkEvent {}
