package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Resources;
import io.proffer.kernel.Moment;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A master reduced to what an allocator sees of it: tells facts, makes offers of grants. */
final class TestCluster {
  private final Allocator allocator;
  private long now = Duration.ofHours(5).toNanos();
  private long seed;
  private int offers;

  TestCluster(Allocator allocator) {
    this.allocator = allocator;
  }

  static TestCluster withDefaults() {
    return new TestCluster(new DrfAllocator(AllocatorSettings.defaults()));
  }

  Moment moment() {
    return new Moment(
        now,
        Instant.EPOCH,
        seed,
        () -> {
          throw new IllegalStateException("an allocator mints no identities");
        });
  }

  long now() {
    return now;
  }

  void pass(Duration time) {
    now += time.toNanos();
    seed++;
  }

  void tell(Event event) {
    allocator.follow(event, moment());
  }

  void add(Agent... agents) {
    for (var agent : agents) {
      tell(new AgentEvent.Registered(agent));
    }
  }

  void add(Framework... frameworks) {
    for (var framework : frameworks) {
      tell(new FrameworkEvent.Added(framework));
    }
  }

  /** Runs what is due now, to its end, and makes the offers. */
  List<Offer> offers() {
    return offers(Long.MAX_VALUE);
  }

  List<Offer> offers(long budget) {
    var made = new ArrayList<Offer>();
    do {
      for (var grant : allocator.allocate(budget, moment())) {
        made.add(make(grant));
      }
    } while (due());
    return made;
  }

  /** Lets time pass until an offer is made, or at most so long. */
  List<Offer> offersWithin(Duration time) {
    long end = now + time.toNanos();
    while (true) {
      var next = allocator.nextDeadlineNanos();
      if (next.isEmpty() || next.getAsLong() - end > 0) {
        now = end;
        return List.of();
      }
      now = Math.max(now, next.getAsLong());
      seed++;
      var offers = offers();
      if (!offers.isEmpty()) {
        return offers;
      }
    }
  }

  private boolean due() {
    var next = allocator.nextDeadlineNanos();
    return next.isPresent() && next.getAsLong() - now <= 0;
  }

  Offer make(Grant grant) {
    var offer =
        new Offer(
            new OfferId("O" + offers++),
            grant.framework(),
            grant.agent(),
            grant.role(),
            grant.resources());
    tell(new OfferEvent.Made(offer));
    return offer;
  }

  void decline(Offer offer, double seconds) {
    tell(new OfferEvent.Ended(offer.id(), OfferEvent.End.DECLINED));
    returned(offer, offer.resources(), OfferEvent.Cause.UNUSED, nanos(seconds));
  }

  /** Uses so much of an offer; the rest comes back, refused for so long. */
  Offer accept(Offer offer, Resources used, double seconds) {
    tell(new OfferEvent.Ended(offer.id(), OfferEvent.End.ACCEPTED));
    var allocated = used.withAllocation(offer.role());
    var rest = offer.resources().minus(allocated);
    if (!rest.isEmpty()) {
      returned(offer, rest, OfferEvent.Cause.UNUSED, nanos(seconds));
    }
    return new Offer(offer.id(), offer.framework(), offer.agent(), offer.role(), allocated);
  }

  /** What was used is free again. */
  void finish(Offer used) {
    returned(used, used.resources(), OfferEvent.Cause.FREED, OptionalLong.empty());
  }

  private static OptionalLong nanos(double seconds) {
    return OptionalLong.of((long) (seconds * 1e9));
  }

  private void returned(
      Offer offer, Resources resources, OfferEvent.Cause cause, OptionalLong refusedForNanos) {
    tell(
        new OfferEvent.Returned(
            offer.framework(), offer.role(), offer.agent(), resources, cause, refusedForNanos));
  }

  void revive(String framework, String... roles) {
    tell(new FrameworkEvent.Revived(new FrameworkId(framework), List.of(roles)));
  }

  void suppress(String framework, String... roles) {
    tell(new FrameworkEvent.Suppressed(new FrameworkId(framework), List.of(roles)));
  }

  void disconnect(Agent agent) {
    tell(new AgentEvent.Disconnected(agent.id(), Instant.EPOCH));
  }

  void remove(String agent) {
    tell(new AgentEvent.Removed(new AgentId(agent)));
  }

  /** The weight of a role from now on. */
  void weigh(String role, double weight) {
    tell(new RoleEvent.WeightsSet(new TreeMap<>(Map.of(role, weight))));
  }

  /** The quota of a role from now on; see {@link Rows#quota}. */
  void setQuota(String role, String guarantees, String limits) {
    tell(new RoleEvent.QuotasSet(List.of(Rows.quota(role, guarantees, limits))));
  }

  Allocator allocator() {
    return allocator;
  }
}
