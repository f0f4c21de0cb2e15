package io.proffer.e2e.simulation;

import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.WeightInfo;
import io.proffer.api.v1.master.Call;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
  private final Optional<SimRulings> rulings;
  private int given;
  private boolean drained;
  private boolean over;

  SimOrders(SimNetwork network, Reigns reigns, Truth truth) {
    this.truth = truth;
    this.process = new SimProcess(network.world(), HOST);
    this.reigns = reigns;
    this.chance = network.world().chance(HOST);
    this.caller = new SimCaller(network, process, chance);
    this.rulings = rulings(network, reigns, truth);
  }

  void start() {
    process.every(
        PAUSE,
        () -> {
          if (!over) {
            order();
          }
        });
    rulings.ifPresent(SimRulings::start);
  }

  void end() {
    over = true;
    rulings.ifPresent(SimRulings::end);
  }

  /** What is not yet as it should be in the end. */
  List<String> openEnds() {
    return rulings.map(SimRulings::openEnds).orElse(List.of());
  }

  /** Not in every history: where agents get no offers, or are emptied, less happens to tasks. */
  private static Optional<SimRulings> rulings(SimNetwork network, Reigns reigns, Truth truth) {
    return network.world().chance("whether there are rulings").nextInt(3) > 0
        ? Optional.of(new SimRulings(network, reigns, truth))
        : Optional.empty();
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
    reigns.pledges().duty(agent).release();
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
