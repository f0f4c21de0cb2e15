package io.proffer.e2e.simulation;

import io.proffer.api.resource.Resources;
import io.proffer.master.core.fact.ConstraintLimits;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.state.Losses;
import io.proffer.master.core.state.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A whole cluster and its history, of one seed.
 *
 * <pre>
 *   trouble (Nemesis strikes, frameworks launch) -> healed (all tasks end, all sides agree)
 *     -> each framework runs one more task, or somebody waits for ever
 * </pre>
 */
final class Swarm {
  /** Those that lead, or would. */
  interface Masters {
    void start();

    /** Whether one of them leads, and can be asked. */
    boolean serve();

    /** What is not yet as it should be. */
    List<String> openEnds();

    /** The kinds of events that they decided. */
    Set<Class<?>> lived();

    /** Where there are several of them. */
    Optional<Reigns> reigns();

    Trouble trouble(List<SimAgent> agents, List<SimFramework> frameworks);
  }

  /** The longest timeout, 10 minutes for an agent to come back, may begin anew once. */
  private static final Duration UNTIL_ALL_AGREE = Duration.ofMinutes(25);

  private static final Duration UNTIL_SERVED = Duration.ofMinutes(5);

  /** Where there are quotas, a new master may wait 10 minutes for most of its agents. */
  private static final Duration UNTIL_SERVED_BY_A_NEW_ONE = Duration.ofMinutes(15);

  /** From this seed on there are three masters. */
  static final long THREE = 1_000_000;

  /** A session ends, the next master reads the registry, and is found. */
  private static final Duration UNTIL_ONE_LEADS = Duration.ofSeconds(40);

  private final World world;
  private final AgentWatch agentWatch;
  private final Trouble trouble;
  private final List<SimAgent> agents = new ArrayList<>();
  private final List<SimHost> hosts = new ArrayList<>();
  private final List<SimFramework> frameworks = new ArrayList<>();
  private final Masters masters;
  private final SimOperator operator;
  private final Duration troubled;

  Swarm(long seed, Trace trace) {
    world = new World(seed, trace);
    var chance = world.chance("swarm");
    var truth = new Truth(world);
    var network = new SimNetwork(world, seed < THREE ? OneMaster.HOSTS : ThreeMasters.HOSTS);
    var settings = settings(chance);
    // Every other master is quick to give agents up: they are lost, and come back.
    var pingTimeout = Duration.ofSeconds(chance.nextBoolean() ? 15 : 3);
    masters =
        seed < THREE
            ? new OneMaster(network, settings, pingTimeout, truth)
            : new ThreeMasters(network, settings, pingTimeout, truth);
    agentWatch = new AgentWatch(world, truth, masters.reigns());
    for (var i = 0; i < 2 + chance.nextInt(3); i++) {
      var total = Resources.parse("cpus:" + (1 + chance.nextInt(3)) + ";mem:512", "*");
      var host = new SimHost(network, "agent" + i, total, truth);
      hosts.add(host);
      agents.add(new SimAgent(world, network, host, i, agentWatch));
    }
    for (var i = 0; i < 2 + chance.nextInt(3); i++) {
      var manners = Manners.drawn(chance.nextInt(5), chance);
      frameworks.add(new SimFramework(world, network, "f" + i, manners, truth));
    }
    operator = new SimOperator(world, network);
    trouble = masters.trouble(agents, frameworks);
    troubled = Duration.ofSeconds(60 + chance.nextInt(120));
  }

  World world() {
    return world;
  }

  /** Lives it through. */
  void run() {
    masters.start();
    agents.forEach(SimAgent::start);
    frameworks.forEach(SimFramework::start);
    operator.start();
    trouble.start();
    world.run(troubled.dividedBy(2));
    frameworks.stream().filter(one -> one.manners().leaves()).forEach(SimFramework::tearDown);
    world.run(troubled.dividedBy(2));
    trouble.end();
    if (!world.runUntil(masters::serve, UNTIL_ONE_LEADS)) {
      throw world.broken("no master leads after " + UNTIL_ONE_LEADS);
    }
    frameworks.forEach(framework -> framework.want(0));
    frameworks.forEach(SimFramework::letGo);
    await(UNTIL_ALL_AGREE, "all sides agree");
    frameworks.forEach(framework -> framework.want(1));
    var served = masters.reigns().isPresent() ? UNTIL_SERVED_BY_A_NEW_ONE : UNTIL_SERVED;
    await(served, "each framework has run one more task");
  }

  /** How many tasks were launched, all in all. */
  int launched() {
    return frameworks.stream().mapToInt(SimFramework::launched).sum();
  }

  /** The kinds of events that masters and agents decided. */
  Set<Class<?>> lived() {
    var lived = new HashSet<>(masters.lived());
    lived.addAll(agentWatch.lived());
    return lived;
  }

  private void await(Duration limit, String what) {
    if (!world.runUntil(() -> openEnds().isEmpty(), limit)) {
      throw world.broken(
          "within %d minutes it should be that %s, but %s"
              .formatted(limit.toMinutes(), what, openEnds()));
    }
  }

  private List<String> openEnds() {
    var ends = new ArrayList<String>();
    frameworks.forEach(framework -> ends.addAll(framework.openEnds()));
    if (ends.isEmpty()) {
      ends.addAll(masters.openEnds());
      for (var host : hosts) {
        if (host.running() > 0) {
          ends.add(host.running() + " containers run on " + host.name());
        }
        if (agentWatch.unacknowledged(host.name()) > 0) {
          ends.add(host.name() + " has updates nobody acknowledged");
        }
        if (agentWatch.isFull(host.name())) {
          ends.add(host.name() + " launches nothing, and its disk has room");
        }
      }
      ends.addAll(operator.openEnds(agents.size(), frameworkIds()));
    }
    return ends;
  }

  private Set<String> frameworkIds() {
    return frameworks.stream()
        .filter(framework -> !framework.left())
        .map(SimFramework::id)
        .collect(Collectors.toSet());
  }

  private static CoreSettings settings(SplittableRandom chance) {
    var defaults = CoreSettings.defaults();
    return new CoreSettings(
        chance.nextBoolean() ? defaults.agentReregisterTimeout() : Duration.ofSeconds(30),
        chance.nextBoolean() ? Optional.of(Duration.ofSeconds(15)) : Optional.empty(),
        defaults.roles(),
        defaults.rootSubmissions(),
        defaults.maxCompletedFrameworks(),
        defaults.maxCompletedTasksPerFramework(),
        defaults.maxUnreachableTasksPerFramework(),
        1 + chance.nextInt(6),
        defaults.maxPagedReconciliations(),
        defaults.maxWaitingAccepts(),
        Retention.defaults(),
        ConstraintLimits.defaults(),
        Losses.defaults());
  }
}
