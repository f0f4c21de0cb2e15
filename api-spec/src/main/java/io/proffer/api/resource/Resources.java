package io.proffer.api.resource;

import io.proffer.api.v1.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * An immutable collection of resources with the algebra of resources.md, 3.
 *
 * <p>Divisible resources of one kind are one element; whole disks and persistent volumes stay
 * elements of their own; identical shared resources are one element with a count of copies. Invalid
 * and empty resources are left out silently: check with {@link ResourceValidation} first where that
 * matters. Elements keep the order in which they came; equality does not look at it.
 */
public final class Resources implements Iterable<Element> {
  private static final Resources EMPTY = new Resources(new Element[0]);

  /** No list: a cluster has millions of such collections, and each would be an object more. */
  private final Element[] elements;

  private Resources(Element[] elements) {
    this.elements = elements;
  }

  /** Nothing at all. */
  public static Resources empty() {
    return EMPTY;
  }

  /** The valid and non-empty ones of these messages, in either format. */
  public static Resources of(Iterable<Resource> messages) {
    var sum = new Sum(List.of(), 4);
    for (var message : messages) {
      if (ResourceValidation.check(message).isEmpty()) {
        sum.add(Element.of(message));
      }
    }
    return wrap(sum.elements());
  }

  /**
   * Reads {@code cpus:4;mem(role):1024;ports:[31000-32000]} or a JSON array of resources
   * (resources.md, 4).
   *
   * @param defaultRole role of what names none; {@code *} = unreserved
   * @throws ResourceParseException when the text is something else, with a sentence for the user
   */
  public static Resources parse(String text, String defaultRole) {
    return of(ResourceParser.parse(text, defaultRole));
  }

