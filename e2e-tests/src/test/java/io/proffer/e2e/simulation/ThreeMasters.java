package io.proffer.e2e.simulation;

import io.proffer.master.core.state.CoreSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Masters that elect one of them by ZooKeeper, where the registry is too. */
final class ThreeMasters implements Swarm.Masters {
  static final List<String> HOSTS = List.of("master1", "master2", "master3");

  private final SimNetwork network;
  private final SimZooKeeper zooKeeper;
  private final Reigns reigns;
  private final SimOrders orders;
  private final List<SimCandidate> candidates = new ArrayList<>();

  ThreeMasters(SimNetwork network, CoreSettings settings, Duration pingTimeout, Truth truth) {
    this.network = network;
    var world = network.world();
    zooKeeper = new SimZooKeeper(world);
    reigns = new Reigns(world, zooKeeper);
    orders = new SimOrders(network, reigns, truth);
    // One that was stopped has to go on first.
    var offers = settings.offerTimeout().map(it -> it.plus(Intrigue.LONGEST_STOP));
    for (var host : HOSTS) {
      var watch = new MasterWatch(world, truth, offers, host, Optional.of(reigns));
      candidates.add(
          new SimCandidate(world, network, zooKeeper, host, settings, pingTimeout, watch, reigns));
    }
  }

  @Override
  public void start() {
    candidates.forEach(SimCandidate::start);
    orders.start();
  }

  @Override
  public boolean serve() {
    return candidates.stream().anyMatch(SimCandidate::serves);
  }

  @Override
  public List<String> openEnds() {
    var leaders = candidates.stream().filter(SimCandidate::serves).toList();
    if (leaders.size() != 1) {
      return List.of(leaders.size() + " masters lead");
    }
    var ends = new ArrayList<>(leaders.getFirst().watch().books().openEnds());
    ends.addAll(orders.openEnds());
    return ends;
  }

  @Override
  public Set<Class<?>> lived() {
    var lived = new HashSet<Class<?>>();
    candidates.forEach(one -> lived.addAll(one.watch().lived()));
    return lived;
  }

  @Override
  public Optional<Reigns> reigns() {
    return Optional.of(reigns);
  }

  @Override
  public Trouble trouble(List<SimAgent> agents, List<SimFramework> frameworks) {
    return new Intrigue(network, zooKeeper, reigns, orders, candidates, agents, frameworks);
  }
}
