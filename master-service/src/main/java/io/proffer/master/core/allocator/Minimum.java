package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;
import io.proffer.api.resource.ScalarAmount;
import io.proffer.api.resource.Thousandths;

/**
 * {@link MinAllocatable} by the numbers of names, for a run asks it of each candidate. A name that
 * no agent has is not numbered for it: it would be shown as if the cluster had some.
 */
final class Minimum {
  private static final int NOT_LOOKED_UP = -1;

  private final MinAllocatable wanted;
  private final ClusterTotal names;

  /** Of each alternative. */
  private final int[][] numbers;

  private int namesLookedUp = NOT_LOOKED_UP;

  Minimum(MinAllocatable wanted, ClusterTotal names) {
    this.wanted = wanted;
    this.names = names;
    numbers = new int[wanted.alternatives().size()][];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = new int[wanted.alternatives().get(i).size()];
    }
  }

  /** For people: {@code cpus:0.01 or mem:32}. */
  String text() {
    return wanted.text();
  }

  /** Whether these, which an agent has, are worth an offer. */
  boolean allows(Resources resources) {
    if (resources.isEmpty()) {
      return false;
    }
    if (namesLookedUp != names.names()) {
      lookUp();
    }
    for (int i = 0; i < numbers.length; i++) {
      if (contains(resources, i)) {
        return true;
      }
    }
    return numbers.length == 0;
  }

  /**
   * Whether limits leave room for so much: false when they would cut any agent's unreserved
   * resources down to something that is not worth an offer.
   */
  boolean mayBeAllowedUnder(Charge charge) {
    if (namesLookedUp != names.names()) {
      lookUp();
    }
    for (int i = 0; i < numbers.length; i++) {
      if (hasRoom(charge, i)) {
        return true;
      }
    }
    return numbers.length == 0;
  }

  private boolean hasRoom(Charge charge, int alternative) {
    var quantities = wanted.alternatives().get(alternative);
    for (int j = 0; j < numbers[alternative].length; j++) {
      int number = numbers[alternative][j];
      // Of one without a number some agent may have something before this is asked again.
      if (number >= 0 && charge.room(number) < quantities.amount(j)) {
        return false;
      }
    }
    return true;
  }

  private void lookUp() {
    for (int i = 0; i < numbers.length; i++) {
      var quantities = wanted.alternatives().get(i);
      for (int j = 0; j < numbers[i].length; j++) {
        numbers[i][j] = names.find(quantities.name(j));
      }
    }
    namesLookedUp = names.names();
  }

  private boolean contains(Resources resources, int alternative) {
    var quantities = wanted.alternatives().get(alternative);
    for (int j = 0; j < numbers[alternative].length; j++) {
      if (sum(resources, numbers[alternative][j]) < quantities.amount(j)) {
        return false;
      }
    }
    return true;
  }

  private long sum(Resources resources, int number) {
    long sum = 0;
    for (var element : resources) {
      if (element.amount() instanceof ScalarAmount && names.number(element.name()) == number) {
        sum = Thousandths.plus(sum, element.thousandths());
      }
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Minimum that && wanted.equals(that.wanted);
  }

  @Override
  public int hashCode() {
    return wanted.hashCode();
  }
}
