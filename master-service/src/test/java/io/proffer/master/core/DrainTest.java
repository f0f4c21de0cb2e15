package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.acl.AclDocument;
import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.fact.Drain;
import io.proffer.master.core.fact.Orders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Operators have agents emptied. */
class DrainTest {
  private static final DrainConfig PLAIN = DrainConfig.getDefaultInstance();
  private static final DrainConfig GONE = DrainConfig.newBuilder().setMarkGone(true).build();

  private final Given given = new Given();
  private final Scheduler framework = given.framework();
  private final Host host = given.agent("cpus:2");

  private Then drain(AgentId id, DrainConfig config) {
    return given.when(
        new OperatorCommand.Drain(id, config, Rights.unlimited(Optional.empty()), given.replyTo()));
  }

  private void launch(String task) {
    var offer = given.offer(framework.id(), host.id(), "cpus:1");
    framework.launches(offer, Infos.task(task, host.id(), "cpus:1"));
  }

  private Orders orders() {
    return given.snapshot().agents().iterator().next().orders();
  }

  private static void assertRefused(String expected, Then then) {
    assertEquals(Rejection.invalid(expected), then.effect(Reply.Refused.class).rejection());
  }

  @Test
  void itIsToldAndItsOffersAreTakenBack() {
    launch("a");
    var offer = given.offer(framework.id(), host.id(), "cpus:1");

    var frame = drain(host.id(), PLAIN);

    frame.effect(Reply.Done.class);
    assertEquals(new ToAgent.Drain(host.session(), PLAIN), frame.effect(ToAgent.Drain.class));
    assertEquals(offer, frame.effect(ToFramework.Rescind.class).offer());
    assertTrue(orders().isDraining());
    assertTrue(orders().deactivated());
  }

  @Test
  void itIsDrainedWhenTheLastEndIsAcknowledged() {
    launch("a");
    drain(host.id(), PLAIN);

    host.updates(framework.id(), "a", TaskState.TASK_KILLED);
    assertTrue(orders().isDraining(), "the end is not acknowledged");
    framework.acknowledges(host.id(), "a", "uuid-TASK_KILLED");

    assertEquals(Orders.draining(new Drain(PLAIN, Given.START, true)), orders());
    given.when(new OperatorCommand.Reactivate(host.id(), given.replyTo()));
    assertEquals(Orders.NONE, orders());
  }

  @Test
  void oneWithNothingIsDrainedAtOnce() {
    drain(host.id(), PLAIN).effect(Reply.Done.class);

    assertFalse(orders().isDraining());
    assertTrue(orders().deactivated());
  }

  @Test
  void oneThatComesBackIsToldAgain() {
    launch("a");
    drain(host.id(), PLAIN);
    host.disconnects();

    var back = given.when(host.returning("again", List.of(), List.of()));

    assertEquals(new ToAgent.Drain("again", PLAIN), back.effect(ToAgent.Drain.class));
  }

  @Test
  void oneThatIsAwayIsDrainedWhenItIsBackWithNothing() {
    host.fallsSilent();
    drain(host.id(), PLAIN).effect(Reply.Done.class);

    given.when(host.returning("again", List.of(), List.of()));

    assertEquals(Orders.draining(new Drain(PLAIN, Given.START, true)), orders());
  }

  @Test
  void oneThatIsMarkedGoneIsSentAwayAndNeverComesBack() {
    launch("a");
    drain(host.id(), GONE);
    host.updates(framework.id(), "a", TaskState.TASK_KILLED);

    var frame = framework.acknowledges(host.id(), "a", "uuid-TASK_KILLED");

    assertEquals(host.id(), frame.event(AgentEvent.MarkedGone.class).id());
    assertEquals(
        new ToAgent.Shutdown(host.session(), "Agent has been marked gone"),
        frame.effect(ToAgent.Shutdown.class));
    assertEquals(host.id(), frame.effect(ToFramework.AgentFailed.class).agent());
    assertEquals(0, given.snapshot().agents().size());
    var back = given.when(host.returning("again", List.of(), List.of()));
    assertEquals(
        new ToAgent.Shutdown("again", "Agent has been marked gone"),
        back.effect(ToAgent.Shutdown.class));
    assertRefused("Unknown agent", drain(host.id(), PLAIN));
  }

  @Test
  void oneThatIsGoneIsRefusedByTheNextMasterToo() {
    var restarted = new Given();
    restarted.core.recover(List.of(), List.of(), Map.of(), restarted.moment());
    restarted.core.recoverOrders(
        new TreeMap<>(), new TreeMap<>(Map.of(host.id(), Given.START)), restarted.moment());

    var back = restarted.when(host.returning("again", List.of(), List.of()));

    assertEquals("again", back.effect(ToAgent.Shutdown.class).session());
  }

  @Test
  void whoMayNotMarkAgentsGoneMayNotHaveItDoneByDraining() throws Exception {
    var acls =
        AclDocument.parse(
            "{\"mark_agents_gone\":[{\"principals\":{\"type\":\"ANY\"},"
                + "\"agents\":{\"type\":\"NONE\"}}]}");
    var rights = new Rights(acls, Optional.of("op"));

    var frame = given.when(new OperatorCommand.Drain(host.id(), GONE, rights, given.replyTo()));

    assertEquals(Rejection.forbidden(), frame.effect(Reply.Refused.class).rejection());
    given
        .when(new OperatorCommand.Drain(host.id(), PLAIN, rights, given.replyTo()))
        .effect(Reply.Done.class);
  }

  @Test
  void whatIsUnknownOrTooOldIsRefused() {
    var old = given.agentWithout("cpus:1", "AGENT_DRAINING");

    assertRefused("Unknown agent", drain(new AgentId("nope"), PLAIN));
    assertRefused("Agent " + old.id() + " is not capable of draining", drain(old.id(), PLAIN));
  }
}
