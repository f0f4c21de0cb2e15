package io.proffer.e2e.simulation;

import java.time.Duration;
import java.util.List;

/** Breaks things of a cluster with one master, and mends them after a while. */
final class Nemesis extends Trouble {
  private static final int MOST_PAUSE_SECONDS = 12;

  private final SimMaster master;
  private final SimDisk masterDisk;
  private final SimFarewells farewells;

  Nemesis(
      SimNetwork network,
      SimMaster master,
      SimDisk masterDisk,
      List<SimAgent> agents,
      List<SimFramework> frameworks) {
    super(network, agents, frameworks, "nemesis");
    this.master = master;
    this.masterDisk = masterDisk;
    // A master that is alone tells who asks whether it knows one that has left.
    this.farewells = new SimFarewells(network, framework -> true, frameworks);
  }

  @Override
  void start() {
    world.after(seconds(MOST_PAUSE_SECONDS), this::strike);
  }

  @Override
  void end() {
    over = true;
    network.weather(Weather.FAIR);
    network.heal();
    masterDisk.mend();
    agents.forEach(agent -> agent.disk().mend());
    supervise();
    farewells.start();
  }

  /** A write that has failed may end one of them yet. */
  private void supervise() {
    if (!master.alive()) {
      master.start();
    }
    agents.stream().filter(agent -> !agent.alive()).forEach(SimAgent::start);
    world.after(Duration.ofSeconds(5), this::supervise);
  }

  private void strike() {
    if (over) {
      return;
    }
    switch (chance.nextInt(18)) {
      case 0 -> killMaster();
      case 1 -> killAgent();
      case 2, 3 -> network.weather(Weather.drawn(chance));
      case 4 -> cut(SimMaster.HOST, any(names()));
      case 5 -> cut(any(names()), SimMaster.HOST);
      case 6 -> {
        var name = any(names());
        cut(SimMaster.HOST, name);
        cut(name, SimMaster.HOST);
      }
      case 7 -> any(frameworks).drop();
      case 8, 9 -> network.sever(any(names()));
      case 10 -> {
        masterDisk.slowness(1 + chance.nextInt(300));
        later(seconds(20), () -> masterDisk.slowness(1));
      }
      case 11 -> {
        var name = any(names());
        network.slow(name, 300 + chance.nextInt(5_000));
        later(seconds(60), () -> network.quick(name));
      }
      case 12 -> {
        var disk = any(agents).disk();
        disk.slowness(1 + chance.nextInt(300));
        later(seconds(20), () -> disk.slowness(1));
      }
      case 13 -> {
        var agent = any(agents);
        agent.disk().failNext();
        later(seconds(60), () -> revive(agent));
      }
      case 14 -> fillDisk();
      case 16 -> stopAgent();
      case 15 -> {
        masterDisk.fill();
        later(seconds(20), masterDisk::free);
      }
      default -> {
        masterDisk.failNext();
        later(seconds(10), this::reviveMaster);
      }
    }
    reviveMaster();
    world.after(seconds(MOST_PAUSE_SECONDS), this::strike);
  }

  private void killMaster() {
    if (master.alive()) {
      master.kill();
    }
  }

  private void reviveMaster() {
    if (!master.alive()) {
      later(
          seconds(chance.nextInt(4) == 0 ? 100 : 5),
          () -> {
            if (!master.alive()) {
              master.start();
            }
          });
    }
  }

  private void killAgent() {
    var agent = any(agents);
    if (agent.alive()) {
      agent.kill();
      if (chance.nextInt(3) == 0) {
        agent.disk().wipe();
      }
      later(seconds(60), () -> revive(agent));
    }
  }

  private void cut(String from, String to) {
    network.cut(from, to);
    var host = from.equals(SimMaster.HOST) ? to : from;
    later(
        seconds(chance.nextInt(3) == 0 ? 150 : 20),
        () -> {
          if (chance.nextBoolean()) {
            network.sever(host); // What waited was given up before it could get through.
          }
          network.heal(from, to);
        });
  }
}
