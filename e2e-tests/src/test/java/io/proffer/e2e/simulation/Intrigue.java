package io.proffer.e2e.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Breaks what three masters stand on, and the rest of their cluster, and mends it after a while.
 */
final class Intrigue extends Trouble {
  static final Duration LONGEST_STOP = Duration.ofSeconds(45);

  private static final int MOST_PAUSE_SECONDS = 10;

  private final SimZooKeeper zooKeeper;
  private final Reigns reigns;
  private final SimOrders orders;
  private final List<SimCandidate> masters;
  private final SimFarewells farewells;

  Intrigue(
      SimNetwork network,
      SimZooKeeper zooKeeper,
      Reigns reigns,
      SimOrders orders,
      List<SimCandidate> masters,
      List<SimAgent> agents,
      List<SimFramework> frameworks) {
    super(network, agents, frameworks, "intrigue");
    this.zooKeeper = zooKeeper;
    this.reigns = reigns;
    this.orders = orders;
    this.masters = masters;
    this.farewells = new SimFarewells(network, reigns::isBack, frameworks);
  }

  @Override
  void start() {
    world.after(seconds(MOST_PAUSE_SECONDS), this::strike);
    supervise();
  }

  @Override
  void end() {
    over = true;
    orders.end();
    network.weather(Weather.FAIR);
    network.heal();
    zooKeeper.up();
    zooKeeper.slowness(1);
    for (var master : masters) {
      zooKeeper.heal(master.host());
      zooKeeper.rejoin(master.host());
      master.process().goOn();
    }
    agents.forEach(agent -> agent.disk().mend());
    agents.stream().filter(agent -> !agent.alive()).forEach(SimAgent::start);
    farewells.start();
  }

  /** What is dead is started again, as whoever looks after processes would. */
  private void supervise() {
    world.after(
        over ? Duration.ofSeconds(5) : seconds(15),
        () -> {
          masters.stream().filter(one -> !one.alive()).forEach(SimCandidate::start);
          if (over) {
            agents.stream().filter(agent -> !agent.alive()).forEach(SimAgent::start);
          }
          supervise();
        });
  }

  private void strike() {
    if (over) {
      return;
    }
    var leader = masters.stream().filter(SimCandidate::serves).findFirst();
    // Rather him who has something to lose.
    var master = leader.filter(one -> chance.nextInt(4) > 0).orElseGet(() -> any(masters));
    switch (chance.nextInt(21)) {
      case 0 -> ifAlive(master, SimCandidate::kill);
      case 1, 2 -> pause(master);
      case 3 -> cutFromZooKeeper(master);
      case 4 -> zooKeeper.sever(master.host());
      case 5 -> expire(master);
      case 6 -> clockJumps(master);
      case 7 -> cutFromOthers(master);
      case 8 -> {
        zooKeeper.down();
        later(seconds(15), zooKeeper::up);
      }
      case 9 -> {
        zooKeeper.slowness(1 + chance.nextInt(2_000));
        later(seconds(20), () -> zooKeeper.slowness(1));
      }
      case 16 -> {
        zooKeeper.slowness(master.host(), 1_000 + chance.nextInt(4_000));
        later(seconds(60), () -> zooKeeper.slowness(master.host(), 1));
      }
      case 10 -> network.weather(Weather.drawn(chance));
      case 11 -> network.sever(any(names()));
      case 12 -> any(frameworks).drop();
      case 13 -> killAgent();
      case 14 -> {
        var disk = any(agents).disk();
        disk.slowness(1 + chance.nextInt(300));
        later(seconds(20), () -> disk.slowness(1));
      }
      case 15 -> {
        var agent = any(agents);
        agent.disk().failNext();
        later(seconds(60), () -> revive(agent));
      }
      case 18 -> fillDisk();
      case 19 -> stopAgent();
      case 17 -> {
        zooKeeper.strand(master.host());
        later(seconds(20), () -> zooKeeper.rejoin(master.host()));
      }
      default -> {
        var name = any(names());
        cut(master.host(), name);
        if (chance.nextBoolean()) {
          cut(name, master.host());
        }
      }
    }
    world.after(seconds(MOST_PAUSE_SECONDS), this::strike);
  }

  private void ifAlive(SimCandidate master, Consumer<SimCandidate> work) {
    if (master.alive()) {
      work.accept(master);
    }
  }

  /** It goes on believing what it believed. */
  private void pause(SimCandidate master) {
    ifAlive(
        master,
        one -> {
          var process = one.process();
          process.pause();
          later(seconds(chance.nextBoolean() ? 6 : 40), process::goOn);
        });
  }

  private void cutFromZooKeeper(SimCandidate master) {
    zooKeeper.cut(master.host());
    later(seconds(chance.nextBoolean() ? 8 : 40), () -> zooKeeper.heal(master.host()));
  }

  /** From ZooKeeper's side, before its time: the master learns of it when it asks again. */
  private void expire(SimCandidate master) {
    if (master.session() != 0) {
      var session = master.session();
      reigns.expired(SimCandidate.SESSION);
      if (chance.nextBoolean()) {
        // It cannot ask, and agents come to it while another leads.
        zooKeeper.cut(master.host());
        later(seconds(8), () -> zooKeeper.heal(master.host()));
        for (var agent : agents) {
          later(seconds(3), () -> network.sever(agent.name()));
          later(seconds(5), () -> network.sever(agent.name()));
        }
      }
      zooKeeper.expire(session);
    }
  }

  private void clockJumps(SimCandidate master) {
    ifAlive(
        master, one -> one.clockError(Duration.ofSeconds(chance.nextInt(2_000_000) - 1_000_000)));
  }

  private void cutFromOthers(SimCandidate master) {
    for (var name : names()) {
      cut(master.host(), name);
      cut(name, master.host());
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
    later(
        seconds(chance.nextInt(3) == 0 ? 100 : 20),
        () -> {
          if (chance.nextBoolean()) {
            network.sever(network.masters().contains(from) ? to : from);
          }
          network.heal(from, to);
        });
  }
}
