package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Reason;

/**
 * What of an agent decides, before any amount, who may be offered it.
 *
 * @param plain nothing reserved, revocable or shared: everybody may have everything
 * @param gpus only for frameworks with GPU_RESOURCES
 * @param remote in another region than the masters: only for REGION_AWARE frameworks
 * @param multiRole it understands frameworks with several roles
 * @param hierarchicalRole it understands roles with slashes
 */
record AgentTraits(
    boolean plain, boolean gpus, boolean remote, boolean multiRole, boolean hierarchicalRole) {

  static final AgentTraits NONE = new AgentTraits(true, false, false, false, false);

  static AgentTraits of(Agent row, Resources total, AllocatorSettings settings) {
    boolean plain = true;
    for (var element : total) {
      var kind = element.kind();
      plain &= kind.isUnreserved() && !kind.revocable() && !kind.shared();
    }
    return new AgentTraits(
        plain,
        settings.filterGpuResources() && total.thousandths("gpus") > 0,
        isRemote(row.info(), settings),
        has(row, AgentInfo.Capability.Type.MULTI_ROLE),
        has(row, AgentInfo.Capability.Type.HIERARCHICAL_ROLE));
  }

  private static boolean isRemote(AgentInfo info, AllocatorSettings settings) {
    return settings.region().isPresent()
        && info.hasDomain()
        && info.getDomain().hasFaultDomain()
        && !info.getDomain().getFaultDomain().getRegion().getName().equals(settings.region().get());
  }

  private static boolean has(Agent row, AgentInfo.Capability.Type type) {
    for (var capability : row.capabilities()) {
      if (capability.getType() == type) {
        return true;
      }
    }
    return false;
  }

  /** Why a client cannot run anything here at all; null if it can. */
  Reason objection(Client client) {
    var capabilities = client.framework().capabilities();
    if (!multiRole && capabilities.multiRole()) {
      return Reason.AGENT_NEEDS_MULTI_ROLE;
    }
    if (!hierarchicalRole && client.role().hierarchical()) {
      return Reason.AGENT_NEEDS_HIERARCHICAL_ROLE;
    }
    if (gpus && !capabilities.gpuResources()) {
      return Reason.GPU_CAPABILITY;
    }
    return remote && !capabilities.regionAware() ? Reason.REGION_CAPABILITY : null;
  }
}
