package io.proffer.master.core.allocator;

import io.proffer.master.core.allocator.policy.Policy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A place in the tree of roles, with the sums over all below it. Frameworks are in {@link Role}s,
 * which hang at leaves: the virtual child {@code .} of the node of their path, so that a role with
 * frameworks of its own competes with the roles below it.
 */
final class RoleNode extends Sharer {
  private static final String VIRTUAL = ".";

  /** The role whose frameworks are here; null unless this is a leaf. */
  private final Role role;

  private final String path;
  private final RoleNode parent;
  private final ShareSorter<RoleNode> children;
  private final Map<String, RoleNode> byName = new LinkedHashMap<>();
  private int members;

  /** What is charged for it and all below; null unless this is a top-level role or a leaf. */
  private Charge charge;

  /** The children that runs look at on agents that did not change. */
  final Stirred<RoleNode> stirredChildren = new Stirred<>();

  /** The last run that looks at a client below it on agents that did not change. */
  long stirredForRun = -1;

  /** A place below another; the root has no parent. */
  RoleNode(RoleNode parent, String name, ClusterTotal total, Policy policy) {
    super(name, name, total);
    this.parent = parent;
    this.role = null;
    this.path = parent == null || parent.parent == null ? name : parent.path + "/" + name;
    this.children = new ShareSorter<>(total, policy);
  }

  /** The leaf of a role. */
  RoleNode(RoleNode parent, Role role, ClusterTotal total, Policy policy) {
    super(VIRTUAL, role.name(), total);
    this.parent = parent;
    this.role = role;
    this.path = policy.drawn() ? role.name() : role.name() + "/" + VIRTUAL;
    this.charge = role.charge();
    this.children = new ShareSorter<>(total, policy);
  }

  /** Null of the root. */
  RoleNode parent() {
    return parent;
  }

  /** The role of a leaf; null of others. */
  Role role() {
    return role;
  }

  Charge charge() {
    return charge;
  }

  void setCharge(Charge value) {
    charge = value;
  }

  /** Active children in the order they are served now. */
  ShareSorter<RoleNode> children() {
    return children;
  }

  /** All children but the leaf, by component. */
  Map<String, RoleNode> byName() {
    return byName;
  }

  /** One client more or less at it or below. Returns how many there are. */
  int countMembers(int change) {
    members += change;
    return members;
  }

  @Override
  public boolean isFramework() {
    return false;
  }

  @Override
  public String path() {
    return path;
  }
}
