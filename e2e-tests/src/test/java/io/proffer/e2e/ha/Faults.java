package io.proffer.e2e.ha;

import io.proffer.e2e.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What goes wrong in a cluster and is made good again: in rounds, each kind once in each. */
final class Faults {
  /** The names are as they are told at the end. */
  private enum Kind {
    LEADER_KILLED,
    MASTER_KILLED,
    AGENT_KILLED,
    ZOOKEEPER_KILLED,
    LEADER_STOPPED,
    MASTER_STOPPED,
    AGENT_STOPPED,
    ZOOKEEPER_STOPPED,
    HOST_CUT_OFF
  }

  private final HaCluster cluster;
  private final Optional<Network> network;
  private final SplittableRandom chance;
  private final List<Kind> round = new ArrayList<>();
  private final Map<Kind, Integer> made = new EnumMap<>(Kind.class);

  Faults(HaCluster cluster, Optional<Network> network, SplittableRandom chance) {
    this.cluster = cluster;
    this.network = network;
    this.chance = chance;
  }

  /** Whether each kind was there once. */
  boolean wereAll() {
    return made.size() == possible().size();
  }

  int count() {
    return made.values().stream().mapToInt(Integer::intValue).sum();
  }

  private List<Kind> possible() {
    return Stream.of(Kind.values())
        .filter(kind -> kind != Kind.HOST_CUT_OFF || network.isPresent())
        .toList();
  }

  /**
   * One thing goes wrong, and is made good again.
   *
   * @param living passes the time between the two
   */
  void next(Consumer<Duration> living) {
    if (round.isEmpty()) {
      round.addAll(possible());
    }
    var kind = round.remove(chance.nextInt(round.size()));
    var master = chance.nextInt(cluster.masters());
    var agent = chance.nextInt(cluster.agents());
    var server = chance.nextInt(cluster.ensemble().size());
    switch (kind) {
      case LEADER_KILLED -> killMaster(cluster.leader().orElse(master), living);
      case MASTER_KILLED -> killMaster(master, living);
      case AGENT_KILLED -> {
        cluster.agent(agent).kill();
        living.accept(away());
        cluster.startAgent(agent);
      }
      case ZOOKEEPER_KILLED -> {
        cluster.ensemble().server(server).kill();
        living.accept(away());
        cluster.ensemble().start(server);
      }
      case LEADER_STOPPED -> stop(cluster.master(cluster.leader().orElse(master)), living);
      case MASTER_STOPPED -> stop(cluster.master(master), living);
      case AGENT_STOPPED -> stop(cluster.agent(agent), living);
      case ZOOKEEPER_STOPPED -> stop(cluster.ensemble().server(server), living);
      case HOST_CUT_OFF -> {
        cut(network.orElseThrow());
        living.accept(stopped());
        network.orElseThrow().heal();
      }
    }
    made.merge(kind, 1, Integer::sum);
  }

  private void killMaster(int index, Consumer<Duration> living) {
    cluster.master(index).kill();
    living.accept(away());
    cluster.startMaster(index);
  }

  private void stop(ServiceProcess process, Consumer<Duration> living) {
    process.signal("STOP");
    living.accept(stopped());
    process.signal("CONT");
  }

  private Duration away() {
    return Duration.ofMillis(chance.nextInt(2000));
  }

  /** Longer and shorter than a session: it wakes up as a leader, or as one deposed. */
  private Duration stopped() {
    return Duration.ofMillis(500 + chance.nextInt(6000));
  }

  /**
   * One host from some of the others, this one among them; every third time it hears them still.
   */
  private void cut(Network net) {
    var last = 1 + cluster.masters() + cluster.agents();
    var one = net.host(1 + chance.nextInt(last - 1));
    var others =
        net.hosts(0, last).stream()
            .filter(other -> !other.equals(one) && chance.nextInt(4) > 0)
            .toList();
    if (chance.nextInt(3) == 0) {
      net.silence(one, others);
    } else {
      net.cut(one, others);
    }
  }

  /** How many of each kind. */
  @Override
  public String toString() {
    return made.entrySet().stream()
        .map(kind -> "%d %s".formatted(kind.getValue(), words(kind.getKey())))
        .collect(Collectors.joining(", "));
  }

  private static String words(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
