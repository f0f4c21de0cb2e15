package io.proffer.master.core.allocator;

import io.proffer.api.resource.Element;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.ConstraintLimits;
import io.proffer.master.core.fact.Framework;

/** Who may be offered which agents and resources at all, whatever the amounts. */
final class NaiveSuitability {
  private NaiveSuitability() {}

  static boolean suits(AllocatorSettings settings, Framework row, String role, Agent agent) {
    var can = row.capabilities();
    boolean gpus = settings.filterGpuResources() && agent.total().thousandths("gpus") > 0;
    return (!gpus || can.gpuResources())
        && (!isRemote(settings, agent) || can.regionAware())
        && (!can.multiRole() || has(agent, AgentInfo.Capability.Type.MULTI_ROLE))
        && !excludes(row, role, agent);
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
    return minimum.allows(offer);
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
