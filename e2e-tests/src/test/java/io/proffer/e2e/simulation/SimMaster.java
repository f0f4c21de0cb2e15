package io.proffer.e2e.simulation;

import io.proffer.api.v1.Address;
import io.proffer.api.v1.MasterInfo;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.registry.Recovered;
import io.proffer.master.registry.Registry;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** A master of real parts, from the endpoints inwards; it can be killed and started again. */
final class SimMaster {
  static final String HOST = "master";

  private final World world;
  private final SimNetwork network;
  private final SimDisk disk;
  private final CoreSettings settings;
  private final Duration pingTimeout;
  private final MasterWatch watch;
  private final SplittableRandom chance;
  private SimProcess process;
  private SimTerm term;

  /**
   * @param pingTimeout how often agents are pinged; five without an answer, and one is out of reach
   */
  SimMaster(
      World world,
      SimNetwork network,
      SimDisk disk,
      CoreSettings settings,
      Duration pingTimeout,
      MasterWatch watch) {
    this.world = world;
    this.network = network;
    this.disk = disk;
    this.settings = settings;
    this.pingTimeout = pingTimeout;
    this.watch = watch;
    this.chance = world.chance("budgets");
  }

  boolean alive() {
    return process != null && process.alive();
  }

  void kill() {
    process.kill();
  }

  /** Opens the registry, writes a new epoch, and serves. */
  void start() {
    process = new SimProcess(world, HOST);
    var journal = disk.open(process, () -> term.wake());
    var recovered = Recovered.from(journal.load());
    var epoch = Math.max(recovered.epoch() + 1, world.wall().toEpochMilli());
    var life = process;
    term =
        new SimTerm(
            new SimTerm.Parts(life, settings, pingTimeout, watch, chance),
            new SimTerm.Store(journal, recovered, epoch, disk::held),
            new SimTerm.Leader(ids -> info(ids.next().toString()), () -> {}, cause -> life.kill()));
    var served = term;
    journal
        .append(List.of(Registry.epoch(epoch)))
        .whenComplete(
            (done, cause) -> {
              if (cause == null) {
                network.listen(life, served::serve);
                served.start();
              } else {
                life.kill();
              }
            });
  }

  private static MasterInfo info(String id) {
    return MasterInfo.newBuilder()
        .setId(id)
        .setIp(1)
        .setPort(5050)
        .setHostname(HOST)
        .setAddress(Address.newBuilder().setHostname(HOST).setIp("10.0.0.1").setPort(5050))
        .build();
  }
}
