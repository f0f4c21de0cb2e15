package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.AgentId;
import io.proffer.api.resource.Element;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.ScalarAmount;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.Quota;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What no grant may break, whatever the order: agents hold no more, limits and guarantees hold. */
final class Bounds {
  private final Map<AgentId, Agent> agents;
  private final Collection<Quota> quotas;

  Bounds(Map<AgentId, Agent> agents, Collection<Quota> quotas) {
    this.agents = agents;
    this.quotas = quotas;
  }

  /**
   * Checks an offer.
   *
   * @param held what was offered or used before
   */
  void check(Offer offer, List<Offer> held) {
    var left = left(agents.get(offer.agent()), held);
    var resources = offer.resources().withoutAllocation();
    assertTrue(left.contains(resources), () -> left + " does not contain " + resources);
    var after = new ArrayList<>(held);
    after.add(offer);
    checkLimits(offer, after);
    checkGuarantees(offer, held, after);
  }

  private void checkLimits(Offer offer, List<Offer> after) {
    var given = amounts(offer.resources());
    for (var quota : quotas) {
      if (isIn(offer.role(), quota.role())) {
        var charged = charged(quota.role(), after);
        quota
            .limits()
            .forEach(
                (name, limit) ->
                    assertTrue(
                        !given.containsKey(name) || charged.get(name) <= limit,
                        () -> offer + " breaks " + quota + ": " + charged));
      }
    }
  }

  /** What guarantees lack is not given away: where there was enough for them there still is. */
  private void checkGuarantees(Offer offer, List<Offer> before, List<Offer> after) {
    var surplusBefore = surplus(before);
    var surplusAfter = surplus(after);
    surplusAfter.forEach(
        (name, now) -> {
          long then = Math.min(0, surplusBefore.get(name));
          assertTrue(
              now >= then,
              () -> offer + " leaves " + surplusAfter + " beyond guarantees, not " + surplusBefore);
        });
  }

  /** What is free, less what guarantees lack: below zero where there is too little. */
  private Map<String, Long> surplus(List<Offer> held) {
    var surplus = new TreeMap<String, Long>();
    for (var agent : agents.values()) {
      add(surplus, amounts(left(agent, held)));
    }
    for (var quota : quotas) {
      var charged = charged(quota.role(), held);
      var guarantees = quota.guarantees();
      for (int i = 0; i < guarantees.size(); i++) {
        long lacking = guarantees.amount(i) - charged.getOrDefault(guarantees.name(i), 0L);
        surplus.merge(guarantees.name(i), -Math.max(0, lacking), Long::sum);
      }
    }
    var names = new TreeSet<String>();
    agents.values().forEach(agent -> agent.total().forEach(e -> names.add(e.name())));
    names.forEach(name -> surplus.putIfAbsent(name, 0L));
    return surplus;
  }

  private Map<String, Long> charged(String role, List<Offer> held) {
    var charged = new TreeMap<String, Long>();
    for (var offer : held) {
      if (isIn(offer.role(), role)) {
        add(charged, amounts(offer.resources()));
      }
    }
    for (var agent : agents.values()) {
      for (var element : agent.total()) {
        if (isIn(element.kind().reservationRole().orElse("-"), role)) {
          charged.merge(element.name(), element.thousandths(), Long::sum);
        }
      }
    }
    return charged;
  }

  private static Resources left(Agent agent, List<Offer> held) {
    var left = agent.total();
    for (var offer : held) {
      if (offer.agent().equals(agent.id())) {
        left = left.minus(offer.resources().withoutAllocation().nonShared());
      }
    }
    return left;
  }

  /** Scalars that are neither reserved nor revocable. */
  private static Map<String, Long> amounts(Resources resources) {
    var amounts = new TreeMap<String, Long>();
    for (Element element : resources) {
      if (element.amount() instanceof ScalarAmount
          && element.kind().isUnreserved()
          && !element.kind().revocable()) {
        amounts.merge(element.name(), element.thousandths(), Long::sum);
      }
    }
    return amounts;
  }

  private static void add(Map<String, Long> sums, Map<String, Long> amounts) {
    amounts.forEach((name, amount) -> sums.merge(name, amount, Long::sum));
  }

  private static boolean isIn(String role, String quotaRole) {
    return role.equals(quotaRole) || role.startsWith(quotaRole + "/");
  }
}
