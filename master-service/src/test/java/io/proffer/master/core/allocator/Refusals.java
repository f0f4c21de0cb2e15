package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.fact.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What frameworks refused in a history, and that nobody is offered it again too early. */
final class Refusals {
  private record Refused(Key key, Resources resources, long deadline) {}

  private final List<Refused> all = new ArrayList<>();

  void add(Offer offer, Resources refused, long now, double seconds) {
    all.add(new Refused(keyOf(offer), refused, now + (long) (Math.max(seconds, 1) * 1e9)));
  }

  void forget(FrameworkId framework, Predicate<String> roles) {
    all.removeIf(r -> r.key().of(framework) && roles.test(r.key().role()));
  }

  void forgetAgent(AgentId agent) {
    all.removeIf(r -> r.key().agent().equals(agent));
  }

  void check(Offer offer, long now) {
    var offered = offer.resources().withoutAllocation();
    for (var refused : all) {
      assertTrue(
          refused.deadline() < now
              || !refused.key().equals(keyOf(offer))
              || !refused.resources().contains(offered),
          () -> offer + " comes though it is part of " + refused);
    }
  }

  private static Key keyOf(Offer offer) {
    return new Key(offer.framework(), offer.role(), offer.agent());
  }
}
