package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.Roles;
import io.proffer.api.v1.quota.QuotaConfig;
import io.proffer.master.core.allocator.Grant;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.fact.QuotaCharge;
import io.proffer.master.core.fact.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Quotas of many roles at once choose the offers that each after the other would choose. */
@Timeout(120)
class MakeRoomAtScaleTest {
  private final Given given = new Given();
  private final Operator operator = new Operator(given);

  @Test
  void manyQuotasChooseWhatOneAfterTheOtherWould() {
    var chance = new SplittableRandom(7);
    var roles = List.of("a", "a/b", "b", "c", "d");
    var frameworks = roles.stream().map(r -> given.subscribed(Infos.framework(r))).toList();
    for (int round = 0; round < 60; round++) {
      var agent = given.agent("cpus:50;mem:5000;gpus:9");
      for (int i = 0; i < 4; i++) {
        int who = chance.nextInt(roles.size());
        grant(frameworks.get(who), roles.get(who), agent, some(chance, false));
      }
      given.tick();
      var quotas = quotas(chance);
      var expected = chosenOneByOne(quotas, given.snapshot());

      var then = operator.forcesQuota("[" + String.join(",", quotas) + "]");

      var rescinded =
          then.effects(ToFramework.Rescind.class).stream()
              .map(ToFramework.Rescind::offer)
              .collect(Collectors.toSet());
      assertEquals(expected, rescinded, quotas::toString);
    }
  }

  @Test
  void thousandsOfQuotasLookAtThousandsOfOffersOnce() {
    var framework = given.subscribed(Infos.framework("o"));
    for (int i = 0; i < 100; i++) {
      var agent = given.agent("cpus:100;mem:100;disk:100");
      for (int j = 0; j < 60; j++) {
        grant(framework, "o", agent, j < 20 ? "cpus:0.5;mem:1" : "mem:1;disk:1");
      }
    }
    given.tick();
    var quotas =
        IntStream.range(0, 6000)
            .mapToObj("{'role':'q%d','guarantees':{'cpus':{'value':0.5}}}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));

    var then = operator.forcesQuota(quotas);

    assertEquals(1000, then.effects(ToFramework.Rescind.class).size());
  }

  private static List<String> quotas(SplittableRandom chance) {
    var quotas = new ArrayList<String>();
    for (var role : List.of("a", "b", "c", "e")) {
      var limits = chance.nextInt(3) == 0 ? some(chance, true) : "";
      var guarantees = limits.isEmpty() ? some(chance, true) : "";
      quotas.add(
          "{'role':'%s','guarantees':{%s},'limits':{%s}}".formatted(role, guarantees, limits));
    }
    return quotas;
  }

  /** Some amounts, as resources or as JSON. */
  private static String some(SplittableRandom chance, boolean json) {
    var names =
        switch (chance.nextInt(4)) {
          case 0 -> List.of("cpus");
          case 1 -> List.of("mem");
          case 2 -> List.of("cpus", "mem");
          default -> List.of("cpus", "gpus");
        };
    var form = json ? "'%s':{'value':%d}" : "%s:%d";
    return names.stream()
        .map(name -> form.formatted(name, 1 + chance.nextInt(json ? 30 : 9)))
        .collect(Collectors.joining(json ? "," : ";"));
  }

  private void grant(Scheduler framework, String role, Host agent, String resources) {
    given.allocator.grant(
        new Grant(
            framework.id(),
            role,
            agent.id(),
            Resources.parse(resources, "*").withAllocation(role)));
  }

  /** The rule as it reads, quota by quota and offer by offer. */
  private static Set<OfferId> chosenOneByOne(List<String> configs, Snapshot snapshot) {
    var charge = QuotaCharge.of(snapshot.agents());
    var chosen = new LinkedHashSet<OfferId>();
    var spare = Quantities.empty();
    var quotas = configs.stream().map(MakeRoomAtScaleTest::quota).toList();
    for (var quota : quotas) {
      var amounts = charge.consumed(quota.role()).plus(charge.offered(quota.role()));
      var over = Quantities.empty();
      for (var limit : quota.limits().entrySet()) {
        long excess = amounts.get(limit.getKey()) - limit.getValue();
        over = over.plus(Quantities.of(limit.getKey(), excess));
      }
      for (var offer : snapshot.offers()) {
        var has = QuotaCharge.countable(offer.resources());
        if (isOf(quota, offer) && !has.minus(over).equals(has) && chosen.add(offer.id())) {
          over = over.minus(has);
          spare = spare.plus(has);
        }
      }
    }
    for (var quota : quotas) {
      var missing = quota.guarantees().minus(charge.consumed(quota.role()));
      for (var agent : snapshot.agents()) {
        if (spare.contains(missing)) {
          break;
        }
        for (var offer : on(agent, snapshot)) {
          var has = QuotaCharge.countable(offer.resources());
          if (!isOf(quota, offer) && !has.minus(missing).equals(has) && chosen.add(offer.id())) {
            spare = spare.plus(has);
          }
        }
      }
      spare = spare.minus(missing);
    }
    return chosen;
  }

  private static List<Offer> on(Agent agent, Snapshot snapshot) {
    return snapshot.offers().stream().filter(o -> o.agent().equals(agent.id())).toList();
  }

  private static boolean isOf(Quota quota, Offer offer) {
    return Roles.topLevel(offer.role()).equals(quota.role());
  }

  private static Quota quota(String json) {
    return Quota.of(Operator.read(json, QuotaConfig.getDefaultInstance()));
  }
}
