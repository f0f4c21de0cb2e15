package io.proffer.master.core.allocator;

import io.proffer.api.resource.Element;
import io.proffer.api.resource.Resources;
import java.util.ArrayList;
import java.util.List;

/**
 * Who holds what of which agent, and the sums that follow from it: amounts of clients and of all
 * nodes above them, what is charged to quotas, what an agent has left.
 *
 * <p>What a sum changes by is always the difference of two holdings, so that taking and giving back
 * cancel out whatever comes back.
 */
final class Ledger {
  private final ClusterTotal total;
  private final RoleTree roles;
  private final QuotaBook quotas;

  Ledger(ClusterTotal total, RoleTree roles, QuotaBook quotas) {
    this.total = total;
    this.roles = roles;
    this.quotas = quotas;
  }

  /**
   * The client is offered these, or uses them.
   *
   * @param resources without allocation
   */
  void take(Client client, AgentEntry agent, Resources resources) {
    var before = holding(client, agent);
    quotas.countFree(agent.available(), -1);
    agent.take(resources);
    quotas.countFree(agent.available(), 1);
    change(client, agent, before, before.plus(resources));
  }

  /** The client gives these back; more than it holds is ignored. Returns what came back. */
  Resources giveBack(Client client, AgentEntry agent, Resources resources) {
    var before = holding(client, agent);
    var after = before.minus(resources);
    var back = before.minus(after);
    quotas.countFree(agent.available(), -1);
    agent.giveBack(back);
    quotas.countFree(agent.available(), 1);
    change(client, agent, before, after);
    return back;
  }

  /** What the client holds of the agent. */
  static Resources holding(Client client, AgentEntry agent) {
    return client.holdings.getOrDefault(agent, Resources.empty());
  }

  private void change(Client client, AgentEntry agent, Resources before, Resources after) {
    boolean shared = hasShared(before) || hasShared(after);
    var line = client.role().line();
    if (shared) {
      line.forEach(node -> addShared(node, agent, -1));
    }
    client.allocated.add(before, -1, total);
    client.allocated.add(after, 1, total);
    addToLine(line, shared ? before.nonShared() : before, -1);
    addToLine(line, shared ? after.nonShared() : after, 1);
    if (after.isEmpty()) {
      client.holdings.remove(agent);
      agent.holders.remove(client);
    } else {
      client.holdings.put(agent, after);
      agent.holders.add(client);
    }
    if (shared) {
      line.forEach(node -> addShared(node, agent, 1));
    }
    var charge = client.role().charge();
    quotas.countUse(charge, before, -1);
    quotas.countUse(charge, after, 1);
    quotas.renew(charge);
    roles.changed(client);
  }

  private void addToLine(List<RoleNode> line, Resources resources, int times) {
    for (int i = 0; i < line.size(); i++) {
      line.get(i).allocated.add(resources, times, total);
    }
  }

  /** A shared volume counts once for a node, however many of the frameworks below hold it. */
  private void addShared(RoleNode node, AgentEntry agent, int times) {
    List<Element> seen = new ArrayList<>();
    for (var holder : agent.holders) {
      if (holder.role().line().contains(node)) {
        for (var element : holding(holder, agent)) {
          if (element.kind().shared() && isNew(seen, element)) {
            seen.add(element);
            node.allocated.add(element, times, total);
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
