package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.kernel.Moment;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Reason;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * An allocator that must have explained each grant at the moment at which it makes it, and after a
 * run of everything must not explain that more could be had, or the next one gives it.
 *
 * <p>At that moment, and not when the run began: earlier grants of a run change what quota leaves
 * to others. So it grants one after the other, in the smallest slices; and that somebody asks
 * between slices must not change what comes.
 */
final class Explained implements Allocator {
  private static final long INTERVAL = 1_000_000_000L;

  private final Allocator allocator;
  private final Map<AgentId, Agent> agents = new TreeMap<>();
  private final Set<FrameworkId> frameworks = new LinkedHashSet<>();
  private final Map<Reason, Integer> seen = new EnumMap<>(Reason.class);

  private final Set<Key> granted = new LinkedHashSet<>();

  /**
   * Whom the last run of everything left with something to be had: where it met a guarantee, there
   * may be more room for who was asked before. The next one must give it, if nothing else happens.
   */
  private final Set<Key> promised = new LinkedHashSet<>();

  private Map<Key, Reason> before = Map.of();
  private long seed = -1;
  private long lastNanos = Long.MAX_VALUE;
  private boolean everything;
  private boolean changed = true;

  Explained(Allocator allocator) {
    this.allocator = allocator;
  }

  /** How often each reason was given. */
  Map<Reason, Integer> seen() {
    return seen;
  }

  @Override
  public void follow(Event event, Moment moment) {
    switch (event) {
      case AgentEvent.Registered(var row) -> agents.put(row.id(), row);
      case AgentEvent.Reregistered(var row) -> agents.put(row.id(), row);
      case AgentEvent.Removed(var id) -> agents.remove(id);
      case FrameworkEvent.Added(var row) -> frameworks.add(row.id());
      case FrameworkEvent.Removed(var id, var info, var at) -> frameworks.remove(id);
      case Event other -> {}
    }
    changed = true;
    if (!(event instanceof OfferEvent.Made)) {
      promised.clear();
    }
    allocator.follow(event, moment);
  }

  @Override
  public void recover(int knownAgents, Moment moment) {
    changed = true;
    allocator.recover(knownAgents, moment);
  }

  @Override
  public List<Grant> allocate(long budget, Moment moment) {
    if (moment.seed() != seed) {
      seed = moment.seed();
      everything = moment.monotonicNanos() - lastNanos >= INTERVAL;
      lastNanos = moment.monotonicNanos();
      changed = true;
      granted.clear();
    }
    if (changed) {
      // Of slices without a grant each finds what the one before found.
      before = reasons(moment);
      before.values().forEach(reason -> seen.merge(reason, 1, Integer::sum));
      changed = false;
    }
    var grants = allocator.allocate(1, moment);
    assertTrue(grants.size() <= 1, "more than one grant in the smallest slice");
    for (var grant : grants) {
      var key = new Key(grant.framework(), grant.role(), grant.agent());
      assertTrue(isFree(before.get(key)), () -> before.get(key) + " was said of " + grant);
      granted.add(key);
    }
    if (grants.isEmpty() && everything && !due(moment)) {
      var free = new LinkedHashSet<Key>();
      reasons(moment)
          .forEach(
              (key, reason) -> {
                if (isFree(reason) && !hasShared(key) && !granted.contains(key)) {
                  assertFalse(
                      promised.contains(key), () -> reason + " is said of " + key + " for ever");
                  free.add(key);
                }
              });
      promised.clear();
      promised.addAll(free);
    }
    return grants;
  }

  private boolean due(Moment moment) {
    var next = allocator.nextDeadlineNanos();
    return next.isPresent() && next.getAsLong() - moment.monotonicNanos() <= 0;
  }

  private static boolean isFree(Reason reason) {
    return reason == Reason.NEXT_RUN || reason == Reason.BEHIND;
  }

  /** Of a shared volume another run has another copy. */
  private boolean hasShared(Key key) {
    return !agents.get(key.agent()).total().shared().isEmpty();
  }

  private Map<Key, Reason> reasons(Moment moment) {
    var reasons = new LinkedHashMap<Key, Reason>();
    for (var framework : frameworks) {
      for (var agent : agents.keySet()) {
        var ofItsRoles = explained(framework, Optional.empty(), agent, moment);
        reasons.putAll(ofItsRoles);
        for (var role : RandomRoles.DEEP) {
          if (!ofItsRoles.containsKey(new Key(framework, role, agent))) {
            reasons.putAll(explained(framework, Optional.of(role), agent, moment));
          }
        }
      }
    }
    return reasons;
  }

  private Map<Key, Reason> explained(
      FrameworkId framework, Optional<String> asked, AgentId agent, Moment moment) {
    var reasons = new LinkedHashMap<Key, Reason>();
    var explanation =
        allocator
            .explaining(framework, asked, Optional.of(agent))
            .orElseThrow()
            .go(new Allowance(1000), moment);
    for (var role : explanation.orElseThrow().roles()) {
      assertEquals(1, role.findings().size(), role::toString);
      reasons.put(new Key(framework, role.role(), agent), role.findings().getFirst().reason());
    }
    return reasons;
  }

  @Override
  public OptionalLong nextDeadlineNanos() {
    return allocator.nextDeadlineNanos();
  }
}
