package io.proffer.api.resource;

import java.util.Optional;

/**
 * What an operation does to resources: some go, others come instead (resources.md, 7).
 *
 * @param consumed taken from the pool
 * @param converted put there in exchange
 */
public record Conversion(Resources consumed, Resources converted) {

  /** What came of applying a conversion. */
  public sealed interface Outcome {
    /** The pool afterwards. */
    record Applied(Resources pool) implements Outcome {}

    /** It could not be applied; {@code A does not contain B} and the like. */
    record Failed(String text) implements Outcome {}
  }

  /** Takes and puts; fails if the pool lacks what is consumed. */
  public Outcome apply(Resources pool) {
    if (!pool.contains(consumed)) {
      return new Outcome.Failed(pool + " does not contain " + consumed);
    }
    var rest = pool.minus(consumed);
    return leftoverCopy(rest)
        .<Outcome>map(
            volume ->
                new Outcome.Failed(
                    "Persistent volume "
                        + volume
                        + " cannot be removed due to additional shared copies"))
        .orElseGet(() -> new Outcome.Applied(rest.plus(converted)));
  }

  /** A shared volume that is to be destroyed while somebody else has a copy of it. */
  private Optional<Element> leftoverCopy(Resources rest) {
    var destroyed = consumed.shared().minus(converted);
    for (var volume : destroyed) {
      for (var other : rest.shared()) {
        if (other.isSame(volume)) {
          return Optional.of(volume);
        }
      }
    }
    return Optional.empty();
  }
}
