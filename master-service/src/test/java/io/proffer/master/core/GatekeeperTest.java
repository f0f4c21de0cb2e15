package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.acl.Rights;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.master.core.command.Caller;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows 11 to 18 of scheduler-api, section 1. */
class GatekeeperTest {
  private final Given given = new Given();
  private final FrameworkInfo info = Infos.framework("r").toBuilder().setPrincipal("alice").build();
  private final Scheduler framework = given.subscribed(info);

  @Test
  void aFrameworkNobodyKnowsCannotBeFound() {
    assertRefused(
        Rejection.invalid("Framework cannot be found"),
        caller(new FrameworkId("x"), Optional.of("s"), Optional.empty()));
  }

  @Test
  void anotherPrincipalMayNotSpeakForIt() {
    assertRefused(
        Rejection.invalid(
            "Authenticated principal 'bob' does not match principal 'alice' set in"
                + " `FrameworkInfo`"),
        caller(framework.id(), Optional.of(framework.stream()), Optional.of("bob")));
  }

  @Test
  void aDisconnectedFrameworkIsNotSubscribed() {
    framework.disconnects();
    assertRefused(
        Rejection.forbidden("Framework is not subscribed"),
        caller(framework.id(), Optional.of(framework.stream()), Optional.empty()));
  }

  @Test
  void theStreamIdMustBeThere() {
    assertRefused(
        Rejection.invalid("All non-subscribe calls should include the 'Mesos-Stream-Id' header"),
        caller(framework.id(), Optional.empty(), Optional.of("alice")));
  }

  @Test
  void theStreamIdMustBeTheCurrentOne() {
    framework.again();
    assertRefused(
        Rejection.invalid(
            "The stream ID 'stream-1' included in this request didn't match the stream ID currently"
                + " associated with framework ID m-0000"),
        caller(framework.id(), Optional.of(framework.stream()), Optional.empty()));
  }

  @Test
  void aCallThatPassesIsAcceptedAndOneOfUnknownTypeIsNotImplemented() {
    var caller = caller(framework.id(), Optional.of(framework.stream()), Optional.of("alice"));
    assertEquals(
        caller.replyTo(),
        given.when(new SchedulerCommand.Request(caller)).effect(Reply.Accepted.class).replyTo());
    assertEquals(
        new Rejection(Rejection.Kind.NOT_IMPLEMENTED, "501 Not Implemented."),
        given.when(new SchedulerCommand.Unknown(caller)).effect(Reply.Refused.class).rejection());
  }

  private Caller caller(FrameworkId id, Optional<String> stream, Optional<String> principal) {
    return new Caller(id, stream, Rights.unlimited(principal), given.replyTo());
  }

  private void assertRefused(Rejection expected, Caller caller) {
    var then = given.when(new SchedulerCommand.Request(caller));
    assertEquals(1, then.frame().effects().size());
    assertEquals(expected, then.effect(Reply.Refused.class).rejection());
  }
}
