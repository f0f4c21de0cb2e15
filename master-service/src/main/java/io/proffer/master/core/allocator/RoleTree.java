package io.proffer.master.core.allocator;

import io.proffer.master.core.allocator.policy.Policy;
import io.proffer.master.core.allocator.policy.Rank;
import io.proffer.master.core.fact.RoleShare;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All roles in which somebody is or holds something, as a tree of path components; who is served
 * first among siblings follows from the policy (allocator, sections 2 and 3).
 */
final class RoleTree {
  private final ClusterTotal total;
  private final QuotaBook quotas;
  private final Policy policy;
  private final Policy frameworkPolicy;
  private final RoleNode root;
  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final Map<String, Double> weights = new LinkedHashMap<>();
  private final Minimums minimums = new Minimums();
  private int listedClients;
  private long version;

  RoleTree(ClusterTotal total, QuotaBook quotas, Policy policy, Policy frameworkPolicy) {
    this.total = total;
    this.quotas = quotas;
    this.policy = policy;
    this.frameworkPolicy = frameworkPolicy;
    root = new RoleNode(null, "", total, policy);
  }

  RoleNode root() {
    return root;
  }

  /** Every role somebody is in. */
  Iterable<Role> all() {
    return roles.values();
  }

  /** Whether who comes first is drawn, among roles or in a role. */
  boolean isDrawn() {
    return policy.drawn() || frameworkPolicy.drawn();
  }

  /** Where a node or client stands among its siblings now. */
  Rank rank(Sharer sharer) {
    return (sharer.isFramework() ? frameworkPolicy : policy).rank(sharer);
  }

  /** How many clients want offers. */
  int listedClients() {
    return listedClients;
  }

  /** What those ask for at least who want offers. */
  Minimums minimums() {
    return minimums;
  }

  /** The client asks for so much from now on. */
  void setMinimum(Client client, Minimum value) {
    if (client.isListed()) {
      removeMinimum(client);
    }
    client.setMinimum(value);
    if (client.isListed()) {
      addMinimum(client);
    }
  }

  private void addMinimum(Client client) {
    minimums.add(client.minimum());
    client.role().charge().addMinimum(client.minimum());
  }

  private void removeMinimum(Client client) {
    minimums.remove(client.minimum());
    client.role().charge().removeMinimum(client.minimum());
  }

  /** Changes when other roles are active, or weights changed. */
  long version() {
    return version;
  }

  /** Weights of these roles from now on, whether anybody is in them or not. */
  void setWeights(Map<String, Double> changed) {
    weights.putAll(changed);
    changed.forEach(
        (path, weight) -> {
          var node = node(path);
          if (node != null) {
            node.setWeight(weight);
            noteChange(node);
          }
        });
    version++;
  }

  private RoleNode node(String path) {
    var node = root;
    for (var component : path.split("/", -1)) {
      node = node.byName().get(component);
      if (node == null) {
        return null;
      }
    }
    return node;
  }

  /** The role of a new client. */
  Role join(String name) {
    var role = roles.get(name);
    if (role == null) {
      role = add(name);
      roles.put(name, role);
    }
    role.countMembers(1);
    role.line().forEach(node -> node.countMembers(1));
    return role;
  }

  private Role add(String name) {
    var node = root;
    for (var component : name.split("/", -1)) {
      var parent = node;
      node =
          parent.byName().computeIfAbsent(component, c -> new RoleNode(parent, c, total, policy));
      node.setWeight(weights.getOrDefault(node.path(), 1.0));
    }
    var charge = quotas.chargeOf(name);
    root.byName().get(charge.role()).setCharge(charge);
    var role = new Role(name, node, charge, total, policy, frameworkPolicy);
    charge.roles().add(role);
    return role;
  }

  /** A client is gone. */
  void leave(Role role) {
    for (var node : role.line()) {
      if (node.countMembers(-1) == 0 && node.role() == null) {
        node.parent().byName().remove(node.name());
      }
    }
    if (role.countMembers(-1) == 0) {
      roles.remove(role.name());
      role.charge().roles().remove(role);
      quotas.tidy(role.charge());
    }
  }

  /** Lists the client among those to be served, and its role with it. */
  void activate(Client client) {
    var role = client.role();
    role.clients().add(client);
    listedClients++;
    addMinimum(client);
    for (var node = role.leaf(); node.parent() != null && !node.isListed(); node = node.parent()) {
      node.parent().children().add(node);
      version++;
    }
  }

  void deactivate(Client client) {
    var role = client.role();
    role.clients().remove(client);
    listedClients--;
    removeMinimum(client);
    if (role.clients().isEmpty()) {
      for (var node = role.leaf();
          node.parent() != null && node.children().isEmpty();
          node = node.parent()) {
        node.parent().children().remove(node);
        version++;
      }
    }
  }

  /** The amounts or allocations of a client, and so of all above it, changed. */
  void changed(Client client) {
    client.role().clients().changed(client);
    var line = client.role().line();
    for (int i = 0; i < line.size(); i++) {
      noteChange(line.get(i));
    }
  }

  private static void noteChange(RoleNode node) {
    node.parent().children().changed(node);
  }

  /** How each stands in which somebody is or that has a quota, in no order that matters. */
  List<RoleShare> shares() {
    var shares = new ArrayList<RoleShare>();
    for (var role : roles.values()) {
      shares.add(share(role.name(), role.leaf().parent(), role.refusals()));
    }
    // Nobody need be in a role for it to have a quota, or to have others below it that use it.
    for (var charge : quotas.all()) {
      if (charge.hasQuota() && !roles.containsKey(charge.role())) {
        var node = root.byName().get(charge.role());
        shares.add(share(charge.role(), node == null ? nobody(charge.role()) : node, 0));
      }
    }
    return shares;
  }

  private RoleNode nobody(String role) {
    return new RoleNode(root, role, total, policy);
  }

  private RoleShare share(String role, RoleNode node, int refusals) {
    var held = new LinkedHashMap<String, Long>();
    for (var name : total.nameList()) {
      held.put(name, node.allocated.get(total.number(name)));
    }
    return new RoleShare(role, node.dominantShare().value(), refusals, held);
  }
}
