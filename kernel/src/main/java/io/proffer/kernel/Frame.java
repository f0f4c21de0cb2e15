package io.proffer.kernel;

import java.util.List;

/**
 * What one turn left behind.
 *
 * @param events what became true, in order
 * @param effects what the world must hear, in order, once the durable events are stored
 */
public record Frame<E, F>(List<E> events, List<F> effects) {
  public Frame {
    events = List.copyOf(events);
    effects = List.copyOf(effects);
  }

  /** True when nothing happened. */
  public boolean isEmpty() {
    return events.isEmpty() && effects.isEmpty();
  }
}