  /** The sum. */
  public Resources plus(Resources other) {
    if (isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    var sum = new Sum(list(), other.elements.length);
    for (var element : other.elements) {
      sum.add(element);
    }
    return wrap(sum.elements());
  }

  /** The difference; what is not there cannot be taken away. */
  public Resources minus(Resources other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    var rest = new ArrayList<>(list());
    for (var element : other.elements) {
      Algebra.subtract(rest, element);
    }
    return wrap(rest);
  }

  /** Whether every element of the other can be taken from this in turn. */
  public boolean contains(Resources other) {
    return Algebra.contains(list(), other.list());
  }

  /** Whether this holds so much of each name, whatever its kind. */
  public boolean contains(Quantities quantities) {
    return quantities().contains(quantities);
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return elements.length == 0;
  }

  /** Number of elements; copies of a shared one count once. */
  public int size() {
    return elements.length;
  }

  /** The elements that pass. */
  public Resources filter(Predicate<Element> test) {
    var kept = new ArrayList<Element>(elements.length);
    for (var element : elements) {
      if (test.test(element)) {
        kept.add(element);
      }
    }
    return kept.size() == elements.length ? this : wrap(kept);
  }

  /**
   * The same elements with other amounts of scalars.
   *
   * @param thousandths by place of the element; negative: as it is, 0: left out. Elements that are
   *     no scalars must stay as they are
   */
  public Resources withScalars(long[] thousandths) {
    var changed = new ArrayList<Element>(elements.length);
    for (int i = 0; i < elements.length; i++) {
      var element = elements[i];
      if (thousandths[i] < 0 || thousandths[i] == element.thousandths()) {
        changed.add(element);
      } else if (thousandths[i] > 0) {
        changed.add(element.withAmount(new ScalarAmount(thousandths[i])));
      }
    }
    return wrap(changed);
  }

  /** What is allocated to this role. */
  public Resources allocatedTo(String role) {
    return filter(e -> e.kind().allocation().equals(Optional.of(role)));
  }

  /** What is allocated to no role. */
  public Resources unallocated() {
    return filter(e -> e.kind().allocation().isEmpty());
  }

  /** The roles it is allocated to, in the order of the elements; each once. */
  public List<String> allocationRoles() {
    return stream().flatMap(e -> e.kind().allocation().stream()).distinct().toList();
  }

  /** The same resources, all allocated to this role. */
  public Resources withAllocation(String role) {
    return mapAllocation(Optional.of(role));
  }

  /** The same resources, allocated to nobody. */
  public Resources withoutAllocation() {
    return mapAllocation(Optional.empty());
  }

  private Resources mapAllocation(Optional<String> role) {
    var sum = new Sum(List.of(), elements.length);
    for (var element : elements) {
      sum.add(element.withAllocation(role));
    }
    return wrap(sum.elements());
  }

  /** What nobody reserved. */
  public Resources unreserved() {
    return filter(e -> e.kind().isUnreserved());
  }

  /** What is reserved, to whomever. */
  public Resources reserved() {
    return filter(e -> !e.kind().isUnreserved());
  }

  /** What is reserved to exactly this role. */
  public Resources reservedTo(String role) {
    return filter(e -> e.kind().reservationRole().equals(Optional.of(role)));
  }

  /** What this role may be given: unreserved, its own, and its ancestors' reservations. */
  public Resources allocatableTo(String role) {
    return filter(e -> e.kind().isAllocatableTo(role));
  }

  /** What may be taken back at any time. */
  public Resources revocable() {
    return filter(e -> e.kind().revocable());
  }

  /** What may not. */
  public Resources nonRevocable() {
    return filter(e -> !e.kind().revocable());
  }

  /** Shared persistent volumes. */
  public Resources shared() {
    return filter(e -> e.kind().shared());
  }

  /** All but shared persistent volumes. */
  public Resources nonShared() {
    return filter(e -> !e.kind().shared());
  }

  /** What is counted by a number. */
  public Resources scalars() {
    return filter(e -> e.amount() instanceof ScalarAmount);
  }

  /** Persistent volumes. */
  public Resources persistentVolumes() {
    return filter(e -> e.kind().isPersistentVolume());
  }

  /** Scalars summed up by name, whatever their kind; a shared resource counts once. */
  public Quantities quantities() {
    Map<String, Long> sums = new TreeMap<>();
    for (var element : elements) {
      if (element.amount() instanceof ScalarAmount) {
        sums.merge(element.name(), element.thousandths(), Thousandths::plus);
      }
    }
    return Quantities.of(sums);
  }

  /** Thousandths of this scalar over all kinds; 0 when there is none. */
  public long thousandths(String name) {
    long sum = 0;
    for (var element : elements) {
      if (element.name().equals(name)) {
        sum = Thousandths.plus(sum, element.thousandths());
      }
    }
    return sum;
  }

  /** All ranges of this name, over all kinds. */
  public RangesAmount ranges(String name) {
    Amount sum = RangesAmount.none();
    for (var element : elements) {
      if (element.name().equals(name) && element.amount() instanceof RangesAmount ranges) {
        sum = sum.plus(ranges);
      }
    }
    return (RangesAmount) sum;
  }

  /** As messages in post-refinement format; every copy of a shared resource is one. */
  public List<Resource> messages() {
    return messagesFor(Format.POST_REFINEMENT);
  }

  /** As messages in the format of a receiver. */
  public List<Resource> messagesFor(Format format) {
    var messages = new ArrayList<Resource>(elements.length);
    for (var element : elements) {
      var message = format.write(element.message());
      for (int copy = 0; copy < element.copies(); copy++) {
        messages.add(message);
      }
    }
    return messages;
  }

  /** The elements in their order. */
  public Stream<Element> stream() {
    return Arrays.stream(elements);
  }

  @Override
  public Iterator<Element> iterator() {
    return list().iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Resources that
        && elements.length == that.elements.length
        && contains(that)
        && that.contains(this);
  }

  @Override
  public int hashCode() {
    int sum = 0;
    for (var element : elements) {
      sum += element.hashCode();
    }
    return sum;
  }

  /** As error texts print it: elements joined with {@code "; "}; empty is {@code {}}. */
  @Override
  public String toString() {
    return ResourceText.of(messages());
  }

  /** As they are: whoever gets it must not change it. */
  private List<Element> list() {
    return Arrays.asList(elements);
  }

  private static Resources wrap(List<Element> elements) {
    return elements.isEmpty() ? EMPTY : new Resources(elements.toArray(Element[]::new));
  }
}
