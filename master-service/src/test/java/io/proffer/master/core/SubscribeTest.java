package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.acl.Rights;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.fact.FrameworkLink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How frameworks come, come back and go away. */
class SubscribeTest {
  private final Given given = new Given();

  @Test
  void aNewFrameworkGetsTheNextIdAndTwoOfTheSameInfoAreTwo() {
    assertEquals(new FrameworkId("m-0000"), given.framework().id());
    assertEquals(new FrameworkId("m-0001"), given.framework().id());
  }

  @Test
  void anEmptyIdIsNone() {
    assertEquals(new FrameworkId("m-0000"), given.subscribed(withId("")).id());
    assertEquals(new FrameworkId("m-0001"), given.subscribed(withId("")).id());
  }

  @Test
  void idsInUseAreSkipped() {
    given.subscribed(withId("m-0000"));

    assertEquals(new FrameworkId("m-0001"), given.framework().id());
  }

  @Test
  void anIdOfAnotherMasterIsAccepted() {
    var framework = given.subscribed(withId("older-0007"));

    assertEquals(new FrameworkId("older-0007"), framework.id());
    assertEquals(new FrameworkId("m-0000"), given.framework().id());
  }

  @Test
  void theNewestStreamWinsAndTheOldOneIsTold() {
    var framework = given.framework();
    var offer = given.offer(framework.id(), given.agent("cpus:1").id(), "cpus:1");

    var then = given.when(Scheduler.subscribe(framework.info(), "stream-new", given.replyTo()));

    assertEquals(
        new ToFramework.Failed(framework.stream(), "Framework failed over"),
        then.effect(ToFramework.Failed.class));
    assertEquals("stream-new", then.effect(ToFramework.Subscribed.class).streamId());
    assertEquals(
        new OfferEvent.Ended(offer, OfferEvent.End.DROPPED), then.event(OfferEvent.Ended.class));
    assertTrue(then.effects(ToFramework.Rescind.class).isEmpty());
    assertTrue(given.snapshot().frameworks().iterator().next().offered().isEmpty());
    assertTrue(framework.disconnects().frame().isEmpty(), "the old stream's end means nothing");
  }

  @Test
  void userAndCheckpointStayAndAllElseIsReplaced() {
    var framework = given.framework();

    var info =
        framework.info().toBuilder().setUser("other").setCheckpoint(true).setName("new").build();
    given.when(Scheduler.subscribe(info, "stream-new", given.replyTo()));

    var row = given.snapshot().frameworks().iterator().next();
    assertEquals("user", row.info().getUser());
    assertFalse(row.info().getCheckpoint());
    assertEquals("new", row.info().getName());
  }

  @Test
  void suppressionIsRestated() {
    var info = Infos.framework("a").toBuilder().addRoles("b").build();
    var stream = given.newStream();
    given.when(suppressing(info, stream, "a"));

    var then =
        given.when(
            suppressing(
                info.toBuilder().setId(new FrameworkId("m-0000").message()).build(), "s2", "b"));

    assertEquals(List.of("a"), then.event(FrameworkEvent.Revived.class).roles());
    assertEquals(List.of("b"), given.snapshot().frameworks().iterator().next().suppressed());
  }

  @Test
  void agentsThatRunItsTasksHearOfTheChange() {
    var framework = given.framework();
    var agent = given.agent("cpus:1");
    framework.launches(
        given.offer(framework.id(), agent.id(), "cpus:1"), Infos.task("t", agent.id(), "cpus:1"));
    given.agent("cpus:1");

    var info = framework.info().toBuilder().setName("new").build();
    var then = given.when(Scheduler.subscribe(info, "stream-new", given.replyTo()));

    assertEquals(agent.session(), then.effect(ToAgent.UpdateFramework.class).session());
  }

  @Test
  void aDisconnectedFrameworkIsRemovedWhenItsFailoverTimeoutPasses() {
    var framework = given.framework();
    var then = framework.disconnects();
    then.event(FrameworkEvent.Disconnected.class);

    assertTrue(given.after(Duration.ofSeconds(59)).frame().isEmpty());
    given.after(Duration.ofSeconds(1)).event(FrameworkEvent.Removed.class);
    assertEquals(
        new ToFramework.Failed("s", "Framework has been removed"),
        given
            .when(Scheduler.subscribe(framework.info(), "s", given.replyTo()))
            .effect(ToFramework.Failed.class));
  }

  @Test
  void theLongestFailoverTimeoutIsNotOverAtOnce() {
    given
        .subscribed(Infos.framework("r").toBuilder().setFailoverTimeout(9_223_372_036.0).build())
        .disconnects();

    assertTrue(given.after(Duration.ofDays(365)).frame().isEmpty());
  }

  @Test
  void aFrameworkThatComesBackInTimeIsNotRemoved() {
    var framework = given.framework();
    framework.disconnects();
    given.after(Duration.ofSeconds(30));
    framework.again().disconnects();

    assertTrue(given.after(Duration.ofSeconds(40)).frame().isEmpty());
    given.after(Duration.ofSeconds(20)).event(FrameworkEvent.Removed.class);
  }

  @Test
  void onlyTheNewestCompletedFrameworksAreRemembered() {
    var first = given.framework();
    first.tearsDown();
    for (int i = 0; i < 50; i++) {
      given.framework().tearsDown();
    }

    assertEquals(50, given.snapshot().completedFrameworks().size());
    given
        .when(Scheduler.subscribe(first.info(), "s", given.replyTo()))
        .effect(ToFramework.Subscribed.class);
  }

  @Test
  void theAuthenticatedPrincipalIsFilledIn() {
    given.when(authenticated(Infos.framework("r"), "bob"));

    var row = given.snapshot().frameworks().iterator().next();
    assertEquals("bob", row.info().getPrincipal());
    assertEquals(new FrameworkLink.Connected("s"), row.link());
  }

  private FrameworkInfo withId(String id) {
    return Infos.framework("r").toBuilder().setId(new FrameworkId(id).message()).build();
  }

  private SchedulerCommand.Subscribe suppressing(FrameworkInfo info, String stream, String role) {
    return new SchedulerCommand.Subscribe(
        info,
        List.of(role),
        OfferConstraints.getDefaultInstance(),
        stream,
        Rights.unlimited(Optional.empty()),
        given.replyTo());
  }

  private SchedulerCommand.Subscribe authenticated(FrameworkInfo info, String principal) {
    return new SchedulerCommand.Subscribe(
        info,
        List.of(),
        OfferConstraints.getDefaultInstance(),
        "s",
        Rights.unlimited(Optional.of(principal)),
        given.replyTo());
  }
}
