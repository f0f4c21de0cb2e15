package io.proffer.master.core.state;

import io.proffer.master.core.event.Event;

/** An event could not be applied: the tables can no longer be trusted, and the core must go. */
public final class BrokenStateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BrokenStateException(Event event, RuntimeException cause) {
    super("event cannot be applied: " + event, cause);
  }
}
