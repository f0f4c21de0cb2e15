package io.proffer.api.resource;

import io.proffer.api.v1.Resource;

/** How much of a kind there is. Both sides of an operation are of the same type. */
public sealed interface Amount permits ScalarAmount, RangesAmount, SetAmount {
  /** Zero, no range, or no item. */
  boolean isEmpty();

  /** Sum, union of the ranges, or union of the sets. */
  Amount plus(Amount other);

  /** Difference; what is not there cannot be taken away. */
  Amount minus(Amount other);

  /** Whether all of the other is in this one. */
  boolean contains(Amount other);

  /** Writes the value's fields into a message. */
  void writeTo(Resource.Builder message);

  /** The value of a message that has passed {@link ResourceValidation#check(Resource)}. */
  static Amount of(Resource message) {
    return switch (message.getType()) {
      case SCALAR -> new ScalarAmount(Thousandths.of(message.getScalar().getValue()));
      case RANGES -> RangesAmount.of(message.getRanges());
      case SET -> SetAmount.of(message.getSet().getItemList());
      case TEXT -> throw new IllegalArgumentException("A resource cannot be of type TEXT");
    };
  }
}
