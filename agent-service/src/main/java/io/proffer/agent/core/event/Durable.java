package io.proffer.agent.core.event;

/** An event that must outlive the process: the checkpoint maps it to puts and deletes. */
public sealed interface Durable
    permits AgentEvent.Recovered,
        AgentEvent.Stopped,
        LinkEvent.Registered,
        FrameworkEvent.Known,
        FrameworkEvent.Terminating,
        FrameworkEvent.Removed,
        TaskEvent.Admitted,
        TaskEvent.Started,
        TaskEvent.Recalled,
        TaskEvent.KillBegun,
        TaskEvent.KillHastened,
        TaskEvent.KillForced,
        TaskEvent.Ended,
        TaskEvent.Completed,
        UpdateEvent.Queued,
        UpdateEvent.Acknowledged,
        UpdateEvent.Dropped {}
