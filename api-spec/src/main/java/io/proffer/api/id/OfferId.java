package io.proffer.api.id;

import io.proffer.api.v1.OfferID;

/** An offer: {@code <master id>-O<n>}. */
public record OfferId(String value) implements Comparable<OfferId> {
  /** The identity a message carries. */
  public static OfferId of(OfferID message) {
    return new OfferId(message.getValue());
  }

  /** The same identity as a message. */
  public OfferID message() {
    return OfferID.newBuilder().setValue(value).build();
  }

  @Override
  public int compareTo(OfferId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
