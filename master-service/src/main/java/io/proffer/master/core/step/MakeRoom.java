package io.proffer.master.core.step;

import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Roles;
import io.proffer.api.resource.Thousandths;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.fact.QuotaCharge;
import io.proffer.master.core.state.MasterState;
import java.util.LinkedHashSet;
import java.util.List;

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
    quotas.forEach(quota -> room.keepLimits(quota, charge));
    quotas.forEach(quota -> room.keepGuarantees(quota, charge));
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
        offers.forEach(id -> room.choose(state.offers().find(id).orElseThrow()));
        visited++;
      }
    }
    return List.copyOf(room.chosen);
  }

  private void keepLimits(Quota quota, QuotaCharge charge) {
    if (quota.limits().isEmpty()) {
      return;
    }
    var offered = charge.offered(quota.role());
    var over = over(quota, charge.consumed(quota.role()).plus(offered));
    if (over.isEmpty()) {
      return;
    }
    for (var offer : state.offers().all()) {
      if (over.isEmpty()) {
        return;
      }
      if (isOf(quota, offer) && choose(offer, over)) {
        over = over.minus(QuotaCharge.countable(offer.resources()));
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

  private void keepGuarantees(Quota quota, QuotaCharge charge) {
    var missing = quota.guarantees().minus(charge.consumed(quota.role()));
    if (missing.isEmpty()) {
      return;
    }
    for (var agent : state.agents().all()) {
      if (spare.contains(missing)) {
        break;
      }
      for (var id : state.offers().on(agent.id())) {
        var offer = state.offers().find(id).orElseThrow();
        if (!isOf(quota, offer)) {
          choose(offer, missing);
        }
      }
    }
    spare = spare.minus(missing);
  }

  /** Chooses an offer that has any of these; false when it has none, or is chosen already. */
  private boolean choose(Offer offer, Quantities wanted) {
    var has = QuotaCharge.countable(offer.resources());
    return has.minus(wanted).equals(has) ? false : choose(offer);
  }

  private boolean choose(Offer offer) {
    if (!chosen.add(offer.id())) {
      return false;
    }
    spare = spare.plus(QuotaCharge.countable(offer.resources()));
    return true;
  }

  private static boolean isOf(Quota quota, Offer offer) {
    return Roles.topLevel(offer.role()).equals(quota.role());
  }
}
