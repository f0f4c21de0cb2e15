package io.proffer.agent.core.command;

/** What is said of masters by those who are none. */
public sealed interface LeaderCommand extends Command {

  /**
   * A master leads since a moment ago; a session with another one has ended.
   *
   * @param address where it is, for the log
   */
  record Sighted(String address) implements LeaderCommand {}
}
