package io.proffer.master.core.allocator;

import io.proffer.api.resource.Element;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.ConstraintLimits;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Reason;
import java.util.ArrayList;
import java.util.Optional;

/** Who may be offered which agents and resources at all, whatever the amounts. */
final class NaiveSuitability {
  private NaiveSuitability() {}

  static boolean suits(AllocatorSettings settings, Framework row, String role, Agent agent) {
    return objection(settings, row, role, agent).isEmpty();
  }

  /** The first of what keeps all of an agent from a framework. */
  static Optional<Reason> objection(
      AllocatorSettings settings, Framework row, String role, Agent agent) {
    var can = row.capabilities();
    boolean gpus = settings.filterGpuResources() && agent.total().thousandths("gpus") > 0;
    var objections = new ArrayList<Reason>();
    if (can.multiRole() && !has(agent, AgentInfo.Capability.Type.MULTI_ROLE)) {
      objections.add(Reason.AGENT_NEEDS_MULTI_ROLE);
    }
    if (!knows(agent, role)) {
      objections.add(Reason.AGENT_NEEDS_HIERARCHICAL_ROLE);
    }
    if (gpus && !can.gpuResources()) {
      objections.add(Reason.GPU_CAPABILITY);
    }
    if (isRemote(settings, agent) && !can.regionAware()) {
      objections.add(Reason.REGION_CAPABILITY);
    }
    if (excludes(row, role, agent)) {
      objections.add(Reason.CONSTRAINT);
    }
    return objections.stream().findFirst();
  }

  /** Whether agents like this may serve the role: old ones know no slashes. */
  static boolean knows(Agent agent, String role) {
    return !role.contains("/") || has(agent, AgentInfo.Capability.Type.HIERARCHICAL_ROLE);
  }

  static boolean mayHave(Capabilities can, String role, Element element) {
    var kind = element.kind();
    return kind.isAllocatableTo(role)
        && (!kind.revocable() || can.revocableResources())
        && (!kind.isRefined() || can.reservationRefinement())
        && (!kind.shared() || can.sharedResources());
  }

  static boolean isWorthIt(
      AllocatorSettings settings, Framework row, String role, Resources offer) {
    var own = row.info().getOfferFiltersMap().get(role);
    var minimum =
        own == null || !own.hasMinAllocatableResources()
            ? settings.minAllocatable()
            : MinAllocatable.of(own.getMinAllocatableResources());
    return !offer.isEmpty()
        && (minimum.alternatives().isEmpty()
            || minimum.alternatives().stream().anyMatch(offer.quantities()::contains));
  }

  private static boolean isRemote(AllocatorSettings settings, Agent agent) {
    var domain = agent.info().getDomain();
    return settings.region().isPresent()
        && domain.hasFaultDomain()
        && !settings.region().get().equals(domain.getFaultDomain().getRegion().getName());
  }

  private static boolean has(Agent agent, AgentInfo.Capability.Type type) {
    return agent.capabilities().stream().anyMatch(capability -> capability.getType() == type);
  }

  private static boolean excludes(Framework row, String role, Agent agent) {
    return CompiledConstraints.compile(row.constraints(), ConstraintLimits.none())
            instanceof CompiledConstraints.Compiled(var constraints)
        && constraints.excludes(
            role,
            agent.info().getHostname(),
            agent.info().getDomain(),
            agent.info().getAttributesList());
  }
}
