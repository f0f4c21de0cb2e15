package io.proffer.master.http;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.InverseOffer;
import io.proffer.master.core.fact.Offer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What belongs to whom in a snapshot, found once per answer. */
final class Directory {
  private final Map<AgentId, Agent> agents = new HashMap<>();
  private final Map<FrameworkId, List<Offer>> offers = new HashMap<>();
  private final Map<FrameworkId, List<InverseOffer>> inverseOffers = new HashMap<>();
  private final Map<Place, List<ExecutorId>> executors = new HashMap<>();

  private record Place(FrameworkId framework, AgentId agent) {}

  private Directory() {}

  /** Who is behind the offers. */
  static Directory of(View view) {
    var directory = new Directory();
    for (var agent : view.snapshot().agents()) {
      directory.agents.put(agent.id(), agent);
    }
    for (var offer : view.offers()) {
      directory.offers.computeIfAbsent(offer.framework(), id -> new ArrayList<>()).add(offer);
    }
    for (var offer : view.snapshot().inverseOffers()) {
      directory
          .inverseOffers
          .computeIfAbsent(offer.framework(), id -> new ArrayList<>())
          .add(offer);
    }
    for (var executor : view.executors()) {
      directory
          .executors
          .computeIfAbsent(
              new Place(executor.framework(), executor.agent()), p -> new ArrayList<>())
          .add(executor.id());
    }
    return directory;
  }

  /** The tasks or executors of each framework, in order. */
  static <T> Map<FrameworkId, List<T>> byFramework(
      Iterable<T> rows, Function<? super T, FrameworkId> framework) {
    var found = new HashMap<FrameworkId, List<T>>();
    for (var row : rows) {
      found.computeIfAbsent(framework.apply(row), id -> new ArrayList<>()).add(row);
    }
    return found;
  }

  List<Offer> offersOf(FrameworkId framework) {
    return offers.getOrDefault(framework, List.of());
  }

  List<InverseOffer> inverseOffersOf(FrameworkId framework) {
    return inverseOffers.getOrDefault(framework, List.of());
  }

  /** The framework's executors on the agent of one of its offers. */
  List<ExecutorId> executorsBeside(Offer offer) {
    return executors.getOrDefault(new Place(offer.framework(), offer.agent()), List.of());
  }

  Agent agent(AgentId id) {
    return agents.get(id);
  }
}
