package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;
import java.util.LinkedHashMap;
import java.util.Map;

/** A framework in one role: the unit that is offered something. */
final class Client extends Sharer {
  private final FrameworkNode framework;
  private final RoleNode role;

  /** Offered to it or used by it, by agent; without allocation. */
  final Map<AgentEntry, Resources> holdings = new LinkedHashMap<>();

  /** What it refused, by agent; kept by {@link OfferFilters}. */
  final Map<AgentEntry, Refusal> refusals = new LinkedHashMap<>();

  /** The run in which it is examined on agents that did not change; see {@link Run}. */
  long stirredForRun = -1;

  private final Map<AgentEntry, Verdict> verdicts = new LinkedHashMap<>();
  private MinAllocatable minAllocatable;
  private boolean subscribed;
  private boolean suppressed;

  Client(FrameworkNode framework, RoleNode role, MinAllocatable minAllocatable) {
    super(framework.id().value());
    this.framework = framework;
    this.role = role;
    this.minAllocatable = minAllocatable;
  }

  /** What constraints said of an agent when it had this version of its info. */
  private record Verdict(long infoVersion, boolean excluded) {}

  FrameworkNode framework() {
    return framework;
  }

  RoleNode role() {
    return role;
  }

  MinAllocatable minAllocatable() {
    return minAllocatable;
  }

  void setMinAllocatable(MinAllocatable value) {
    minAllocatable = value;
  }

  boolean subscribed() {
    return subscribed;
  }

  void setSubscribed(boolean value) {
    subscribed = value;
  }

  void setSuppressed(boolean value) {
    suppressed = value;
  }

  /** Whether it wants offers. */
  boolean active() {
    return subscribed && !suppressed && framework.connected();
  }

  /** Whether the framework's constraints keep it from this agent. */
  boolean excludes(AgentEntry agent) {
    var constraints = framework.constraints();
    if (constraints.isEmpty()) {
      return false;
    }
    var known = verdicts.get(agent);
    if (known != null && known.infoVersion() == agent.infoVersion()) {
      return known.excluded();
    }
    var info = agent.info();
    boolean excluded =
        constraints.excludes(
            role.name(), info.getHostname(), info.getDomain(), info.getAttributesList());
    verdicts.put(agent, new Verdict(agent.infoVersion(), excluded));
    return excluded;
  }

  void forgetVerdicts() {
    verdicts.clear();
  }

  void forgetVerdict(AgentEntry agent) {
    verdicts.remove(agent);
  }
}
