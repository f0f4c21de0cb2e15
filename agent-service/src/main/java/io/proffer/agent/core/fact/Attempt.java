package io.proffer.agent.core.fact;

/**
 * Which of all its attempts to open a session the agent makes: of any two a master can tell the
 * later one, for what it says of itself may be under way longer than the agent waits, or lives.
 *
 * @param run grows with each start of the process; 0 before it has recovered
 * @param number counts from 1 within the run
 */
public record Attempt(long run, long number) {
  /** Before the first. */
  public static final Attempt NONE = new Attempt(0, 0);

  /** The one after it. */
  public Attempt next() {
    return new Attempt(run, number + 1);
  }
}
