package io.proffer.master.core.rule.framework;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Answers;
import io.proffer.master.core.step.EndOffers;
import io.proffer.master.core.step.Gatekeeper;
import io.proffer.master.core.step.TellAgents;
import io.proffer.master.core.validate.FrameworkValidation;
import java.util.List;
import java.util.Optional;

/**
 * SUBSCRIBE: a framework comes, or comes back; the newest stream wins (scheduler-api, section 2).
 */
public final class SubscribeFramework {
  private SubscribeFramework() {}

  public static void decide(SchedulerCommand.Subscribe subscribe, Turn turn) {
    var info = subscribe.info();
    var principal = subscribe.rights().principal();
    if (principal.isPresent()
        && info.hasPrincipal()
        && !principal.get().equals(info.getPrincipal())) {
      var text = Gatekeeper.principalText(principal.get(), info.getPrincipal());
      turn.reject(
          subscribe.replyTo(), Rejection.invalid("Failed to validate scheduler::Call: " + text));
      return;
    }
    if (principal.isPresent() && info.getPrincipal().isEmpty()) {
      info = info.toBuilder().setPrincipal(principal.get()).build();
    }
    if (info.hasId() && info.getId().getValue().isEmpty()) {
      // Some clients that have no id yet send an empty one.
      info = info.toBuilder().clearId().build();
    }
    var error = refusal(subscribe, info, turn);
    if (error.isPresent()) {
      turn.send(new ToFramework.Failed(subscribe.streamId(), error.get()));
      return;
    }
    var known =
        info.hasId()
            ? turn.state().frameworks().find(FrameworkId.of(info.getId()))
            : Optional.<Framework>empty();
    if (known.isPresent()) {
      returns(known.get(), subscribe, info, turn);
    } else {
      comes(subscribe, info, turn);
    }
  }

  private static Optional<String> refusal(
      SchedulerCommand.Subscribe subscribe, FrameworkInfo info, Turn turn) {
    return FrameworkRefusals.ofInfo(info, turn.settings())
        .or(() -> checkRemoved(info, turn))
        .or(
            () ->
                FrameworkRefusals.ofWishes(
                    info, subscribe.suppressedRoles(), subscribe.constraints(), turn.settings()))
        .or(() -> FrameworkRefusals.ofRoles(info, subscribe.rights()))
        .or(() -> checkPrincipal(info, turn));
  }

  private static Optional<String> checkRemoved(FrameworkInfo info, Turn turn) {
    return info.hasId() && turn.state().isRemoved(FrameworkId.of(info.getId()))
        ? Optional.of("Framework has been removed")
        : Optional.empty();
  }

  private static Optional<String> checkPrincipal(FrameworkInfo info, Turn turn) {
    if (!info.hasId()) {
      return Optional.empty();
    }
    return turn.state()
        .frameworks()
        .find(FrameworkId.of(info.getId()))
        .flatMap(known -> FrameworkValidation.checkPrincipal(known.info(), info));
  }

  /** New, or with an id that this master does not know: that of a master that is no more. */
  private static void comes(SchedulerCommand.Subscribe subscribe, FrameworkInfo info, Turn turn) {
    var id =
        info.hasId()
            ? FrameworkId.of(info.getId())
            : turn.state().frameworks().freeId(turn.state().masterId());
    var row =
        new Framework(
            id,
            info.toBuilder().setId(id.message()).build(),
            Capabilities.of(info),
            FrameworkValidation.roles(info),
            subscribe.suppressedRoles().stream().distinct().toList(),
            subscribe.constraints(),
            new FrameworkLink.Connected(subscribe.streamId()),
            turn.moment().wall(),
            Optional.empty(),
            Resources.empty(),
            Resources.empty());
    turn.emit(new FrameworkEvent.Added(row));
    turn.send(new ToFramework.Subscribed(subscribe.streamId(), id));
  }

  private static void returns(
      Framework known, SchedulerCommand.Subscribe subscribe, FrameworkInfo info, Turn turn) {
    known.stream()
        .ifPresent(
            old -> {
              Answers.forget(old, turn);
              turn.send(new ToFramework.Failed(old, "Framework failed over"));
            });
    EndOffers.dropOf(known.id(), turn);
    var suppressed = subscribe.suppressedRoles().stream().distinct().toList();
    var roles = FrameworkValidation.roles(info);
    var revived =
        known.suppressed().stream()
            .filter(role -> roles.contains(role) && !suppressed.contains(role))
            .toList();
    if (!revived.isEmpty()) {
      turn.emit(new FrameworkEvent.Revived(known.id(), revived));
    }
    var row = row(known, info, roles, suppressed, subscribe, turn);
    turn.emit(new FrameworkEvent.Updated(row));
    TellAgents.ofChange(known, row, turn);
    turn.send(new ToFramework.Subscribed(subscribe.streamId(), known.id()));
  }

  /** User and checkpoint stay as they were; all else is as asked for now. */
  private static Framework row(
      Framework known,
      FrameworkInfo info,
      List<String> roles,
      List<String> suppressed,
      SchedulerCommand.Subscribe subscribe,
      Turn turn) {
    boolean first = known.link() instanceof FrameworkLink.Recovered;
    return new Framework(
        known.id(),
        info.toBuilder()
            .setUser(known.info().getUser())
            .setCheckpoint(known.info().getCheckpoint())
            .build(),
        Capabilities.of(info),
        roles,
        suppressed,
        subscribe.constraints(),
        new FrameworkLink.Connected(subscribe.streamId()),
        first ? turn.moment().wall() : known.registered(),
        first ? Optional.empty() : Optional.of(turn.moment().wall()),
        known.allocated(),
        turn.state().frameworks().find(known.id()).orElseThrow().offered());
  }
}
