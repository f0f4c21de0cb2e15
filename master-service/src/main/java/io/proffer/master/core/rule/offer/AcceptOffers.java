package io.proffer.master.core.rule.offer;

import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.Work;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.EndOffers;
import io.proffer.master.core.step.Gatekeeper;
import io.proffer.master.core.step.operation.AcceptOperations;
import io.proffer.master.core.step.operation.InvalidOffers;
import io.proffer.master.core.step.operation.Launches;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * ACCEPT: the offers end, and their resources go through the operations (scheduler-api, section 5).
 */
public final class AcceptOffers {
  private AcceptOffers() {}

  public static void decide(SchedulerCommand.Accept accept, Turn turn) {
    Gatekeeper.admit(accept.caller(), turn)
        .ifPresent(
            framework -> {
              var replyTo = accept.caller().replyTo();
              if (isTooMuch(framework, accept, turn)) {
                turn.reject(replyTo, tooMuch(turn.settings().maxWaitingAccepts()));
              } else {
                turn.accept(replyTo);
                accept(framework, accept, turn);
              }
            });
  }

  /** Whether it is one long call more than a framework may have on the way. */
  private static boolean isTooMuch(Framework framework, SchedulerCommand.Accept accept, Turn turn) {
    var settings = turn.settings();
    return Launches.effort(accept.operations()) > settings.turnEntities()
        && turn.state().works().countAccepts(framework.id()) >= settings.maxWaitingAccepts();
  }

  private static Rejection tooMuch(int limit) {
    return Rejection.unavailable(
        "The framework has "
            + limit
            + " long ACCEPT calls on the way, and may not have more (--max_waiting_accepts): send"
            + " this one again later");
  }

  private static void accept(Framework framework, SchedulerCommand.Accept accept, Turn turn) {
    var error = check(framework, accept.offers(), turn);
    if (error.isPresent()) {
      for (var offer : valid(framework, accept.offers(), turn)) {
        EndOffers.end(offer, OfferEvent.End.DECLINED, OptionalLong.empty(), turn);
      }
      InvalidOffers.report(framework, accept.operations(), error.get(), turn);
      return;
    }
    var offers = valid(framework, accept.offers(), turn);
    var pooled = Resources.empty();
    for (var offer : offers) {
      turn.emit(new OfferEvent.Ended(offer.id(), OfferEvent.End.ACCEPTED));
      pooled = pooled.plus(offer.resources());
    }
    var first = offers.getFirst();
    AcceptOperations.begin(
        new Work.Accept(
            framework.id(),
            first.agent(),
            first.role(),
            pooled,
            accept.operations(),
            0,
            0,
            Optional.empty(),
            accept.filters(),
            accept.caller().rights()),
        turn);
  }

  /** The offers that are valid and the framework's own, each once. */
  private static List<Offer> valid(Framework framework, List<OfferId> ids, Turn turn) {
    var valid = new ArrayList<Offer>();
    for (var id : new LinkedHashSet<>(ids)) {
      turn.state()
          .offers()
          .find(id)
          .filter(offer -> offer.framework().equals(framework.id()))
          .ifPresent(valid::add);
    }
    return valid;
  }

  private static Optional<String> check(Framework framework, List<OfferId> ids, Turn turn) {
    if (ids.isEmpty()) {
      return Optional.of("No offers specified");
    }
    var seen = new LinkedHashSet<OfferId>();
    for (var id : ids) {
      if (!seen.add(id)) {
        return Optional.of("Duplicate offer " + id + " in offer list");
      }
    }
    return checkOwner(framework, ids, turn).or(() -> checkAlike(ids, turn));
  }

  private static Optional<String> checkOwner(Framework framework, List<OfferId> ids, Turn turn) {
    for (var id : ids) {
      var offer = turn.state().offers().find(id);
      if (offer.isEmpty()) {
        return Optional.of("Offer " + id + " is no longer valid");
      }
      if (!offer.get().framework().equals(framework.id())) {
        return Optional.of(
            "Offer "
                + id
                + " has invalid framework "
                + offer.get().framework()
                + " while framework "
                + framework.id()
                + " is expected");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> checkAlike(List<OfferId> ids, Turn turn) {
    var first = turn.state().offers().find(ids.getFirst()).orElseThrow();
    for (var id : ids) {
      var offer = turn.state().offers().find(id).orElseThrow();
      if (!offer.role().equals(first.role())) {
        // The missing quotes are the protocol's.
        return Optional.of(
            "Aggregated offers must be allocated to the same role. Offer "
                + id
                + " uses role '"
                + offer.role()
                + " but another is using role '"
                + first.role());
      }
    }
    for (var id : ids) {
      var offer = turn.state().offers().find(id).orElseThrow();
      if (!offer.agent().equals(first.agent())) {
        return Optional.of(
            "Aggregated offers must belong to one single agent. Offer "
                + id
                + " uses agent "
                + offer.agent()
                + " and agent "
                + first.agent());
      }
    }
    return Optional.empty();
  }
}
