package io.proffer.e2e.simulation;

import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.master.Call;
import io.proffer.api.v1.master.Response;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Whether one agent gets offers. Whatever was ordered of it, in the end it does again. */
final class AgentMatter implements Matter {
  private static final int LONGEST_GRACE_SECONDS = 5;

  private final AgentID agent;
  private final Docket<Duty> docket;
  private final Truth truth;
  private final SplittableRandom chance;

  /** It may have been told to take no offers, and not yet to take them again. */
  private boolean off;

  AgentMatter(String agent, Docket<Duty> docket, Truth truth, SplittableRandom chance) {
    this.agent = AgentID.newBuilder().setValue(agent).build();
    this.docket = docket;
    this.truth = truth;
    this.chance = chance;
  }

  @Override
  public void goOn() {
    if (!docket.isIdle()) {
      return;
    }
    switch (chance.nextInt(6)) {
      case 0 -> look();
      case 1 -> reactivate();
      case 2 -> drain();
      default -> turn();
    }
  }

  @Override
  public void wrapUp() {
    if (docket.isIdle() && off) {
      reactivate();
    }
  }

  /** That all agents are active is seen by who looks at the state. */
  @Override
  public List<String> openEnds() {
    return List.of();
  }

  private void turn() {
    if (off) {
      reactivate();
    } else {
      deactivate();
    }
  }

  private void deactivate() {
    off = true;
    var call = Call.newBuilder().setType(Call.Type.DEACTIVATE_AGENT);
    call.getDeactivateAgentBuilder().setAgentId(agent);
    order(new Ruling<>(call.build(), now -> Optional.of(now.off() ? now : Duty.OFF), now -> false));
  }

  private void drain() {
    off = true;
    truth.drained(agent.getValue());
    var seconds = chance.nextInt(LONGEST_GRACE_SECONDS);
    var config = DrainConfig.newBuilder().setMarkGone(false);
    config.getMaxGracePeriodBuilder().setNanoseconds(seconds * 1_000_000_000L);
    var call = Call.newBuilder().setType(Call.Type.DRAIN_AGENT);
    call.getDrainAgentBuilder().setAgentId(agent).getMaxGracePeriodBuilder().setSeconds(seconds);
    var drained = Duty.drained(config.build());
    order(new Ruling<>(call.build(), now -> Optional.of(drained), now -> false));
  }

  private void reactivate() {
    var call = Call.newBuilder().setType(Call.Type.REACTIVATE_AGENT);
    call.getReactivateAgentBuilder().setAgentId(agent);
    docket.order(
        new Ruling<>(
            call.build(),
            now -> now.off() ? Optional.of(Duty.ON) : Optional.empty(),
            Duty::mayStay),
        () -> off = false,
        why -> off = why.contains("DRAINING"));
  }

  private void order(Ruling<Duty> ruling) {
    docket.order(ruling, () -> {}, why -> {});
  }

  private void look() {
    docket.ask(Call.Type.GET_AGENTS, this::agrees, () -> {});
  }

  /** One that is away is not shown. */
  private boolean agrees(Response response, Duty duty) {
    return response.getGetAgents().getAgentsList().stream()
        .filter(one -> one.getAgentInfo().getId().equals(agent))
        .allMatch(one -> Duty.of(one).equals(duty));
  }
}
