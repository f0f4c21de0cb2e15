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
  /** No run: everybody is looked at. */
  static final long EVERYBODY = -1;

  /** Up to this part of all is few: to sort them costs less than to pass over the others. */
  private static final int FEW = 8;

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

  /**
   * Where a walk through the roles begins.
   *
   * @param stirred the run that looks only at whom it stirred; {@link #EVERYBODY} for all
   * @param budget pays for those that are drawn, though it may not have so much
   */
  List<RoleNode> roles(long visitSeed, long stirred, Budget budget) {
    if (!policy.drawn()) {
      return children(roles.root(), stirred);
    }
    if (leavesVersion != roles.version()) {
      leaves = new ArrayList<>();
      weigh(roles.root(), 1);
      leavesVersion = roles.version();
    }
    var drawn = new ArrayList<RoleNode>();
    if (stirred == EVERYBODY) {
      drawn.addAll(leaves);
    } else {
      addLeaves(roles.root(), stirred, drawn);
    }
    budget.draw(drawn.size());
    return draw(drawn, policy, visitSeed, AS_DRAWN);
  }

  private static void addLeaves(RoleNode node, long stirred, List<RoleNode> found) {
    for (var child : node.stirredChildren.listed(stirred)) {
      if (child.role() != null) {
        found.add(child);
      } else {
        addLeaves(child, stirred, found);
      }
    }
  }

  /** Those below a place in the tree whose order is kept. */
  List<RoleNode> children(RoleNode node, long stirred) {
    return kept(node.children(), node.stirredChildren, stirred);
  }

  /** The frameworks of a role. */
  List<Client> clients(Role role, long visitSeed, long stirred, Budget budget) {
    if (!frameworkPolicy.drawn()) {
      return kept(role.clients(), role.stirredClients(), stirred);
    }
    var drawn =
        stirred == EVERYBODY
            ? new ArrayList<>(role.clients().members())
            : role.stirredClients().listed(stirred);
    budget.draw(drawn.size());
    return draw(drawn, frameworkPolicy, visitSeed, Client::compareDrawn);
  }

  /** Few of many are put in order for themselves; else all are walked through. */
  private static <T extends Sharer> List<T> kept(
      ShareSorter<T> sorter, Stirred<T> some, long stirred) {
    var order = sorter.order();
    if (stirred == EVERYBODY) {
      return order;
    }
    var few = some.listed(stirred);
    if (few.size() > order.size() / FEW) {
      return order;
    }
    few.sort(Sharer::compareRanks);
    return few;
  }

  /** Spreads the weight of a node over its active children (allocator, section 3.2). */
  private void weigh(RoleNode node, double relative) {
    var children = node.children().members();
    double largest = 0;
    for (var child : children) {
      largest = Math.max(largest, child.weight());
    }
    // Weights may be so large that their sum is not finite. Powers of two change no digit.
    int scale = -Math.getExponent(largest);
    double sum = 0;
    for (var child : children) {
      sum += Math.scalb(child.weight(), scale);
    }
    for (var child : children) {
      double part = relative * Math.scalb(child.weight(), scale) / sum;
      child.setRelativeWeight(part);
      if (child.role() != null) {
        leaves.add(child);
      } else {
        weigh(child, part);
      }
    }
  }

  private static <T extends Sharer> List<T> draw(
      List<T> members, Policy policy, long visitSeed, Comparator<T> order) {
    for (var sharer : members) {
      sharer.drawRank(policy, visitSeed);
    }
    members.sort(order);
    return members;
  }
}
