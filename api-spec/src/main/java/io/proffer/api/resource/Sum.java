package io.proffer.api.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds elements up (resources.md, 2.3 and 3): each merges with its like, or becomes an element of
 * its own.
 *
 * <p>Few elements are searched one by one, which is fastest for what tasks and offers hold; an
 * index takes over where there are many, so that a client cannot stall anybody with a list of a
 * hundred thousand names.
 */
final class Sum {
  private static final int SEARCHED = 16;

  private final List<Element> elements;
  private Map<Object, Integer> index = Map.of();

  Sum(List<Element> start, int expected) {
    elements = new ArrayList<>(start.size() + expected);
    elements.addAll(start);
  }

  void add(Element added) {
    if (added.amount().isEmpty() || added.copies() == 0) {
      return;
    }
    boolean merges = added.kind().isDivisible() || added.kind().shared();
    int at = merges ? find(added) : -1;
    if (at < 0) {
      elements.add(added);
      if (!index.isEmpty()) {
        index.putIfAbsent(key(added), elements.size() - 1);
      }
      return;
    }
    var present = elements.get(at);
    elements.set(
        at,
        added.kind().shared()
            ? present.withCopies(present.copies() + added.copies())
            : present.withAmount(present.amount().plus(added.amount())));
  }

  List<Element> elements() {
    return elements;
  }

  private int find(Element wanted) {
    if (elements.size() > SEARCHED) {
      return index().getOrDefault(key(wanted), -1);
    }
    boolean divisible = wanted.kind().isDivisible();
    for (int i = 0; i < elements.size(); i++) {
      var element = elements.get(i);
      if (divisible ? element.isSameKind(wanted) : element.isSame(wanted)) {
        return i;
      }
    }
    return -1;
  }

  private Map<Object, Integer> index() {
    if (index.isEmpty()) {
      index = new LinkedHashMap<>();
      for (int i = 0; i < elements.size(); i++) {
        index.putIfAbsent(key(elements.get(i)), i);
      }
    }
    return index;
  }

  /** Divisible elements merge by kind alone, shared ones only with their equals. */
  private static Object key(Element element) {
    return element.kind().isDivisible() ? element.kind() : element.withCopies(1);
  }
}
