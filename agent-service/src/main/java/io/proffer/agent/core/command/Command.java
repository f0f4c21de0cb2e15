package io.proffer.agent.core.command;

/** One request to the agent's core. */
public sealed interface Command
    permits MasterCommand,
        LeaderCommand,
        ExecutorCommand,
        ContainerCommand,
        HostCommand,
        OperatorCommand,
        ClockCommand {}
