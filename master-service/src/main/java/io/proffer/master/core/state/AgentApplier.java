package io.proffer.master.core.state;

import io.proffer.api.id.AgentId;
import io.proffer.kernel.Moment;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.fact.AgentLink;

/** What agent events change. */
final class AgentApplier {
  private AgentApplier() {}

  static void apply(AgentEvent event, MasterState state, Moment moment) {
    var agents = state.agents();
    switch (event) {
      // The registry's alone: rows follow in Registered and Reregistered.
      case AgentEvent.Admitted _ -> {}
      case AgentEvent.MarkedReachable(var info) -> {
        var id = AgentId.of(info.getId());
        agents.markReachable(id);
        state.tasks().forgetUnreachable(id);
      }
      case AgentEvent.MarkedUnreachable(var id, var at) -> {
        agents.markUnreachable(id, at);
        state.inverseOffers().forget(id);
        expectNoMore(id, state, moment);
        state.watchLost(moment);
      }
      case AgentEvent.Removed(var id) -> {
        agents.forget(id);
        state.inverseOffers().forget(id);
        expectNoMore(id, state, moment);
      }
      // The allocator's alone.
      case AgentEvent.Whitelisted _ -> {}
      case AgentEvent.MarkedGone(var id, var at) -> {
        agents.markGone(id, at);
        state.inverseOffers().forget(id);
        expectNoMore(id, state, moment);
        state.watchLost(moment);
      }
      case AgentEvent.Pruned(var id) -> {
        agents.prune(id);
        state.tasks().forgetUnreachable(id);
      }
      case AgentEvent.OrdersChanged(var id, var orders) -> agents.order(id, orders);
      case AgentEvent.Registered(var agent) -> {
        agents.useId(agent.id(), state.masterId());
        agents.put(agent);
        expectNoMore(agent.id(), state, moment);
      }
      case AgentEvent.Reregistered(var agent) -> {
        agents.put(agent);
        expectNoMore(agent.id(), state, moment);
      }
      case AgentEvent.Disconnected(var id, var since) -> {
        agents.put(agents.find(id).orElseThrow().withLink(new AgentLink.Disconnected(since)));
        state
            .deadlines()
            .schedule(
                new Due.ReregisterTimeout(id),
                Durations.after(
                    moment.monotonicNanos(), state.settings().agentReregisterTimeout().toNanos()));
      }
    }
  }

  /** It is back, or nobody waits for it any more. */
  private static void expectNoMore(AgentId id, MasterState state, Moment moment) {
    state.deadlines().cancel(new Due.ReregisterTimeout(id));
    state.removals().forget(id, moment.monotonicNanos());
  }
}
