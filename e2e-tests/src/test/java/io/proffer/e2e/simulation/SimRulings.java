package io.proffer.e2e.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * An operator who rules on quotas, on maintenance and on agents, and holds all answers against what
 * he was told before.
 */
final class SimRulings {
  private static final String HOST = "rulings";
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final World world;
  private final SimProcess process;
  private final Reigns reigns;
  private final Truth truth;
  private final SplittableRandom chance;
  private final SimCaller caller;
  private final List<Matter> things = new ArrayList<>();
  private final Map<String, AgentMatter> agents = new TreeMap<>();
  private boolean over;

  SimRulings(SimNetwork network, Reigns reigns, Truth truth) {
    this.world = network.world();
    this.process = new SimProcess(world, HOST);
    this.reigns = reigns;
    this.truth = truth;
    this.chance = world.chance(HOST);
    this.caller = new SimCaller(network, process, chance);
    var pledges = reigns.pledges();
    things.add(new ShelfMatter(new Docket<>(world, caller, pledges.plan()), chance));
    // Where there are quotas, new masters are slow to offer, and less happens.
    if (chance.nextBoolean()) {
      things.add(new QuotaMatter(new Docket<>(world, caller, pledges.quotas()), chance));
    }
  }

  void start() {
    process.every(PAUSE, this::rule);
  }

  /** From now on all that was taken from agents is given back, until it was. */
  void end() {
    over = true;
  }

  List<String> openEnds() {
    var ends = new ArrayList<String>();
    things.forEach(matter -> ends.addAll(matter.openEnds()));
    return ends;
  }

  private void rule() {
    if (over) {
      things.forEach(Matter::wrapUp);
      agents.values().forEach(Matter::wrapUp);
    } else {
      any().goOn();
    }
  }

  private Matter any() {
    var known = reigns.agents();
    if (known.isEmpty() || chance.nextInt(3) > 0) {
      return things.get(chance.nextInt(things.size()));
    }
    return agents.computeIfAbsent(known.get(chance.nextInt(known.size())), this::matter);
  }

  private AgentMatter matter(String agent) {
    var docket = new Docket<>(world, caller, reigns.pledges().duty(agent));
    return new AgentMatter(agent, docket, truth, chance);
  }
}
