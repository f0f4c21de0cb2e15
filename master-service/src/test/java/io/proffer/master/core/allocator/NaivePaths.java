package io.proffer.master.core.allocator;

import io.proffer.api.resource.Roles;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes of the tree of roles, named by their paths. The own clients of a role that has others below
 * it are a node too, a child of it: {@code a/.} of {@code a}.
 */
final class NaivePaths {
  /** Above all. */
  static final String ROOT = "";

  private static final String OWN = "/.";

  private NaivePaths() {}

  /** The role whose quota counts for this one. */
  static String top(String role) {
    return role.split("/", -1)[0];
  }

  /** The node of a role's own clients. */
  static String own(String role) {
    return role + OWN;
  }

  /** The role a leaf of the tree stands for. */
  static String roleOf(String leaf) {
    return leaf.endsWith(OWN) ? leaf.substring(0, leaf.length() - OWN.length()) : leaf;
  }

  /** Whether clients in the role count for the node. */
  static boolean isIn(String role, String node) {
    return node.endsWith(OWN) ? role.equals(roleOf(node)) : isAtOrBelow(role, node);
  }

  /** Whether the role is this one or lies below it. */
  static boolean isAtOrBelow(String role, String ancestor) {
    return role.equals(ancestor) || Roles.isStrictSubRole(role, ancestor);
  }

  /** All nodes the clients of a role count for, but the root. */
  static List<String> nodesOf(String role) {
    var nodes = new ArrayList<String>();
    for (int i = role.indexOf('/'); i >= 0; i = role.indexOf('/', i + 1)) {
      nodes.add(role.substring(0, i));
    }
    nodes.add(role);
    nodes.add(own(role));
    return nodes;
  }

  /** The child of a node on the way down to a role below it. */
  static String childTowards(String role, String node) {
    int begin = node.equals(ROOT) ? 0 : node.length() + 1;
    int end = role.indexOf('/', begin);
    return end < 0 ? role : role.substring(0, end);
  }

  /** The node above this one. */
  static String parent(String node) {
    int end = node.lastIndexOf('/');
    return end < 0 ? ROOT : node.substring(0, end);
  }
}
