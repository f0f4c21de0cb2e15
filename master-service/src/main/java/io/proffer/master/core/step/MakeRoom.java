package io.proffer.master.core.step;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Roles;
import io.proffer.api.resource.Thousandths;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.fact.QuotaCharge;
import io.proffer.master.core.state.MasterState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which offers stand in the way of what an operator wants (allocator, section 8). Nothing is taken
 * from tasks: a role above its limit gets no more, that is all.
 */
public final class MakeRoom {
  private final MasterState state;
  private final LinkedHashSet<OfferId> chosen = new LinkedHashSet<>();

  /** What the chosen ones give back, and no guarantee has claimed. */
  private Quantities spare = Quantities.empty();

  private MakeRoom(MasterState state) {
    this.state = state;
  }

  /** An offer, and what quotas are charged with for it. */
  private record Charged(Offer offer, Quantities amounts) {}

  /** All there are: each was made by weights that hold no more. */
  public static List<OfferId> forWeights(MasterState state) {
    return state.offers().all().stream().map(Offer::id).toList();
  }

  /**
   * First those that take a role over its limits, then, agent by agent, those of others that hold
   * what is guaranteed.
   *
   * @param charge of this turn
   */
  public static List<OfferId> forQuotas(List<Quota> quotas, QuotaCharge charge, MasterState state) {
    var room = new MakeRoom(state);
    room.keepLimits(quotas, charge);
    room.keepGuarantees(quotas, charge);
    return List.copyOf(room.chosen);
  }

  /**
   * For a quota of the old form: all offers of agent after agent, until the guarantee is covered
   * and each framework of the role can be offered an agent of its own.
   */
  public static List<OfferId> forGuarantee(Quota quota, MasterState state) {
    var room = new MakeRoom(state);
    long frameworks =
        state.frameworks().connected().stream()
            .filter(framework -> framework.roles().contains(quota.role()))
            .count();
    long visited = 0;
    for (var agent : state.agents().all()) {
      if (room.spare.contains(quota.guarantees()) && visited >= frameworks) {
        break;
      }
      var offers = state.offers().on(agent.id());
      if (agent.active() && !offers.isEmpty()) {
        offers.forEach(id -> room.choose(charged(state.offers().find(id).orElseThrow())));
        visited++;
      }
    }
    return List.copyOf(room.chosen);
  }

  private void keepLimits(List<Quota> quotas, QuotaCharge charge) {
    var overByRole = new TreeMap<String, Quantities>();
    for (var quota : quotas) {
      if (!quota.limits().isEmpty()) {
        var role = quota.role();
        var over = over(quota, charge.consumed(role).plus(charge.offered(role)));
        if (!over.isEmpty()) {
          overByRole.put(role, over);
        }
      }
    }
    if (overByRole.isEmpty()) {
      return;
    }
    for (var offer : state.offers().all()) {
      var role = Roles.topLevel(offer.role());
      var over = overByRole.getOrDefault(role, Quantities.empty());
      if (!over.isEmpty()) {
        var charged = charged(offer);
        if (hasAny(charged.amounts(), over) && choose(charged)) {
          overByRole.put(role, over.minus(charged.amounts()));
        }
      }
    }
  }

  /** By how much these amounts are more than the limits allow. */
  private static Quantities over(Quota quota, Quantities amounts) {
    var over = Quantities.empty();
    for (var limit : quota.limits().entrySet()) {
      var excess = Thousandths.minus(amounts.get(limit.getKey()), limit.getValue());
      over = over.plus(Quantities.of(limit.getKey(), excess));
    }
    return over;
  }

  private void keepGuarantees(List<Quota> quotas, QuotaCharge charge) {
    OffersByName left = null;
    for (var quota : quotas) {
      var missing = quota.guarantees().minus(charge.consumed(quota.role()));
      if (!missing.isEmpty()) {
        left = left == null ? new OffersByName() : left;
        keepGuarantee(quota.role(), missing, left);
        spare = spare.minus(missing);
      }
    }
  }

  private void keepGuarantee(String role, Quantities missing, OffersByName left) {
    AgentId agent = null;
    for (int at = left.next(missing, 0); at >= 0; at = left.next(missing, at + 1)) {
      var charged = left.get(at);
      if (!charged.offer().agent().equals(agent)) {
        if (spare.contains(missing)) {
          return;
        }
        agent = charged.offer().agent();
      }
      if (!isOf(role, charged.offer())) {
        choose(charged);
        left.remove(at);
      }
    }
  }

  /**
   * The offers that are not chosen yet, agent by agent, and where each name is. So no quota looks
   * at what earlier ones have taken, or at what is of no use to it: there may be thousands of both.
   */
  private final class OffersByName {
    private final ArrayList<Charged> all = new ArrayList<>();
    private final TreeMap<String, TreeSet<Integer>> placesByName = new TreeMap<>();

    OffersByName() {
      for (var agent : state.agents().all()) {
        for (var id : state.offers().on(agent.id())) {
          if (!chosen.contains(id)) {
            add(charged(state.offers().find(id).orElseThrow()));
          }
        }
      }
    }

    private void add(Charged charged) {
      for (int i = 0; i < charged.amounts().size(); i++) {
        placesByName
            .computeIfAbsent(charged.amounts().name(i), name -> new TreeSet<>())
            .add(all.size());
      }
      all.add(charged);
    }

    Charged get(int at) {
      return all.get(at);
    }

    /** The first place not before this one of an offer that has any of these; -1 for none. */
    int next(Quantities wanted, int from) {
      int next = Integer.MAX_VALUE;
      for (int i = 0; i < wanted.size(); i++) {
        var places = placesByName.get(wanted.name(i));
        var place = places == null ? null : places.ceiling(from);
        next = place == null ? next : Math.min(next, place);
      }
      return next == Integer.MAX_VALUE ? -1 : next;
    }

    void remove(int at) {
      var amounts = all.get(at).amounts();
      for (int i = 0; i < amounts.size(); i++) {
        placesByName.get(amounts.name(i)).remove(at);
      }
    }
  }

  private static Charged charged(Offer offer) {
    return new Charged(offer, QuotaCharge.countable(offer.resources()));
  }

  private static boolean hasAny(Quantities amounts, Quantities wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      if (amounts.get(wanted.name(i)) > 0) {
        return true;
      }
    }
    return false;
  }

  /** False when it is chosen already. */
  private boolean choose(Charged charged) {
    if (!chosen.add(charged.offer().id())) {
      return false;
    }
    spare = spare.plus(charged.amounts());
    return true;
  }

  private static boolean isOf(String role, Offer offer) {
    return Roles.topLevel(offer.role()).equals(role);
  }
}
