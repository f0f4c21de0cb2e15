package io.proffer.master.core.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A walk through the active roles in the order they are served. It stays valid whatever happens:
 * orders are never changed under a reader, and who left is passed over.
 */
final class RoleWalk {
  private record Level(List<RoleNode> nodes, int next) {}

  private final Orders orders;
  private final ArrayList<Level> levels = new ArrayList<>();
  private List<RoleNode> nodes = List.of();
  private int next;
  private long stirred;

  RoleWalk(Orders orders) {
    this.orders = orders;
  }

  /**
   * Begins at the root, or with a drawn order of leaves.
   *
   * @param run whose stirred roles it is about, or {@link Orders#EVERYBODY}
   */
  void begin(long visitSeed, long run, Budget budget) {
    levels.clear();
    stirred = run;
    nodes = orders.roles(visitSeed, run, budget);
    next = 0;
  }

  boolean done() {
    return next >= nodes.size() && levels.isEmpty();
  }

  /**
   * The next role in parts of the tree that concern; null when there is none, or the budget is
   * spent.
   */
  Role next(Budget budget, Predicate<RoleNode> concerns) {
    while (true) {
      if (next >= nodes.size()) {
        if (levels.isEmpty()) {
          return null;
        }
        var above = levels.removeLast();
        nodes = above.nodes();
        next = above.next();
        continue;
      }
      if (budget.spent()) {
        return null;
      }
      budget.pass();
      var node = nodes.get(next++);
      if (!node.isListed() || !concerns.test(node)) {
        continue;
      }
      if (node.role() != null) {
        return node.role();
      }
      var below = orders.children(node, stirred);
      if (below.size() == 1 && below.getFirst().role() != null) {
        return below.getFirst().role();
      }
      levels.add(new Level(nodes, next));
      nodes = below;
      next = 0;
    }
  }
}
