package io.proffer.master.core.fact;

import io.proffer.api.v1.FrameworkInfo;

/** What a framework said it can handle (scheduler-api, section 2.5). Unknown names are ignored. */
public record Capabilities(
    boolean revocableResources,
    boolean taskKillingState,
    boolean gpuResources,
    boolean sharedResources,
    boolean partitionAware,
    boolean multiRole,
    boolean reservationRefinement,
    boolean regionAware) {

  /** The capabilities an info lists. */
  public static Capabilities of(FrameworkInfo info) {
    return new Capabilities(
        has(info, FrameworkInfo.Capability.Type.REVOCABLE_RESOURCES),
        has(info, FrameworkInfo.Capability.Type.TASK_KILLING_STATE),
        has(info, FrameworkInfo.Capability.Type.GPU_RESOURCES),
        has(info, FrameworkInfo.Capability.Type.SHARED_RESOURCES),
        has(info, FrameworkInfo.Capability.Type.PARTITION_AWARE),
        has(info, FrameworkInfo.Capability.Type.MULTI_ROLE),
        has(info, FrameworkInfo.Capability.Type.RESERVATION_REFINEMENT),
        has(info, FrameworkInfo.Capability.Type.REGION_AWARE));
  }

  private static boolean has(FrameworkInfo info, FrameworkInfo.Capability.Type type) {
    for (var capability : info.getCapabilitiesList()) {
      if (capability.getType() == type) {
        return true;
      }
    }
    return false;
  }
}
