package io.proffer.master.core.allocator;

import java.util.List;

/** A role with its frameworks. */
final class RoleNode extends Sharer {
  private final ShareSorter<Client> clients;
  private final boolean hierarchical;
  private int members;
  private int refusals;

  /** The last run that looks at one of its clients on agents that did not change. */
  long stirredForRun = -1;

  RoleNode(String name, ClusterTotal total) {
    super(name);
    clients = new ShareSorter<>(total);
    hierarchical = name.indexOf('/') >= 0;
  }

  /** Active clients, the one to be served first at the head. */
  List<Client> order() {
    return clients.order();
  }

  ShareSorter<Client> clients() {
    return clients;
  }

  /** Whether it lies below another role. */
  boolean hierarchical() {
    return hierarchical;
  }

  /** One client more or less, active or not. Returns how many there are. */
  int countMembers(int change) {
    members += change;
    return members;
  }

  /** One refusal of a client more or less. */
  void countRefusals(int change) {
    refusals += change;
  }

  /** How many refusals of its clients hold. */
  int refusals() {
    return refusals;
  }
}
