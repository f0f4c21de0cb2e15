package io.proffer.master.core.allocator;

import java.util.List;
import java.util.Optional;

/** The usual settings with what tests change of them. */
final class Tuned {
  private Tuned() {}

  static AllocatorSettings settings(
      List<String> fairSharingExcluded,
      boolean filterGpuResources,
      Optional<String> region,
      int filtersPerAgentMax,
      int filtersPerFrameworkMax) {
    var defaults = AllocatorSettings.defaults();
    return new AllocatorSettings(
        defaults.allocationInterval(),
        defaults.allocationMinInterval(),
        defaults.minAllocatable(),
        fairSharingExcluded,
        filterGpuResources,
        region,
        filtersPerAgentMax,
        filtersPerFrameworkMax,
        defaults.agentRecoveryFactor(),
        defaults.recoveryTimeout(),
        defaults.rolePolicy(),
        defaults.frameworkPolicy());
  }
}
