package io.proffer.e2e.simulation;

import io.proffer.api.zookeeper.Change;
import io.proffer.api.zookeeper.LeaderNodes;
import io.proffer.kernel.Frame;
import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.registry.Recovered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who led when, over all masters: one at a time, each epoch higher than the one before, and what
 * one of them answered is known to all that follow.
 */
final class Reigns {
  private static final String REGISTRY = SimCandidate.PATH + "/proffer/registry/";
  private static final String GONE = "gone%2F";
  private static final String PEN = REGISTRY + "pen";

  private final World world;
  private final SimZooKeeper zooKeeper;
  private final Set<String> ids = new HashSet<>();
  private final Map<Long, String> epochs = new HashMap<>();
  private final Map<String, Long> followed = new HashMap<>();
  private final Set<String> stored = new HashSet<>();
  private final Set<String> writers = new HashSet<>();
  private final TreeSet<String> agents = new TreeSet<>();
  private final Set<String> gone = new HashSet<>();

  /** Those of which somebody was told, or a later master knows. */
  private final Set<String> told = new HashSet<>();

  /** Agents that are gone, by the session in which they shall hear it. */
  private final Map<String, String> leaving = new HashMap<>();

  private final Set<String> frameworks = new HashSet<>();

  /** Frameworks that were removed, and that some master knows again. */
  private final Set<String> back = new HashSet<>();

  private final Forgotten forgotten = new Forgotten();
  private final TreeMap<String, Double> weights = new TreeMap<>();
  private final List<Set<String>> orders = new ArrayList<>();
  private final Pledges pledges;
  private String writer = "";
  private long lastEpoch;
  private long expiredUntil;

  Reigns(World world, SimZooKeeper zooKeeper) {
    this.world = world;
    this.zooKeeper = zooKeeper;
    this.pledges = new Pledges(world);
    zooKeeper.onCommit(this::written);
  }

  /** A master has read the registry, has an epoch, and begins to serve. */
  void began(String host, String id, long epoch, Recovered recovered) {
    if (!ids.add(id)) {
      throw world.broken("%s leads as %s, which another or itself did before".formatted(host, id));
    }
    if (epoch <= lastEpoch) {
      throw world.broken(
          "%s leads in epoch %d, and %d was before".formatted(host, epoch, lastEpoch));
    }
    lastEpoch = epoch;
    epochs.put(epoch, id);
    var heard =
        Stream.of(
                recovered.agents().stream().map(one -> one.getId().getValue()),
                recovered.unreachable().stream().map(one -> one.id().value()),
                recovered.gone().keySet().stream().map(one -> one.value()))
            .flatMap(one -> one)
            .collect(Collectors.toSet());
    require(host, "agents", agents, heard);
    gone.addAll(told);
    recovered.gone().keySet().forEach(one -> told.add(one.value()));
    require(
        host,
        "gone agents",
        gone,
        recovered.gone().keySet().stream().map(one -> one.value()).collect(Collectors.toSet()));
    require(
        host,
        "frameworks",
        frameworks,
        recovered.frameworks().stream().map(one -> one.id().value()).collect(Collectors.toSet()));
    var known = recovered.roles().weights();
    for (var order : orders) {
      var there = order.stream().filter(known.keySet()::contains).count();
      if (there != 0 && there != order.size()) {
        throw world.broken("%s leads and knows a part of %s: %s".formatted(host, order, known));
      }
    }
    weights.forEach(
        (role, weight) -> {
          if (!weight.equals(known.get(role))) {
            throw world.broken(
                "%s leads and does not know that %s weighs %s".formatted(host, role, weight));
          }
        });
    pledges.began(host, recovered);
  }

  private void require(String host, String what, Set<String> answered, Set<String> known) {
    var lost = new HashSet<>(answered);
    lost.removeAll(known);
    if (!lost.isEmpty()) {
      throw world.broken("%s leads and does not know of %s %s".formatted(host, what, lost));
    }
  }

  /** Something leaves a master: then nobody else may lead. */
  void speaks(String host, String id) {
    if (world.monotonicNanos() < expiredUntil) {
      return;
    }
    var first = LeaderNodes.first(zooKeeper.tree().children(SimCandidate.PATH));
    var leader =
        first
            .flatMap(
                name ->
                    zooKeeper
                        .read(SimCandidate.PATH + "/" + name)
                        .flatMap(node -> LeaderNodes.read(name, node.data())))
            .map(info -> info.getId())
            .orElse("nobody");
    if (!leader.equals(id)) {
      throw world.broken("%s speaks as %s, and by ZooKeeper %s leads".formatted(host, id, leader));
    }
  }

  /** A session was ended before its time, so that its owner cannot know. */
  void expired(Duration knownAfter) {
    expiredUntil = world.monotonicNanos() + knownAfter.toNanos();
  }

