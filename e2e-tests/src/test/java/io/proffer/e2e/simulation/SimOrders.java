package io.proffer.e2e.simulation;

import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.WeightInfo;
import io.proffer.api.v1.master.Call;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** An operator who gives orders to whichever master leads, and remembers which were taken. */
final class SimOrders {
  private static final String HOST = "orders";
  private static final Duration PAUSE = Duration.ofSeconds(9);

  /** So many that some registries take them in pieces. */
  private static final int MOST_ROLES = 12;

  private final SimProcess process;
  private final Reigns reigns;
  private final Truth truth;
  private final SplittableRandom chance;
  private final SimCaller caller;
  private int given;
  private boolean drained;
  private boolean over;

  SimOrders(SimNetwork network, Reigns reigns, Truth truth) {
    this.truth = truth;
    this.process = new SimProcess(network.world(), HOST);
    this.reigns = reigns;
    this.chance = network.world().chance(HOST);
    this.caller = new SimCaller(network, process, chance);
  }

  void start() {
    process.every(
        PAUSE,
        () -> {
          if (!over) {
            order();
          }
        });
  }

  void end() {
    over = true;
  }

  private void order() {
    var agents = reigns.agents();
    if (!drained && !agents.isEmpty() && chance.nextInt(12) == 0) {
      drained = true;
      markGone(agents.get(chance.nextInt(agents.size())));
    } else {
      weigh();
    }
  }

  private void weigh() {
    var weights = Call.UpdateWeights.newBuilder();
    for (var roles = 1 + chance.nextInt(MOST_ROLES); roles > 0; roles--) {
      given++;
      weights.addWeightInfos(WeightInfo.newBuilder().setRole("order" + given).setWeight(given));
    }
    reigns.ordered(
        weights.getWeightInfosList().stream().map(WeightInfo::getRole).collect(Collectors.toSet()));
    var call = Call.newBuilder().setType(Call.Type.UPDATE_WEIGHTS).setUpdateWeights(weights);
    send(
        call.build(),
        () ->
            weights
                .getWeightInfosList()
                .forEach(one -> reigns.weighs(one.getRole(), one.getWeight())));
  }

  private void markGone(String agent) {
    truth.drained(agent);
    var drain =
        Call.DrainAgent.newBuilder()
            .setAgentId(AgentID.newBuilder().setValue(agent))
            .setMarkGone(true);
    send(Call.newBuilder().setType(Call.Type.DRAIN_AGENT).setDrainAgent(drain).build(), () -> {});
  }

  private void send(Call call, Runnable taken) {
    caller.call(
        call,
        (status, body) -> {
          if (status == 200 || status == 202) {
            taken.run();
          }
        });
  }
}
