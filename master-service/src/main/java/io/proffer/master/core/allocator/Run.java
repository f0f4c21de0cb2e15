package io.proffer.master.core.allocator;

import java.util.Comparator;
import java.util.List;

/**
 * The place of one run: which agent, which role, which client is next. It stays valid between
 * slices, whatever happens: orders are never changed under a reader, and who left is passed over.
 */
final class Run {
  private static final Comparator<AgentEntry> BY_RANK =
      Comparator.<AgentEntry>comparingLong(agent -> agent.rank).thenComparing(AgentEntry::id);

  private final long number;
  private final List<AgentEntry> agents;
  private int nextAgent;
  private List<RoleNode> roles = List.of();
  private int nextRole;
  private List<Client> clients = List.of();
  private int nextClient;

  /**
   * @param number counts runs
   * @param seed of the order of the agents
   * @param agents to visit, each once
   */
  Run(long number, long seed, List<AgentEntry> agents) {
    this.number = number;
    this.agents = agents;
    for (var agent : agents) {
      agent.rank = KeyedHash.rank(seed, agent.hash());
    }
    agents.sort(BY_RANK);
  }

  long number() {
    return number;
  }

  /** Whether every agent has been visited to the end. */
  boolean done() {
    return nextAgent == agents.size();
  }

  AgentEntry agent() {
    return agents.get(nextAgent);
  }

  /** Whether the visit of the present agent has yet to begin. */
  boolean atNewAgent() {
    return roles.isEmpty();
  }

  /** Begins the visit: roles are served in the order they have now. */
  void visit(List<RoleNode> order) {
    roles = order;
    nextRole = 0;
    clients = List.of();
    nextClient = 0;
  }

  void leaveAgent() {
    nextAgent++;
    visit(List.of());
  }

  /**
   * The next client to examine on the present agent, or null when there is none left. Costs a unit
   * of the budget for some of those it passes over too.
   */
  Client next(Budget budget) {
    while (true) {
      while (nextClient < clients.size()) {
        var client = clients.get(nextClient++);
        if (client.isListed() && concerns(client.stirredForRun)) {
          return client;
        }
        budget.pass();
        if (budget.spent()) {
          return null;
        }
      }
      if (nextRole == roles.size()) {
        return null;
      }
      var role = roles.get(nextRole++);
      budget.pass();
      if (role.isListed()
          && concerns(role.stirredForRun)
          && (!role.hierarchical() || agent().traits().hierarchicalRole())) {
        clients = role.order();
        nextClient = 0;
      }
    }
  }

  /** Whether there is nobody left to examine on the present agent. */
  boolean exhausted() {
    return nextClient >= clients.size() && nextRole >= roles.size();
  }

  private boolean concerns(long stirredForRun) {
    return agent().examineAll || stirredForRun == number;
  }
}
