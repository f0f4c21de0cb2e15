package io.proffer.master.core.allocator;

import io.proffer.master.core.allocator.policy.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * In which order roles and their frameworks are served on an agent: kept in the tree, or drawn for
 * each visit (allocator, sections 3.1 and 3.2).
 */
final class Orders {
  private static final Comparator<RoleNode> AS_DRAWN =
      ((Comparator<RoleNode>) RoleNode::compareDrawn).thenComparing(leaf -> leaf.role().name());

  private final RoleTree roles;
  private final Policy policy;
  private final Policy frameworkPolicy;

  /** Leaves of all active roles, and for which version of the tree that is so. */
  private List<RoleNode> leaves = List.of();

  private long leavesVersion = -1;

  Orders(RoleTree roles, Policy policy, Policy frameworkPolicy) {
    this.roles = roles;
    this.policy = policy;
    this.frameworkPolicy = frameworkPolicy;
  }

  /** Where a walk through the roles begins. */
  List<RoleNode> roles(long visitSeed) {
    if (!policy.drawn()) {
      return roles.root().children().order();
    }
    if (leavesVersion != roles.version()) {
      leaves = new ArrayList<>();
      weigh(roles.root(), 1);
      leavesVersion = roles.version();
    }
    return drawn(leaves, policy, visitSeed, AS_DRAWN);
  }

  /** The frameworks of a role. */
  List<Client> clients(Role role, long visitSeed) {
    return frameworkPolicy.drawn()
        ? drawn(role.clients().members(), frameworkPolicy, visitSeed, Client::compareDrawn)
        : role.clients().order();
  }

  /** Spreads the weight of a node over its active children (allocator, section 3.2). */
  private void weigh(RoleNode node, double relative) {
    double sum = 0;
    for (var child : node.children().members()) {
      sum += child.weight();
    }
    for (var child : node.children().members()) {
      double part = relative * child.weight() / sum;
      child.setRelativeWeight(part);
      if (child.role() != null) {
        leaves.add(child);
      } else {
        weigh(child, part);
      }
    }
  }

  private static <T extends Sharer> List<T> drawn(
      List<T> members, Policy policy, long visitSeed, Comparator<T> order) {
    var drawn = new ArrayList<T>(members);
    for (var sharer : drawn) {
      sharer.drawRank(policy, visitSeed);
    }
    drawn.sort(order);
    return drawn;
  }
}
