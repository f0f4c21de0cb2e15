package io.proffer.agent.core.command;

/** One request to the agent's core. */
public sealed interface Command
    permits MasterCommand, ContainerCommand, HostCommand, OperatorCommand, ClockCommand {}
