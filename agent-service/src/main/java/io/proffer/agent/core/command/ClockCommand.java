package io.proffer.agent.core.command;

/** What the passing of time asks. */
public sealed interface ClockCommand extends Command {

  /** Deadlines that are due take their turn. */
  record Tick() implements ClockCommand {}
}
