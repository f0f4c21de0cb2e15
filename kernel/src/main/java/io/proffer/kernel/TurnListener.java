package io.proffer.kernel;

/**
 * Hears how long each turn took, and how long its command had waited: metrics, and what adapts the
 * budget of a tick.
 *
 * @param <C> what may be asked
 */
@FunctionalInterface
public interface TurnListener<C> {
  /**
   * Called on the loop's thread after each turn, before its frame reaches the gate.
   *
   * @param command the command or tick that was handled
   * @param nanos how long the core took for it
   * @param waitedNanos how long it had waited for its turn since it was offered; 0 for a tick
   */
  void turned(C command, long nanos, long waitedNanos);
}
