package io.proffer.master.core.rule.agent;

import io.proffer.api.id.AgentId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.AgentLink;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.AgentReturn;
import io.proffer.master.core.step.ClearAgent;
import io.proffer.master.core.step.EndOffers;
import java.time.Instant;
import java.util.Optional;

/**
 * An agent opens a session: it registers, or comes back with what it runs (lifecycle, section 4).
 */
public final class SubscribeAgent {
  private SubscribeAgent() {}

  public static void decide(AgentCommand.Subscribe subscribe, Turn turn) {
    if (turn.state().maintenance().isDown(subscribe.info().getHostname(), subscribe.ip())) {
      turn.send(new ToAgent.Shutdown(subscribe.session(), "Machine is `DOWN`"));
    } else if (subscribe.info().hasId()) {
      reregister(AgentId.of(subscribe.info().getId()), subscribe, turn);
    } else {
      register(subscribe, turn);
    }
  }

  private static void register(AgentCommand.Subscribe subscribe, Turn turn) {
    var there = turn.state().agents().findByAddress(subscribe.ip(), subscribe.info().getPort());
    if (there.isPresent() && subscribe.said().isNoLaterThan(there.get().said())) {
      tooLate(subscribe, turn);
      return;
    }
    if (there.isPresent() && there.get().session().isPresent()) {
      // It has not heard its id yet, or lost its memory: the same id is repeated.
      comesBack(there.get(), subscribe, turn);
      return;
    }
    there.ifPresent(
        old -> ClearAgent.remove(old, "a new agent registered at the same address", turn));
    var id = turn.state().agents().freeId(turn.state().masterId());
    var agent = row(id, subscribe, turn, turn.moment().wall(), Optional.empty());
    turn.emit(new AgentEvent.Admitted(agent.info()));
    turn.emit(new AgentEvent.Registered(agent));
    turn.send(new ToAgent.Registered(subscribe.session(), id));
    AgentReturn.welcome(agent, false, subscribe, Optional.empty(), turn);
  }

  private static void reregister(AgentId id, AgentCommand.Subscribe subscribe, Turn turn) {
    var known = turn.state().agents().find(id);
    if (turn.state().agents().isGone(id)) {
      turn.send(new ToAgent.Shutdown(subscribe.session(), ClearAgent.GONE));
    } else if (known.isEmpty() && turn.state().works().concerns(id)) {
      turn.send(new ToAgent.Close(subscribe.session())); // it tries again when the books are clear
    } else if (known.isEmpty()) {
      returns(id, subscribe, turn);
    } else if (subscribe.said().isOutdatedBy(known.get().said())) {
      tooLate(subscribe, turn);
    } else if (known.get().ip().equals(subscribe.ip())
        && known.get().info().getHostname().equals(subscribe.info().getHostname())) {
      comesBack(known.get(), subscribe, turn);
    } else {
      turn.send(
          new ToAgent.Shutdown(
              subscribe.session(), "Agent attempted to reregister with different IP / hostname"));
    }
  }

  /** Under way for so long that it has said later what it runs: nobody listens any more. */
  private static void tooLate(AgentCommand.Subscribe subscribe, Turn turn) {
    turn.send(new ToAgent.Close(subscribe.session()));
  }

  /** Registered already: its tasks are compared with the books. */
  private static void comesBack(Agent known, AgentCommand.Subscribe subscribe, Turn turn) {
    known.session().ifPresent(old -> turn.send(new ToAgent.Close(old)));
    EndOffers.rescindOn(known.id(), turn);
    var now = turn.state().agents().find(known.id()).orElseThrow();
    var agent =
        row(known.id(), subscribe, turn, known.registered(), Optional.of(turn.moment().wall()))
            .withAllocated(now.allocated());
    if (!agent.info().equals(known.info())) {
      turn.emit(new AgentEvent.Admitted(agent.info()));
    }
    turn.emit(new AgentEvent.Reregistered(agent));
    turn.send(new ToAgent.Registered(subscribe.session(), agent.id()));
    drainAgain(agent, turn);
    // What it said before was under way for longer than it took to hear another master.
    var outdated = agent.said().replaces(known.said()) && !subscribe.followedThis();
    AgentReturn.compare(agent, subscribe, outdated, turn);
  }

  /** From the registry, or from out of reach, or never heard of: all it runs joins the books. */
  private static void returns(AgentId id, AgentCommand.Subscribe subscribe, Turn turn) {
    var agents = turn.state().agents();
    var recovered = agents.recovered(id);
    boolean unreachable = agents.unreachableSince(id).isPresent();
    var wall = turn.moment().wall();
    var agent = row(id, subscribe, turn, wall, Optional.of(wall));
    if (recovered.isEmpty()) {
      turn.emit(new AgentEvent.MarkedReachable(agent.info()));
    } else if (!recovered.get().equals(agent.info())) {
      turn.emit(new AgentEvent.Admitted(agent.info()));
    }
    turn.emit(new AgentEvent.Registered(agent));
    turn.send(new ToAgent.Registered(subscribe.session(), id));
    drainAgain(agent, turn);
    // The repeated syllable is the protocol's.
    var message =
        recovered.isPresent()
            ? Optional.<String>empty()
            : Optional.of(
                unreachable ? "Unreachable agent re-reregistered" : "Unknown agent reregistered");
    AgentReturn.welcome(agent, recovered.isPresent() || unreachable, subscribe, message, turn);
  }

  /** It may not have heard the order, or what it heard may be an older one. */
  private static void drainAgain(Agent agent, Turn turn) {
    if (agent.orders().isDraining()) {
      var config = agent.orders().drain().orElseThrow().config();
      turn.send(new ToAgent.Drain(agent.session().orElseThrow(), config));
    }
  }

  private static Agent row(
      AgentId id,
      AgentCommand.Subscribe subscribe,
      Turn turn,
      Instant registered,
      Optional<Instant> reregistered) {
    AgentInfo info = subscribe.info().toBuilder().setId(id.message()).build();
    return new Agent(
        id,
        info,
        subscribe.ip(),
        subscribe.version(),
        subscribe.capabilities(),
        subscribe.resourceVersion(),
        new AgentLink.Connected(subscribe.session()),
        turn.state().agents().orders(id),
        Resources.of(info.getResourcesList()),
        Resources.empty(),
        Resources.empty(),
        registered,
        reregistered,
        subscribe.said());
  }
}
