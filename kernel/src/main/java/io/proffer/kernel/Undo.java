package io.proffer.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * The inverses of one turn's writes, so that a rule that throws leaves nothing behind.
 *
 * <p>Every table of a core writes into the one log of that core; the core clears it when a turn
 * ended well. Of one thread.
 */
public final class Undo {
  private final Deque<Runnable> inverses = new ArrayDeque<>();

  /** Notes what takes back the write that was just made. */
  public void record(Runnable inverse) {
    inverses.push(Objects.requireNonNull(inverse, "inverse"));
  }

  /**
   * Takes back every write since the last {@link #clear} or rollback, the youngest first. An
   * inverse that throws is passed on: the state is then neither old nor new, and its core must be
   * given up.
   */
  public void rollback() {
    while (!inverses.isEmpty()) {
      inverses.pop().run();
    }
  }

  /** Forgets the inverses: what was written stays. */
  public void clear() {
    inverses.clear();
  }

  /** How many writes could be taken back now. */
  public int size() {
    return inverses.size();
  }
}
