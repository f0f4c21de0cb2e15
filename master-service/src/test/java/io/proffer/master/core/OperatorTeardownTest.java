package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.acl.Rights;
import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.FrameworkEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** TEARDOWN by an operator. */
class OperatorTeardownTest {
  private final Given given = new Given();

  private Then tearDown(FrameworkId id) {
    return given.when(
        new OperatorCommand.Teardown(id, Rights.unlimited(Optional.empty()), given.replyTo()));
  }

  @Test
  void aFrameworkGoesWithItsTasksAndItsStreamEnds() {
    var framework = given.framework();
    var host = given.agent("cpus:2");
    var offer = given.offer(framework.id(), host.id(), "cpus:1");
    framework.launches(offer, Infos.task("a", host.id(), "cpus:1"));

    var frame = tearDown(framework.id());

    frame.effect(Reply.Done.class);
    assertEquals(framework.stream(), frame.effect(ToFramework.Close.class).streamId());
    assertEquals(framework.id(), frame.effect(ToAgent.ShutdownFramework.class).framework());
    assertTrue(frame.updates().isEmpty());
    assertEquals(1, given.snapshot().completedFrameworks().size());
  }

  @Test
  void oneThatIsAwayGoesToo() {
    var framework = given.framework();
    framework.disconnects();

    tearDown(framework.id()).event(FrameworkEvent.Removed.class);

    assertEquals(0, given.snapshot().frameworks().size());
  }

  @Test
  void oneThatIsNotBackSinceARestartGoesToo() {
    var known = given.framework().info();
    var restarted = new Given();
    restarted.core.recover(List.of(known), List.of(), Map.of(), restarted.moment());

    var frame =
        restarted.when(
            new OperatorCommand.Teardown(
                FrameworkId.of(known.getId()),
                Rights.unlimited(Optional.empty()),
                restarted.replyTo()));

    frame.effect(Reply.Done.class);
    assertEquals(0, restarted.snapshot().frameworks().size());
  }

  @Test
  void whatIsUnknownOrGoneAlreadyIsRefused() {
    var framework = given.framework();
    tearDown(framework.id());

    for (var id : List.of(framework.id(), new FrameworkId("nope"))) {
      assertEquals(
          Rejection.invalid("No framework found with specified ID"),
          tearDown(id).effect(Reply.Refused.class).rejection());
    }
  }
}
