package io.proffer.master.core.step;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.MachineID;
import io.proffer.api.v1.Unavailability;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.InverseOfferEvent;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.InverseOffer;
import io.proffer.master.core.fact.Work;
import io.proffer.master.core.state.Due;
import io.proffer.master.core.state.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Frameworks that hold something of an agent whose machine is planned to be away are asked what
 * they say to that (allocator, section 9).
 *
 * <p>All machines of the plan that are still in service are visited once a second, as many agents a
 * turn as it bears: who holds something, and whose refusal has ended, is seen then. That is as
 * often as the reference looks, and no event anywhere has to know of inverse offers.
 */
public final class MakeInverseOffers {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Turn turn;
  private final Map<FrameworkId, List<ToFramework.InverseOffered>> asked = new LinkedHashMap<>();

  private MakeInverseOffers(Turn turn) {
    this.turn = turn;
  }

  /** Visits all machines of the plan. */
  public static void begin(Turn turn) {
    var machines = turn.state().maintenance().draining();
    int next = slice(machines, 0, turn);
    if (next < machines.size()) {
      var rest = new Work.MakeInverseOffers(machines, next);
      turn.emit(new WorkEvent.Begun(turn.state().works().nextId(), rest));
    } else {
      lookAgain(turn);
    }
  }

  /** One slice more; the plan may have changed since. */
  public static void resume(long workId, Work.MakeInverseOffers work, Turn turn) {
    int next = slice(work.machines(), work.next(), turn);
    if (next < work.machines().size()) {
      var rest = new Work.MakeInverseOffers(work.machines(), next);
      turn.emit(new WorkEvent.Advanced(workId, rest));
    } else {
      turn.emit(new WorkEvent.Ended(workId));
      lookAgain(turn);
    }
  }

  /** Visits these agents, of which something was offered just now. */
  public static void on(Collection<AgentId> agents, Turn turn) {
    var step = new MakeInverseOffers(turn);
    agents.forEach(step::visit);
    step.tell();
  }

  private static void lookAgain(Turn turn) {
    if (!turn.state().maintenance().draining().isEmpty()) {
      turn.putOff(new Due.InverseOffers(), EVERY);
    }
  }

  private static int slice(List<MachineID> machines, int from, Turn turn) {
    var step = new MakeInverseOffers(turn);
    int next = from;
    for (int effort = 0; next < machines.size() && effort < turn.settings().turnEntities(); ) {
      effort++;
      for (var agent : turn.state().agents().onMachine(machines.get(next))) {
        effort += step.visit(agent);
      }
      next++;
    }
    step.tell();
    return next;
  }

  /** Asks whoever holds something of it and may be asked; answers how much there was to look at. */
  private int visit(AgentId id) {
    var agent = turn.state().agents().find(id).filter(Agent::active);
    var unavailability = agent.flatMap(turn.state().maintenance()::of);
    if (unavailability.isEmpty()) {
      return 0;
    }
    for (var framework : holders(id)) {
      if (mayBeAsked(framework, id)) {
        ask(framework, agent.get(), unavailability.get());
      }
    }
    return turn.state().tasks().count(id) + turn.state().executors().count(id);
  }

  /** Those that are offered something of the agent, or use it. */
  private Set<FrameworkId> holders(AgentId agent) {
    var holders = new LinkedHashSet<FrameworkId>();
    for (var offer : turn.state().offers().on(agent)) {
      holders.add(turn.state().offers().find(offer).orElseThrow().framework());
    }
    for (var key : turn.state().tasks().on(agent)) {
      if (!holders.contains(key.framework())
          && turn.state().tasks().find(key.framework(), key.task()).orElseThrow().usesResources()) {
        holders.add(key.framework());
      }
    }
    turn.state().executors().on(agent).forEach(key -> holders.add(key.framework()));
    return holders;
  }

  private boolean mayBeAsked(FrameworkId framework, AgentId agent) {
    var inverse = turn.state().inverseOffers();
    return Statuses.stream(framework, turn).isPresent()
        && inverse
            .answer(agent, framework)
            .filter(answer -> answer.refusesAt(turn.moment().monotonicNanos()))
            .isEmpty()
        && inverse.on(agent).stream()
            .noneMatch(id -> inverse.find(id).orElseThrow().framework().equals(framework));
  }

  private void ask(FrameworkId framework, Agent agent, Unavailability unavailability) {
    var id = turn.state().offers().nextId(turn.state().masterId());
    var offer = new InverseOffer(id, framework, agent.id(), unavailability);
    turn.emit(new InverseOfferEvent.Made(offer));
    asked
        .computeIfAbsent(framework, none -> new ArrayList<>())
        .add(new ToFramework.InverseOffered(offer, agent));
  }

  private void tell() {
    asked.forEach(
        (framework, offers) ->
            Statuses.stream(framework, turn)
                .ifPresent(stream -> turn.send(new ToFramework.InverseOffers(stream, offers))));
  }
}
