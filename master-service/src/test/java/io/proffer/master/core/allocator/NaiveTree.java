package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Quantities;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** In which order roles and their frameworks are served on one agent, as things stand. */
final class NaiveTree {
  private final NaivePolicy policy;
  private final NaiveState state;
  private final NaiveBooks books;
  private final SortedSet<String> active;
  private final long draw;
  private final Quantities total;

  /**
   * @param active roles with somebody to serve
   * @param seed of this stage of the run
   */
  NaiveTree(
      NaivePolicy policy,
      NaiveState state,
      NaiveBooks books,
      Collection<String> active,
      long seed,
      AgentId agent) {
    this.policy = policy;
    this.state = state;
    this.books = books;
    this.active = new TreeSet<>(active);
    total =
        state.agents.values().stream()
            .map(known -> known.total().quantities())
            .reduce(Quantities.empty(), Quantities::plus);
    draw = KeyedHash.rank(seed, KeyedHash.of(agent.value()));
  }

  /** Active roles, the one to be served first at the head. */
  List<String> roles() {
    return switch (policy) {
      case NaivePolicy.Drf drf -> walk(NaivePaths.ROOT, this::byShare);
      case NaivePolicy.Priority priority -> walk(NaivePaths.ROOT, n -> byPlace(priority, n));
      case NaivePolicy.Random random ->
          sorted(
              active,
              Comparator.<String>comparingDouble(role -> drawn(role, relativeWeight(leafOf(role))))
                  .thenComparingLong(role -> books.countOf(leafOf(role))));
    };
  }

  /** Active frameworks of a role, likewise. */
  List<FrameworkId> frameworks(String role, List<FrameworkId> among) {
    var byCount = Comparator.<FrameworkId>comparingLong(id -> books.countOf(id, role));
    return switch (policy) {
      case NaivePolicy.Drf drf -> sorted(among, byShare(role, among).thenComparing(byCount));
      case NaivePolicy.Priority priority ->
          sorted(among, byShare(role, among).thenComparing(byCount));
      case NaivePolicy.Random random ->
          sorted(
              among,
              Comparator.<FrameworkId>comparingDouble(id -> drawn(id.value(), 1))
                  .thenComparing(byCount));
    };
  }

  /** The leaves below a node, each with its like. */
  private List<String> walk(String node, Orders orders) {
    var children = children(node);
    if (children.isEmpty()) {
      return node.equals(NaivePaths.ROOT) ? List.of() : List.of(NaivePaths.roleOf(node));
    }
    var leaves = new ArrayList<String>();
    for (var child : sorted(children, orders.among(children))) {
      leaves.addAll(walk(child, orders));
    }
    return leaves;
  }

  /** The order among siblings. */
  private interface Orders {
    Comparator<String> among(Collection<String> siblings);
  }

  /** Active children; if there are any and the node is an active role itself, its own clients. */
  private SortedSet<String> children(String node) {
    var children = new TreeSet<String>();
    for (var role : active) {
      boolean below =
          node.equals(NaivePaths.ROOT)
              || (NaivePaths.isIn(role, node) && role.length() > node.length());
      if (below) {
        children.add(NaivePaths.childTowards(role, node));
      }
    }
    if (!children.isEmpty() && active.contains(node)) {
      children.add(NaivePaths.own(node));
    }
    return children;
  }

  private Comparator<String> byShare(Collection<String> siblings) {
    var shares = new TreeMap<String, NaiveShare>();
    for (var node : siblings) {
      var held = books.sum(key -> NaivePaths.isIn(key.role(), node));
      shares.put(node, share(held, state.weight(node)));
    }
    return Comparator.<String, NaiveShare>comparing(shares::get).thenComparingLong(books::countOf);
  }

  private Comparator<String> byPlace(NaivePolicy.Priority priority, Collection<String> siblings) {
    return Comparator.<String>comparingInt(priority::place).thenComparing(byShare(siblings));
  }

  private Comparator<FrameworkId> byShare(String role, List<FrameworkId> among) {
    Map<FrameworkId, NaiveShare> shares = new TreeMap<>();
    for (var id : among) {
      shares.put(id, share(books.sum(key -> key.of(id) && key.role().equals(role)), 1));
    }
    return Comparator.comparing(shares::get);
  }

  private NaiveShare share(Quantities held, double weight) {
    return NaiveShare.dominant(held, total, state.settings.fairSharingExcluded(), weight);
  }

  private String leafOf(String role) {
    return children(role).isEmpty() ? role : NaivePaths.own(role);
  }

  /** The part of the whole that falls to a node when every parent divides its own by weight. */
  private double relativeWeight(String node) {
    if (node.equals(NaivePaths.ROOT)) {
      return 1;
    }
    var parent = NaivePaths.parent(node);
    double sum = children(parent).stream().mapToDouble(state::weight).sum();
    return relativeWeight(parent) * state.weight(node) / sum;
  }

  /** Smallest with a probability in proportion to the weight, if all draw. */
  private double drawn(String name, double weight) {
    double u = ((KeyedHash.rank(draw, KeyedHash.of(name)) >>> 11) + 0.5) * 0x1p-53;
    return -Math.log(u) / weight;
  }

  private static <T extends Comparable<? super T>> List<T> sorted(
      Collection<T> all, Comparator<T> order) {
    var list = new ArrayList<>(all);
    list.sort(order.thenComparing(Comparator.naturalOrder()));
    return list;
  }
}
