package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.AgentId;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.fact.Drain;
import io.proffer.master.core.fact.Orders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Operators deactivate and reactivate agents. */
class DeactivationTest {
  private final Given given = new Given();

  private Then deactivate(AgentId id) {
    return given.when(new OperatorCommand.Deactivate(id, given.replyTo()));
  }

  private Then reactivate(AgentId id) {
    return given.when(new OperatorCommand.Reactivate(id, given.replyTo()));
  }

  private static void assertRefused(Rejection expected, Then then) {
    assertEquals(expected, then.effect(Reply.Refused.class).rejection());
  }

  @Test
  void itsOffersAreTakenBackAndItsTasksGoOn() {
    var framework = given.framework();
    var host = given.agent("cpus:2");
    framework.launches(
        given.offer(framework.id(), host.id(), "cpus:1"), Infos.task("a", host.id(), "cpus:1"));
    var offer = given.offer(framework.id(), host.id(), "cpus:1");

    var frame = deactivate(host.id());

    frame.effect(Reply.Done.class);
    assertEquals(offer, frame.effect(ToFramework.Rescind.class).offer());
    assertTrue(frame.updates().isEmpty());
    var row = given.snapshot().agents().iterator().next();
    assertTrue(row.deactivated());
    assertFalse(row.active());
    assertEquals(1, given.snapshot().tasks().size());
    assertEquals(1, host.updates(framework.id(), "a", TaskState.TASK_RUNNING).updates().size());
  }

  @Test
  void whoIsDeactivatedAlreadyStaysSo() {
    var host = given.agent("cpus:2");
    deactivate(host.id());

    var again = deactivate(host.id());

    again.effect(Reply.Done.class);
    assertTrue(again.frame().events().isEmpty());
  }

  @Test
  void reactivatedItIsActiveAgain() {
    var host = given.agent("cpus:2");
    deactivate(host.id());

    var frame = reactivate(host.id());

    frame.effect(Reply.Done.class);
    assertEquals(Orders.NONE, frame.event(AgentEvent.OrdersChanged.class).orders());
    assertTrue(given.snapshot().agents().iterator().next().active());
  }

  @Test
  void theOrderHoldsWhileItIsAwayAndWhenItIsBack() {
    var host = given.agent("cpus:2");
    deactivate(host.id());
    host.disconnects();
    given.when(host.returning("again", List.of(), List.of()));
    assertFalse(given.snapshot().agents().iterator().next().active(), "after a disconnection");

    given.when(new AgentCommand.Silent(host.id(), "again"));
    given.when(host.returning("and-again", List.of(), List.of()));
    assertFalse(given.snapshot().agents().iterator().next().active(), "back from out of reach");
  }

  @Test
  void oneThatIsOutOfReachCanBeDeactivatedAndItsReturnIsNotAwaited() {
    var host = given.agent("cpus:2");
    host.fallsSilent();

    deactivate(host.id()).effect(Reply.Done.class);
    var frame = reactivate(host.id());

    assertRefused(Rejection.conflict("Agent removed while processing the call"), frame);
    frame.event(AgentEvent.OrdersChanged.class);
  }

  @Test
  void aMasterThatStartsAgainKnowsIt() {
    var host = given.agent("cpus:2");
    var restarted = new Given();
    restarted.core.recover(List.of(), List.of(host.info()), Map.of(), restarted.moment());
    restarted.core.recoverOrders(
        new TreeMap<>(Map.of(host.id(), Orders.DEACTIVATED)), new TreeMap<>(), restarted.moment());

    restarted.when(host.returning("again", List.of(), List.of()));

    assertFalse(restarted.snapshot().agents().iterator().next().active());
  }

  @Test
  void oneThatLeftIsForgotten() {
    var host = given.agent("cpus:2");
    deactivate(host.id());
    host.unregisters();

    assertRefused(Rejection.invalid("Unknown agent"), deactivate(host.id()));
    assertRefused(Rejection.invalid("Agent is not deactivated"), reactivate(host.id()));
  }

  @Test
  void nobodyIsReactivatedTwiceOrTooEarly() {
    var host = given.agent("cpus:2");
    assertRefused(Rejection.invalid("Agent is not deactivated"), reactivate(host.id()));
    assertRefused(Rejection.invalid("Agent is not deactivated"), reactivate(new AgentId("nobody")));

    var drain = new Drain(DrainConfig.getDefaultInstance(), Given.START, false);
    var restarted = new Given();
    restarted.core.recover(List.of(), List.of(host.info()), Map.of(), restarted.moment());
    restarted.core.recoverOrders(
        new TreeMap<>(Map.of(host.id(), Orders.draining(drain))),
        new TreeMap<>(),
        restarted.moment());
    assertRefused(
        Rejection.invalid("Agent is still in the DRAINING state"),
        restarted.when(new OperatorCommand.Reactivate(host.id(), restarted.replyTo())));
  }
}
