package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The least amounts that those who want offers ask for, in the cluster or under one quota. Of an
 * agent with less than each of them nobody can get anything, however many there are.
 */
final class Minimums {
  /** With more different ones it is cheaper to ask the clients. */
  private static final int MOST = 16;

  private final Map<Minimum, Integer> clients = new LinkedHashMap<>();

  /** Somebody who asks for so much wants offers. */
  void add(Minimum minimum) {
    clients.merge(minimum, 1, Integer::sum);
  }

  /** Somebody who asked for so much wants no more offers. */
  void remove(Minimum minimum) {
    clients.merge(minimum, -1, (count, less) -> count == 1 ? null : count + less);
  }

  /** Whether it may be enough for anybody; false is certain. */
  boolean mayBeEnough(Resources resources) {
    if (clients.size() > MOST) {
      return true;
    }
    for (var minimum : clients.keySet()) {
      if (minimum.allows(resources)) {
        return true;
      }
    }
    return false;
  }

  /** The same of what limits let them have of any agent on which nothing is reserved. */
  boolean mayBeEnoughUnder(Charge charge) {
    if (clients.size() > MOST) {
      return true;
    }
    for (var minimum : clients.keySet()) {
      if (minimum.mayBeAllowedUnder(charge)) {
        return true;
      }
    }
    return false;
  }
}
