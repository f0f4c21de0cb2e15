package io.proffer.master.core.fact;

import java.util.Optional;

/**
 * What operators have ordered of an agent. It holds wherever the agent is, and whichever master
 * leads, until they say otherwise.
 *
 * @param deactivated no offers, tasks go on; always while it is draining or drained
 * @param drain how it is to be emptied, and how far that has come
 */
public record Orders(boolean deactivated, Optional<Drain> drain) {
  /** Nothing was ordered. */
  public static final Orders NONE = new Orders(false, Optional.empty());

  /** No offers. */
  public static final Orders DEACTIVATED = new Orders(true, Optional.empty());

  /** No offers, and its tasks end. */
  public static Orders draining(Drain drain) {
    return new Orders(true, Optional.of(drain));
  }

  /** Whether it is being emptied, and is not yet empty. */
  public boolean isDraining() {
    return drain.filter(d -> !d.done()).isPresent();
  }
}
