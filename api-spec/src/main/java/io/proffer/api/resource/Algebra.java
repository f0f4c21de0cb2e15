package io.proffer.api.resource;

import java.util.List;

/** Subtraction and containment on lists of elements (resources.md, 2.3 and 3). */
final class Algebra {
  private Algebra() {}

  /** Takes away from the first element it can be taken from, if there is one. */
  static void subtract(List<Element> rest, Element taken) {
    int at = find(rest, taken, taken.kind().isDivisible());
    if (at < 0) {
      return;
    }
    var present = rest.get(at);
    if (taken.kind().shared()) {
      int copies = present.copies() - taken.copies();
      replace(rest, at, copies > 0 ? present.withCopies(copies) : null);
    } else if (taken.kind().isDivisible()) {
      var amount = present.amount().minus(taken.amount());
      replace(rest, at, amount.isEmpty() ? null : present.withAmount(amount));
    } else {
      rest.remove(at);
    }
  }

  /**
   * Whether all needed elements can be taken in turn. A divisible kind is one element on both
   * sides, so only copies of indivisible ones have to be counted.
   */
  static boolean contains(List<Element> pool, List<Element> needed) {
    for (var element : needed) {
      boolean divisible = element.kind().isDivisible();
      int at = find(pool, element, divisible);
      if (at < 0) {
        return false;
      }
      boolean enough =
          divisible
              ? pool.get(at).amount().contains(element.amount())
              : copies(pool, element) >= copies(needed, element);
      if (!enough) {
        return false;
      }
    }
    return true;
  }

  private static int find(List<Element> elements, Element wanted, boolean anyAmount) {
    for (int i = 0; i < elements.size(); i++) {
      var element = elements.get(i);
      if (anyAmount ? element.isSameKind(wanted) : element.isSame(wanted)) {
        return i;
      }
    }
    return -1;
  }

  private static int copies(List<Element> elements, Element wanted) {
    int copies = 0;
    for (var element : elements) {
      if (element.isSame(wanted)) {
        copies += element.copies();
      }
    }
    return copies;
  }

  private static void replace(List<Element> elements, int at, Element with) {
    if (with == null) {
      elements.remove(at);
    } else {
      elements.set(at, with);
    }
  }
}
