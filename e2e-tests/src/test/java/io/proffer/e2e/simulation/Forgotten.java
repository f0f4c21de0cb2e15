package io.proffer.e2e.simulation;

import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import java.util.HashSet;
import java.util.Set;

/**
 * What a master has forgotten on purpose. Where a fact and its end are stored in one batch nothing
 * is ever in the registry, and what was built on the fact leaves all the same, with that of its
 * end.
 */
final class Forgotten {
  private final Set<String> keys = new HashSet<>();

  void follow(Event event) {
    switch (event) {
      case AgentEvent.Admitted(var info) -> keys.remove(agent(info.getId().getValue()));
      case AgentEvent.MarkedReachable(var info) -> keys.remove(agent(info.getId().getValue()));
      case AgentEvent.Removed(var id) -> keys.add(agent(id.value()));
      case FrameworkEvent.Added(var framework) -> keys.remove(framework(framework.id().value()));
      case FrameworkEvent.Removed(var id, var info, var at) -> keys.add(framework(id.value()));
      default -> {}
    }
  }

  /** Whether it was, under the key that the registry has for it. */
  boolean has(String key) {
    return keys.contains(key);
  }

  static String agent(String id) {
    return "agents/" + id;
  }

  static String framework(String id) {
    return "frameworks/" + id;
  }
}
