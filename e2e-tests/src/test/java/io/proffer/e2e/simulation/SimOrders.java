package io.proffer.e2e.simulation;

import com.google.protobuf.ByteString;
import io.proffer.api.http.Calls;
import io.proffer.api.http.Header;
import io.proffer.api.http.MediaType;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.WeightInfo;
import io.proffer.api.v1.master.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** An operator who gives orders to whichever master leads, and remembers which were taken. */
final class SimOrders {
  private static final String HOST = "orders";
  private static final Duration PAUSE = Duration.ofSeconds(9);

  /** So many that some registries take them in pieces. */
  private static final int MOST_ROLES = 12;

  private final SimNetwork network;
  private final SimProcess process;
  private final Reigns reigns;
  private final Truth truth;
  private final SplittableRandom chance;
  private String master;
  private int given;
  private boolean drained;
  private boolean over;

  SimOrders(SimNetwork network, Reigns reigns, Truth truth) {
    this.truth = truth;
    this.network = network;
    this.process = new SimProcess(network.world(), HOST);
    this.reigns = reigns;
    this.chance = network.world().chance(HOST);
    this.master = network.masters().getFirst();
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
    var type = MediaType.PROTOBUF.text();
    var request =
        new SimNetwork.Request(
            "/api/v1",
            Map.of("Content-Type", type, "Accept", type),
            ByteString.copyFrom(Calls.encode(call, MediaType.PROTOBUF)),
            false);
    network.send(process, master, request, new Answer(taken));
  }

  private final class Answer implements SimNetwork.Reader {
    private final Runnable taken;
    private int status;

    Answer(Runnable taken) {
      this.taken = taken;
    }

    @Override
    public void head(int status, List<Header> headers) {
      this.status = status;
      headers.stream()
          .filter(header -> header.name().equals("Location"))
          .forEach(header -> master = SimClient.hostIn(header.value()));
    }

    @Override
    public void piece(byte[] bytes) {}

    @Override
    public void ended() {
      switch (status) {
        case 200, 202 -> taken.run();
        case 503 -> failed("another leads");
        default -> {}
      }
    }

    @Override
    public void failed(String why) {
      master = network.masters().get(chance.nextInt(network.masters().size()));
    }
  }
}
