package io.proffer.master.core.rule.agent;

import io.proffer.api.acl.Action;
import io.proffer.api.id.AgentId;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.MachineID;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.fact.Drain;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.EndOffers;
import io.proffer.master.core.validate.MaintenanceValidation;
import java.util.Optional;

/**
 * DRAIN_AGENT: nothing of the agent is offered any more, and it ends its tasks; when nothing is
 * left it is drained, or marked gone. One that is away is told when it comes back.
 */
public final class DrainAgent {
  private DrainAgent() {}

  public static void decide(OperatorCommand.Drain drain, Turn turn) {
    var refusal = refusal(drain, turn);
    if (refusal.isPresent()) {
      turn.reject(drain.replyTo(), refusal.get());
      return;
    }
    var id = drain.agent();
    EndOffers.rescindOn(id, turn);
    var order = new Drain(drain.config(), turn.moment().wall(), false);
    turn.emit(new AgentEvent.OrdersChanged(id, Orders.draining(order)));
    turn.state()
        .agents()
        .session(id)
        .ifPresent(session -> turn.send(new ToAgent.Drain(session, drain.config())));
    turn.send(new Reply.Done(drain.replyTo()));
  }

  private static Optional<Rejection> refusal(OperatorCommand.Drain drain, Turn turn) {
    if (drain.config().getMarkGone() && !drain.rights().allow(Action.MARK_AGENT_GONE)) {
      return Optional.of(Rejection.forbidden());
    }
    if (!turn.state().agents().isKnown(drain.agent())) {
      return Optional.of(Rejection.invalid("Unknown agent"));
    }
    var machine = plannedMachine(drain.agent(), turn);
    if (machine.isPresent()) {
      return Optional.of(
          Rejection.invalid(
              "Agent "
                  + drain.agent()
                  + " is part of a maintenance schedule under "
                  + MaintenanceValidation.text(machine.get())));
    }
    if (!isCapable(drain.agent(), turn)) {
      return Optional.of(
          Rejection.invalid("Agent " + drain.agent() + " is not capable of draining"));
    }
    return Optional.empty();
  }

  private static Optional<MachineID> plannedMachine(AgentId id, Turn turn) {
    return turn.state()
        .agents()
        .find(id)
        .filter(agent -> turn.state().maintenance().of(agent).isPresent())
        .map(
            agent ->
                MachineID.newBuilder()
                    .setHostname(agent.info().getHostname())
                    .setIp(agent.ip())
                    .build());
  }

  /** One that is away says whether it is when it comes back. */
  private static boolean isCapable(AgentId id, Turn turn) {
    var agent = turn.state().agents().find(id);
    return agent.isEmpty()
        || agent.get().capabilities().stream()
            .anyMatch(can -> can.getType() == AgentInfo.Capability.Type.AGENT_DRAINING);
  }
}
