package io.proffer.e2e.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What happens to a cluster that is nobody's wish, drawn from the seed. */
abstract class Trouble {
  final World world;
  final SimNetwork network;
  final List<SimAgent> agents;
  final List<SimFramework> frameworks;
  final SplittableRandom chance;

  /** Nothing more is to be broken. */
  boolean over;

  /**
   * @param name of its draws
   */
  Trouble(SimNetwork network, List<SimAgent> agents, List<SimFramework> frameworks, String name) {
    this.world = network.world();
    this.network = network;
    this.agents = agents;
    this.frameworks = frameworks;
    this.chance = world.chance(name);
  }

  abstract void start();

  /** Breaks nothing more, and mends all that is broken. */
  abstract void end();

  static void revive(SimAgent agent) {
    if (!agent.alive()) {
      agent.start();
    }
  }

  /** Does something after a while, unless it is over by then. */
  final void later(Duration delay, Runnable work) {
    world.after(
        delay,
        () -> {
          if (!over) {
            work.run();
          }
        });
  }

  final void stopAgent() {
    var agent = any(agents);
    if (agent.alive()) {
      agent.stop();
    }
  }

  /**
   * A task fills the disk of one of them, which may take what its agent needs, until it has ended.
   */
  final void fillDisk() {
    var agent = any(agents);
    agent.disk().fill();
    later(
        seconds(60),
        () -> {
          agent.disk().free();
          revive(agent);
        });
  }

  /** Hosts of agents and frameworks. */
  final List<String> names() {
    var names = new ArrayList<String>();
    agents.forEach(agent -> names.add(agent.name()));
    frameworks.forEach(framework -> names.add(framework.name()));
    return names;
  }

  final <T> T any(List<T> all) {
    return all.get(chance.nextInt(all.size()));
  }

  /** From half a second to half a second more than this. */
  final Duration seconds(int most) {
    return Duration.ofMillis(500 + chance.nextInt(most * 1000));
  }
}
