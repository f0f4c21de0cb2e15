package io.proffer.master.core.allocator;

import io.proffer.master.core.allocator.policy.Rank;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.core.fact.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Who is asked first, and why: the words about it for somebody who is not. */
final class Queue {
  private final RoleTree roles;

  Queue(RoleTree roles) {
    this.roles = roles;
  }

  /** Who comes first of those that want offers; null where that is drawn for each agent. */
  Client head() {
    if (roles.isDrawn()) {
      return null;
    }
    var node = roles.root();
    while (node.role() == null) {
      // Not the kept orders: a run may be reading those.
      node = node.children().first();
    }
    return node.role().clients().first();
  }

  /** Says what puts the head before the client, if anything but chance does. */
  void tell(Client client, Reason reason, Client head, Obstacles obstacles) {
    if (head == null || head.equals(client)) {
      return;
    }
    Sharer first = head;
    Sharer other = client;
    if (!head.role().equals(client.role())) {
      var firsts = downwards(head.role());
      var others = downwards(client.role());
      int level = 0;
      while (firsts.get(level).equals(others.get(level))) {
        level++;
      }
      first = firsts.get(level);
      other = others.get(level);
    }
    obstacles.detail(reason, Finding.FRAMEWORK_IN_FRONT, head.framework().id().value());
    obstacles.detail(reason, "first in the queue", standing(head, first, other));
    obstacles.detail(reason, "this framework", standing(client, other, first));
  }

  /** Its places in the tree, the leaf last. */
  private static List<RoleNode> downwards(Role role) {
    var line = new ArrayList<>(role.line());
    Collections.reverse(line);
    return line;
  }

  /**
   * Where two compete, who serves one before the other is decided by this of each.
   *
   * @param one the role above the client's, its own, or the client, which competes with the other
   */
  private String standing(Client client, Sharer one, Sharer other) {
    var mine = roles.rank(one);
    var theirs = roles.rank(other);
    var words = new StringBuilder("role '" + client.role().name() + "', ");
    words.append(one.isFramework() ? "where it" : "where '" + one.path() + "'");
    words.append(
        String.format(Locale.ROOT, " has %.4f of the cluster", one.dominantShare().value()));
    if (!one.isFramework()) {
      words.append(", weight ").append(number(one.weight()));
    }
    words.append(String.format(Locale.ROOT, ", which counts as %.4f", mine.share().value()));
    if (mine.band() != theirs.band()) {
      words.append(band(mine));
    } else if (mine.compareTo(theirs) == 0) {
      words.append(", with ").append(one.allocations()).append(" offers so far");
    }
    return words.toString();
  }

  private static String band(Rank rank) {
    return rank.band() == Integer.MAX_VALUE
        ? ", in the last band"
        : ", in band " + (rank.band() + 1L);
  }

  /** A weight of 2 is no 2.0. */
  private static String number(double weight) {
    return weight == Math.rint(weight) && Math.abs(weight) < 1e15
        ? String.valueOf((long) weight)
        : String.valueOf(weight);
  }
}
