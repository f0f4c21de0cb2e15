package io.proffer.agent.core.event;

/** One fact. */
public sealed interface Event
    permits LinkEvent, FrameworkEvent, ExecutorEvent, TaskEvent, UpdateEvent, AgentEvent {}
