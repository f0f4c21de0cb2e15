package io.proffer.api.resource;

import io.proffer.api.v1.Resource;
import java.util.Optional;

/**
 * One member of a collection of resources: so much of that kind.
 *
 * @param copies how many identical copies of a shared resource there are; 1 for all others
 */
public record Element(Kind kind, Amount amount, int copies) {
  /** The element of a valid message, in either format; copies are counted by the collection. */
  static Element of(Resource message) {
    return new Element(Kind.of(Format.upgrade(message)), Amount.of(message), 1);
  }

  /** Name of the resource: {@code cpus}, {@code mem}, {@code ports} ... */
  public String name() {
    return kind.name();
  }

  /** A scalar's thousandths; 0 for ranges and sets. */
  public long thousandths() {
    return amount instanceof ScalarAmount scalar ? scalar.thousandths() : 0;
  }

  /**
   * Whether quota counts it when somebody has it: a scalar that nobody reserved and nobody may take
   * back.
   */
  public boolean countsForQuota() {
    return kind.isUnreserved() && !kind.revocable() && amount instanceof ScalarAmount;
  }

  /** The same amount, allocated to this role or to none. */
  public Element withAllocation(Optional<String> role) {
    return new Element(kind.withAllocation(role), amount, copies);
  }

  /** The same kind with another amount. */
  public Element withAmount(Amount other) {
    return new Element(kind, other, copies);
  }

  /** One copy as a message in post-refinement format. */
  public Resource message() {
    var message = Resource.newBuilder();
    kind.writeTo(message);
    amount.writeTo(message);
    return message.build();
  }

  /** Whether it is the same resource, however many copies there are. */
  boolean isSame(Element other) {
    return isSameKind(other) && amount.equals(other.amount);
  }

  boolean isSameKind(Element other) {
    return kind.equals(other.kind);
  }

  Element withCopies(int count) {
    return new Element(kind, amount, count);
  }

  /** As error texts print it: {@code cpus(allocated: r){REV}:0.1}. */
  @Override
  public String toString() {
    return ResourceText.of(message());
  }
}
