package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.OfferId;
import io.proffer.api.v1.Filters;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.v1.Offer;
import io.proffer.kernel.Moment;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.fact.MasterFacts;
import io.proffer.master.core.state.BrokenStateException;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.state.MasterState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A rule that throws leaves nothing behind but its incident. */
class UndoTest {
  private final Given given = new Given();
  private final Scheduler framework = given.framework();
  private final Host agent = given.agent("cpus:4");

  @Test
  void aRuleThatThrowsHalfwayIsUndoneAndItsCallerTold() {
    var offer = given.offer(framework.id(), agent.id(), "cpus:4");
    var before = Books.rows(given.snapshot());
    var followed = given.allocator.followed.size();

    var then = given.when(poisoned(offer));

    assertEquals(List.of(), then.frame().events());
    var failed = then.effect(Reply.Failed.class);
    assertEquals(1, then.frame().effects().size());
    assertTrue(!failed.incident().isEmpty());
    assertEquals(1, given.incidents.size());
    assertEquals(before, Books.rows(given.snapshot()));
    assertEquals(followed, given.allocator.followed.size());
  }

  @Test
  void theSameOfferCanBeAcceptedAfterwards() {
    var offer = given.offer(framework.id(), agent.id(), "cpus:4");
    given.when(poisoned(offer));

    framework.launches(offer, Infos.task("t", agent.id(), "cpus:1"));

    assertEquals(1, given.snapshot().tasks().size());
  }

  @Test
  void anEventThatCannotBeAppliedEndsTheCore() {
    var turn =
        new MasterState(
                new MasterFacts(
                    MasterInfo.newBuilder().setId("m").setIp(1).setPort(1).build(),
                    "http",
                    Given.START,
                    Given.START),
                CoreSettings.defaults())
            .begin(new Moment(0, Given.START, 0, () -> new UUID(0, 0)));

    assertThrows(
        BrokenStateException.class,
        () -> turn.emit(new FrameworkEvent.Removed(framework.id(), framework.info(), Given.START)));
  }

  /** Launches a task, then comes upon something no shell lets through. */
  private Command poisoned(OfferId offer) {
    var operations = new ArrayList<Offer.Operation>();
    operations.add(Infos.launch(Infos.task("t", agent.id(), "cpus:1")));
    operations.add(null);
    return new SchedulerCommand.Accept(
        framework.caller(), List.of(offer), operations, Filters.getDefaultInstance());
  }
}
