package io.proffer.master.core.allocator;

import io.proffer.master.core.fact.RoleShare;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All roles in which somebody is or holds something, in the order they are served.
 *
 * <p>Flat for now: {@code a/b} is a role like any other. Who asks sees an order of roles only, so
 * that a walk through a tree with weights can take its place.
 */
final class RoleTree {
  private final ClusterTotal total;
  private final Map<String, RoleNode> roles = new LinkedHashMap<>();
  private final ShareSorter<RoleNode> sorter;

  RoleTree(ClusterTotal total) {
    this.total = total;
    sorter = new ShareSorter<>(total);
  }

  /** Roles with active clients, the one to be served first at the head. */
  List<RoleNode> order() {
    return sorter.order();
  }

  /** The role of a new client. */
  RoleNode join(String name) {
    var role = roles.computeIfAbsent(name, n -> new RoleNode(n, total));
    role.countMembers(1);
    return role;
  }

  /** A client is gone. */
  void leave(RoleNode role) {
    if (role.countMembers(-1) == 0) {
      roles.remove(role.name());
      sorter.remove(role);
    }
  }

  /** Lists the client among those to be served, and its role with it. */
  void activate(Client client) {
    var role = client.role();
    role.clients().add(client);
    if (!role.isListed()) {
      sorter.add(role);
    }
  }

  void deactivate(Client client) {
    var role = client.role();
    role.clients().remove(client);
    if (role.clients().isEmpty()) {
      sorter.remove(role);
    }
  }

  /** The amounts or allocations of a client, and so of its role, changed. */
  void changed(Client client) {
    client.role().clients().changed(client);
    sorter.changed(client.role());
  }

  /** How each stands, in no order that matters. */
  List<RoleShare> shares() {
    return roles.values().stream().map(this::share).toList();
  }

  private RoleShare share(RoleNode role) {
    var held = new LinkedHashMap<String, Long>();
    double dominant = 0;
    for (var name : total.nameList()) {
      int number = total.number(name);
      long mine = role.allocated.get(number);
      long all = total.get(number);
      held.put(name, mine);
      if (number >= total.firstCounted() && all > 0) {
        dominant = Math.max(dominant, (double) mine / all);
      }
    }
    return new RoleShare(role.name(), dominant, role.refusals(), held);
  }
}
