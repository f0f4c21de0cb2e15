package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.allocator.Grant;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.RoleEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which offers are taken back for what an operator wants, and that no more are. */
@Timeout(60)
class MakeRoomTest {
  private final Given given = new Given();
  private final Operator operator = new Operator(given);
  private final Scheduler framework = given.framework();
  private final Scheduler below = given.subscribed(Infos.framework("r/s"));
  private final Scheduler other = given.subscribed(Infos.framework("o"));
  private final Host first = given.agent("cpus:4;mem:4096");
  private final Host second = given.agent("cpus:4;mem:4096");

  @Test
  void offersOfARoleAndThoseBelowItAreTakenBackUntilItIsWithinItsLimits() {
    var of = offer(framework, "r", first, "cpus:1;mem:10");
    var belowIt = offer(below, "r/s", first, "cpus:1");
    var useless = offer(framework, "r", second, "mem:10");
    var fits = offer(framework, "r", second, "cpus:1");
    var others = offer(other, "o", second, "cpus:1");

    var then = operator.updatesQuota("[{'role':'r','limits':{'cpus':{'value':1}}}]");

    assertEquals(List.of(of, belowIt), rescinded(then));
    assertEquals(List.of(useless, fits, others), left());
    assertEquals(2, then.events(OfferEvent.Returned.class).size());
    // The allocator hears of the quota first, and gives nothing back to whom it was taken from.
    assertTrue(then.events(Event.class).getFirst() instanceof RoleEvent.QuotasSet);
    then.effect(Reply.Done.class);
  }

  @Test
  void whatIsUsedCountsButIsNotTouched() {
    framework.launches(
        offer(framework, "r", first, "cpus:2"), Infos.task("t", first.id(), "cpus:2"));
    var offered = offer(framework, "r", second, "cpus:1");

    var then = operator.forcesQuota("[{'role':'r','limits':{'cpus':{'value':1}}}]");

    assertEquals(List.of(offered), rescinded(then));
    assertEquals(1, given.snapshot().tasks().size());
  }

  @Test
  void offersOfOthersAreTakenBackAgentByAgentUntilAGuaranteeIsCovered() {
    var onFirst = offer(other, "o", first, "cpus:2");
    var alsoOnFirst = offer(other, "o", first, "cpus:1");
    var useless = offer(other, "o", first, "mem:100");
    var own = offer(framework, "r", first, "cpus:1");
    var onSecond = offer(other, "o", second, "cpus:4");

    var then = operator.updatesQuota("[{'role':'r','guarantees':{'cpus':{'value':2.5}}}]");

    assertEquals(List.of(onFirst, alsoOnFirst), rescinded(then));
    assertEquals(List.of(useless, own, onSecond), left());
  }

  @Test
  void whatTheRoleUsesAlreadyNeedsNoRoom() {
    framework.launches(
        offer(framework, "r", first, "cpus:2"), Infos.task("t", first.id(), "cpus:2"));
    offer(other, "o", second, "cpus:4");

    var then = operator.updatesQuota("[{'role':'r','guarantees':{'cpus':{'value':2}}}]");

    assertEquals(List.of(), rescinded(then));
  }

  @Test
  void twoGuaranteesDoNotClaimTheSameRoom() {
    var onFirst = offer(other, "o", first, "cpus:3");
    var onSecond = offer(other, "o", second, "cpus:3");

    var then =
        operator.updatesQuota(
            "[{'role':'a','guarantees':{'cpus':{'value':3}}},"
                + "{'role':'b','guarantees':{'cpus':{'value':1}}}]");

    assertEquals(List.of(onFirst, onSecond), rescinded(then));
  }

  @Test
  void theOldFormVisitsAsManyAgentsAsTheRoleHasFrameworks() {
    given.framework();
    var onFirst = offer(other, "o", first, "cpus:4");
    var onSecond = offer(framework, "r", second, "mem:1");

    var then =
        operator.setsQuota(
            "{'role':'r','guarantee':[{'name':'cpus','type':'SCALAR','scalar':{'value':1}}]}");

    assertEquals(List.of(onFirst, onSecond), rescinded(then));
  }

  @Test
  void theOldFormStopsWhereTheGuaranteeIsCovered() {
    var onFirst = offer(other, "o", first, "cpus:4");
    var onSecond = offer(other, "o", second, "cpus:4");

    var then =
        operator.setsQuota(
            "{'role':'r','guarantee':[{'name':'cpus','type':'SCALAR','scalar':{'value':1}}]}");

    assertEquals(List.of(onFirst), rescinded(then));
    assertEquals(List.of(onSecond), left());
  }

  @Test
  void thousandsOfOffersAreTakenBackInLaterTurns() {
    for (int i = 0; i < 2500; i++) {
      given.allocator.grant(grant(framework, "r", first, "cpus:0.001"));
    }
    given.tick();
    var last = given.snapshot().offers().stream().toList().getLast();

    var turns = new ArrayList<Then>();
    turns.add(operator.updatesWeights("[{'role':'r','weight':2}]"));
    turns.getFirst().effect(Reply.Done.class);
    framework.declines(last.id(), 0);
    while (given.core.nextDeadlineNanos().isPresent()) {
      turns.add(given.tick());
    }

    assertEquals(List.of(1000, 1000, 499), turns.stream().map(t -> rescinded(t).size()).toList());
    assertEquals(List.of(), left());
  }

  private OfferId offer(Scheduler scheduler, String role, Host agent, String resources) {
    given.allocator.grant(grant(scheduler, role, agent, resources));
    return given.tick().effect(ToFramework.Offers.class).offers().getFirst().offer().id();
  }

  private static Grant grant(Scheduler scheduler, String role, Host agent, String resources) {
    return new Grant(
        scheduler.id(), role, agent.id(), Resources.parse(resources, "*").withAllocation(role));
  }

  private static List<OfferId> rescinded(Then then) {
    return then.effects(ToFramework.Rescind.class).stream()
        .map(ToFramework.Rescind::offer)
        .toList();
  }

  private List<OfferId> left() {
    return given.snapshot().offers().stream().map(offer -> offer.id()).toList();
  }
}
