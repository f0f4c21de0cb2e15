package io.proffer.master.core.allocator;

import io.proffer.master.core.allocator.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/** A role with its frameworks. */
final class Role {
  private final String name;
  private final ShareSorter<Client> clients;
  private final Charge charge;
  private final boolean hierarchical;
  private final RoleNode leaf;

  /** Its leaf, and all nodes above but the root. */
  private final List<RoleNode> line = new ArrayList<>();

  private final Stirred<Client> stirredClients = new Stirred<>();
  private int members;
  private int refusals;

  /**
   * @param node the place of its path in the tree
   * @param charge of the top-level role it belongs to
   */
  Role(
      String name,
      RoleNode node,
      Charge charge,
      ClusterTotal total,
      Policy rolePolicy,
      Policy frameworkPolicy) {
    this.name = name;
    this.charge = charge;
    clients = new ShareSorter<>(total, frameworkPolicy);
    hierarchical = name.indexOf('/') >= 0;
    leaf = new RoleNode(node, this, total, rolePolicy);
    for (var place = leaf; place.parent() != null; place = place.parent()) {
      line.add(place);
    }
  }

  String name() {
    return name;
  }

  RoleNode leaf() {
    return leaf;
  }

  /** Everybody whose sums contain what its frameworks have: the leaf, then upwards. */
  List<RoleNode> line() {
    return line;
  }

  /** What counts for the quota it is under. */
  Charge charge() {
    return charge;
  }

  /** Active clients, kept in order. */
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

  /** Marks that this run looks at this client of it on agents that did not change. */
  void stir(Client client, long run) {
    client.stirredForRun = run;
    stirredClients.add(client, run);
    for (int i = 0; i < line.size() && line.get(i).stirredForRun != run; i++) {
      var node = line.get(i);
      node.stirredForRun = run;
      node.parent().stirredChildren.add(node, run);
    }
  }

  /** The clients that runs look at on agents that did not change. */
  Stirred<Client> stirredClients() {
    return stirredClients;
  }
}