  /** An agent starts, with what it remembers. */
  void agentBegan(String agent, long epoch) {
    followed.put(agent, epoch);
  }

  /** An agent follows a master. */
  void agentFollows(String agent, long epoch, String id) {
    if (epoch < followed.getOrDefault(agent, 0L)) {
      throw world.broken(
          "%s follows epoch %d after %d".formatted(agent, epoch, followed.get(agent)));
    }
    followed.put(agent, epoch);
    if (!id.equals(epochs.get(epoch))) {
      throw world.broken(
          "%s follows %s in epoch %d, which is that of %s"
              .formatted(agent, id, epoch, epochs.get(epoch)));
    }
  }

  /** What is forgotten on purpose need not be known; what is gone must be, once it was told. */
  void decided(Frame<Event, Effect> frame) {
    for (var event : frame.events()) {
      decided(event, frame);
      forgotten.follow(event);
      pledges.follow(event);
    }
  }

  private void decided(Event event, Frame<Event, Effect> frame) {
    switch (event) {
      case AgentEvent.MarkedGone(var id, var at) ->
          frame.effects().stream()
              .filter(ToAgent.Shutdown.class::isInstance)
              .forEach(effect -> leaving.put(((ToAgent.Shutdown) effect).session(), id.value()));
      case AgentEvent.Removed(var id) -> agents.remove(id.value());
      case FrameworkEvent.Added(var framework)
          when forgotten.has(Forgotten.framework(framework.id().value())) ->
          back.add(framework.id().value());
      case FrameworkEvent.Removed(var id, var info, var at) -> {
        frameworks.remove(id.value());
        back.remove(id.value());
      }
      default -> {}
    }
  }

  /** What leaves is built on facts that all later masters must know. */
  void leaving(List<Effect> effects) {
    for (var effect : effects) {
      switch (effect) {
        case ToAgent.Registered registered -> {
          if (told.contains(registered.agent().value())) {
            throw world.broken("an agent that is gone came back: " + registered);
          }
          known(agents, registered.agent().value(), Forgotten::agent);
        }
        case ToAgent.Shutdown(var session, var message) when leaving.containsKey(session) ->
            told.add(leaving.remove(session));
        case ToFramework.Subscribed subscribed ->
            known(frameworks, subscribed.framework().value(), Forgotten::framework);
        default -> {}
      }
    }
  }

  /** Later masters must know it, unless it was forgotten before anyone heard of it. */
  private void known(Set<String> ids, String id, UnaryOperator<String> key) {
    if (!forgotten.has(key.apply(id))) {
      ids.add(id);
    }
  }

  /** An operator asks for all of these weights at once. */
  void ordered(Set<String> roles) {
    orders.add(roles);
  }

  /** An operator was told that a role weighs so much. */
  void weighs(String role, double weight) {
    weights.put(role, weight);
  }

  /** What an operator was told of what he may change again. */
  Pledges pledges() {
    return pledges;
  }

  /** Agents that were told they are registered. */
  List<String> agents() {
    return List.copyOf(agents);
  }

  /** Whether a framework was removed, and a master that has forgotten that knows it again. */
  boolean isBack(String framework) {
    return back.contains(framework);
  }

  /** Whether the registry ever held something under a key. */
  boolean isStored(String key) {
    return stored.contains(key.replace("/", "%2F"));
  }

  /** The pen goes from writer to writer, and never back; who has it not changes no record. */
  private void written(List<Change> changes) {
    var records = changes.stream().filter(it -> it.path().startsWith(REGISTRY)).toList();
    if (records.isEmpty()) {
      return;
    }
    for (var change : records) {
      if (change instanceof Change.Create(var path, var data)) {
        var name = path.substring(path.lastIndexOf('/') + 1).replaceAll("~[0-9]+$", "");
        stored.add(name);
        if (name.startsWith(GONE)) {
          gone.add(name.substring(GONE.length()));
        }
      }
    }
    var pen = records.stream().filter(it -> it.path().equals(PEN)).findFirst();
    if (pen.isEmpty()) {
      throw world.broken("written without the pen: " + records);
    }
    var now =
        switch (pen.get()) {
          case Change.Create(var path, var data) -> "";
          case Change.Set(var path, var data, var version) -> writer(data.toStringUtf8());
          case Change.Delete(var path) -> throw world.broken("the pen was removed");
        };
    if (!now.equals(writer)) {
      if (!writers.add(now)) {
        throw world.broken("writer " + now + " writes again, after " + writer);
      }
      writer = now;
    }
  }

  private static String writer(String pen) {
    return pen.replaceAll(".*\"writer\":\"([^\"]*)\".*", "$1");
  }
}
