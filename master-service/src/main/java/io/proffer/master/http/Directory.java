package io.proffer.master.http;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.fact.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What belongs to whom in a snapshot, found once per answer. */
final class Directory {
  private final Map<AgentId, Agent> agents = new HashMap<>();
  private final Map<FrameworkId, List<Offer>> offers = new HashMap<>();

  private Directory() {}

  /** Who is behind the offers. */
  static Directory ofOffers(Snapshot snapshot) {
    var directory = new Directory();
    for (var agent : snapshot.agents()) {
      directory.agents.put(agent.id(), agent);
    }
    for (var offer : snapshot.offers()) {
      directory.offers.computeIfAbsent(offer.framework(), id -> new ArrayList<>()).add(offer);
    }
    return directory;
  }

  /** The tasks of each framework, in order. */
  static Map<FrameworkId, List<Task>> byFramework(Iterable<Task> tasks) {
    var found = new HashMap<FrameworkId, List<Task>>();
    for (var task : tasks) {
      found.computeIfAbsent(task.framework(), id -> new ArrayList<>()).add(task);
    }
    return found;
  }

  List<Offer> offersOf(FrameworkId framework) {
    return offers.getOrDefault(framework, List.of());
  }

  Agent agent(AgentId id) {
    return agents.get(id);
  }
}
