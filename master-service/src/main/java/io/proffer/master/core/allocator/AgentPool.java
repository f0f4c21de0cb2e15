package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.master.core.fact.Agent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** All agents, and the sum of what they have. */
final class AgentPool {
  private final AllocatorSettings settings;
  private final ClusterTotal total;
  private final QuotaBook quotas;
  private final Map<AgentId, AgentEntry> agents = new LinkedHashMap<>();
  private final AgentNumbers numbers = new AgentNumbers();
  private Optional<SortedSet<String>> whitelist = Optional.empty();

  AgentPool(AllocatorSettings settings, ClusterTotal total, QuotaBook quotas) {
    this.settings = settings;
    this.total = total;
    this.quotas = quotas;
  }

  /** The agent, or null when it is not known. */
  AgentEntry find(AgentId id) {
    return agents.get(id);
  }

  Collection<AgentEntry> all() {
    return Collections.unmodifiableCollection(agents.values());
  }

  /** Takes over a row. True when the agent was known and its attributes are others now. */
  boolean put(Agent row) {
    boolean known = agents.containsKey(row.id());
    var agent = agents.computeIfAbsent(row.id(), id -> new AgentEntry(id, numbers));
    var oldInfo = agent.info();
    var oldTotal = agent.total();
    quotas.countFree(agent.available(), -1);
    agent.update(row, settings);
    quotas.countFree(agent.available(), 1);
    agent.list(isListed(agent));
    numbers.tidy(agents.values());
    if (!oldTotal.equals(agent.total())) {
      total.remove(oldTotal);
      total.add(agent.total());
      quotas.countReservations(oldTotal, -1);
      quotas.countReservations(agent.total(), 1);
    }
    return known && !oldInfo.getAttributesList().equals(row.info().getAttributesList());
  }

  /** Takes over the hosts that are offered, and answers the agents that may be offered again. */
  List<AgentEntry> whitelist(Optional<SortedSet<String>> hostnames) {
    whitelist = hostnames;
    var back = new ArrayList<AgentEntry>();
    for (var agent : agents.values()) {
      if (agent.list(isListed(agent))) {
        back.add(agent);
      }
    }
    return back;
  }

  private boolean isListed(AgentEntry agent) {
    return whitelist.isEmpty() || whitelist.get().contains(agent.info().getHostname());
  }

  /** Forgets the agent; nobody may hold anything of it any more. */
  void remove(AgentEntry agent) {
    agents.remove(agent.id());
    agent.remove();
    total.remove(agent.total());
    quotas.countReservations(agent.total(), -1);
    quotas.countFree(agent.available(), -1);
  }
}
