package io.proffer.agent.core.event;

/** An event that must outlive the process: the checkpoint maps it to puts and deletes. */
public sealed interface Durable
    permits LinkEvent.Registered,
        FrameworkEvent.Known,
        FrameworkEvent.Removed,
        TaskEvent.Admitted,
        TaskEvent.Completed,
        UpdateEvent.Queued,
        UpdateEvent.Acknowledged,
        UpdateEvent.Dropped {}
