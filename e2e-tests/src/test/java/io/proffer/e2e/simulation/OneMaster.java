package io.proffer.e2e.simulation;

import io.proffer.master.core.state.CoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A master that is alone, with its registry on a disk. */
final class OneMaster implements Swarm.Masters {
  static final List<String> HOSTS = List.of(SimMaster.HOST);

  private final SimNetwork network;
  private final SimDisk disk;
  private final MasterWatch watch;
  private final SimMaster master;

  OneMaster(SimNetwork network, CoreSettings settings, Duration pingTimeout, Truth truth) {
    this.network = network;
    var world = network.world();
    watch = new MasterWatch(world, truth, settings.offerTimeout());
    disk = new SimDisk(world, SimMaster.HOST);
    master = new SimMaster(world, network, disk, settings, pingTimeout, watch);
  }

  @Override
  public void start() {
    master.start();
  }

  /** It leads as soon as it runs. */
  @Override
  public boolean serve() {
    return true;
  }

  @Override
  public List<String> openEnds() {
    return watch.books().openEnds();
  }

  @Override
  public Set<Class<?>> lived() {
    return watch.lived();
  }

  @Override
  public Optional<Reigns> reigns() {
    return Optional.empty();
  }

  @Override
  public Trouble trouble(List<SimAgent> agents, List<SimFramework> frameworks) {
    return new Nemesis(network, master, disk, agents, frameworks);
  }
}
