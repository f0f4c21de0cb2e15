package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Quota;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/** What the slow allocator was told, as it was told. */
final class NaiveState {
  /** Not wanted before this time has passed. */
  record Refused(Key key, Resources resources, long deadline) {}

  final AllocatorSettings settings;
  final Map<AgentId, Agent> agents = new TreeMap<>();
  final Map<FrameworkId, Framework> frameworks = new TreeMap<>();
  final List<Refused> refusals = new ArrayList<>();

  /** Whose offers are open. */
  final Map<OfferId, Key> open = new TreeMap<>();

  /** Those that are not the default. */
  final Map<String, Quota> quotas = new TreeMap<>();

  final Map<String, Double> weights = new TreeMap<>();
  final NaiveBooks books = new NaiveBooks();

  /** Hosts that are offered; empty for all. */
  Optional<SortedSet<String>> whitelist = Optional.empty();

  NaiveState(AllocatorSettings settings) {
    this.settings = settings;
  }

  boolean isWhitelisted(Agent agent) {
    return whitelist.isEmpty() || whitelist.get().contains(agent.info().getHostname());
  }

  /** Whether it may be offered. */
  boolean mayOffer(Agent agent) {
    return agent.active() && isWhitelisted(agent);
  }

  double weight(String node) {
    return weights.getOrDefault(node, 1.0);
  }

  boolean isSubscribed(FrameworkId framework, String role) {
    var row = frameworks.get(framework);
    return row != null && row.roles().contains(role);
  }

  Set<NaiveBooks.Member> subscribed() {
    var members = new LinkedHashSet<NaiveBooks.Member>();
    for (var row : frameworks.values()) {
      row.roles().forEach(role -> members.add(new NaiveBooks.Member(row.id(), role)));
    }
    return members;
  }

  /** Roles in which it wants offers. */
  static Set<String> activeRoles(Framework row) {
    var roles = new LinkedHashSet<String>();
    if (row.connected()) {
      roles.addAll(row.roles());
      roles.removeAll(row.suppressed());
    }
    return roles;
  }

  /** Who wants offers, by role. */
  Map<String, List<FrameworkId>> active() {
    var active = new LinkedHashMap<String, List<FrameworkId>>();
    for (var row : frameworks.values()) {
      for (var role : activeRoles(row)) {
        active.computeIfAbsent(role, r -> new ArrayList<>()).add(row.id());
      }
    }
    return active;
  }

  boolean isRefused(Key key, Resources offer) {
    return refusals.stream().anyMatch(r -> r.key().equals(key) && r.resources().contains(offer));
  }
}
