package io.proffer.kernel;

import java.util.OptionalLong;

/**
 * Decides. No IO, no clock, no randomness: everything it needs comes in.
 *
 * <p>A command whose rule throws is undone by the core itself and answered in the frame; what
 * leaves {@link #handle} as an exception is a core that can no longer be trusted, and ends the
 * loop.
 *
 * @param <C> what may be asked
 * @param <E> what became true
 * @param <F> what the world must hear
 */
public interface Core<C, E, F> {
  /** Handles one command to its end and returns what came of it. */
  Frame<E, F> handle(C command, Moment moment);

  /**
   * When, in monotonic nanoseconds, the core wants its next tick; empty when nothing is due. A time
   * that has passed means "as soon as the commands that wait now have had their turn".
   */
  OptionalLong nextDeadlineNanos();
}
