package io.proffer.master.core.command;

/** One request to the master's core. */
public sealed interface Command
    permits SchedulerCommand, AgentCommand, OperatorCommand, ClockCommand {}
