package io.proffer.master.core.allocator;

import io.proffer.api.resource.Element;
import io.proffer.api.resource.Resources;
import java.util.ArrayList;
import java.util.List;

/**
 * Who holds what of which agent, and the sums that follow from it: amounts of clients and roles,
 * what an agent has left.
 *
 * <p>What a sum changes by is always the difference of two holdings, so that taking and giving back
 * cancel out whatever comes back.
 */
final class Ledger {
  private final ClusterTotal total;
  private final RoleTree roles;

  Ledger(ClusterTotal total, RoleTree roles) {
    this.total = total;
    this.roles = roles;
  }

  /**
   * The client is offered these, or uses them.
   *
   * @param resources without allocation
   */
  void take(Client client, AgentEntry agent, Resources resources) {
    var before = holding(client, agent);
    agent.take(resources);
    change(client, agent, before, before.plus(resources));
  }

  /** The client gives these back; more than it holds is ignored. Returns what came back. */
  Resources giveBack(Client client, AgentEntry agent, Resources resources) {
    var before = holding(client, agent);
    var after = before.minus(resources);
    var back = before.minus(after);
    agent.giveBack(back);
    change(client, agent, before, after);
    return back;
  }

  /** What the client holds of the agent. */
  static Resources holding(Client client, AgentEntry agent) {
    return client.holdings.getOrDefault(agent, Resources.empty());
  }

  private void change(Client client, AgentEntry agent, Resources before, Resources after) {
    boolean shared = hasShared(before) || hasShared(after);
    var role = client.role().allocated;
    if (shared) {
      addShared(client.role(), agent, -1);
    }
    client.allocated.add(before, -1, total);
    client.allocated.add(after, 1, total);
    role.add(shared ? before.nonShared() : before, -1, total);
    role.add(shared ? after.nonShared() : after, 1, total);
    if (after.isEmpty()) {
      client.holdings.remove(agent);
      agent.holders.remove(client);
    } else {
      client.holdings.put(agent, after);
      agent.holders.add(client);
    }
    if (shared) {
      addShared(client.role(), agent, 1);
    }
    roles.changed(client);
  }

  /** A shared volume counts once for a role, however many of its frameworks hold it. */
  private void addShared(RoleNode role, AgentEntry agent, int times) {
    List<Element> seen = new ArrayList<>();
    for (var holder : agent.holders) {
      if (holder.role() == role) {
        for (var element : holding(holder, agent)) {
          if (element.kind().shared() && isNew(seen, element)) {
            seen.add(element);
            role.allocated.add(element, times, total);
          }
        }
      }
    }
  }

  private static boolean isNew(List<Element> seen, Element element) {
    for (var other : seen) {
      if (other.kind().equals(element.kind()) && other.amount().equals(element.amount())) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasShared(Resources resources) {
    for (var element : resources) {
      if (element.kind().shared()) {
        return true;
      }
    }
    return false;
  }
}
