package io.proffer.agent.core.event;

/** An event that must outlive the process: the checkpoint maps it to puts and deletes. */
public sealed interface Durable
    permits AgentEvent.Recovered,
        AgentEvent.Stopped,
        LinkEvent.Registered,
        FrameworkEvent.Known,
        FrameworkEvent.Terminating,
        FrameworkEvent.Removed,
        ExecutorEvent.Admitted,
        ExecutorEvent.Started,
        ExecutorEvent.Registered,
        ExecutorEvent.Doomed,
        ExecutorEvent.Ended,
        TaskEvent.Admitted,
        TaskEvent.Delivered,
        TaskEvent.Unwanted,
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
