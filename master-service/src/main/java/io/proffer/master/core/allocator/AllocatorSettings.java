package io.proffer.master.core.allocator;

import io.proffer.master.core.allocator.policy.FairPolicy;
import io.proffer.master.core.allocator.policy.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an operator decides about allocation.
 *
 * @param allocationInterval {@code --allocation_interval}: resources that came back unused wait for
 *     the next multiple of it, and no refusal is shorter
 * @param allocationMinInterval {@code --allocation_min_interval}: least time between two runs that
 *     events asked for
 * @param minAllocatable {@code --min_allocatable_resources}
 * @param fairSharingExcluded {@code --fair_sharing_excluded_resource_names}: not counted in shares
 * @param filterGpuResources {@code --filter_gpu_resources}: agents with GPUs are for frameworks
 *     with GPU_RESOURCES only
 * @param region region of the masters; agents of another are for REGION_AWARE frameworks only
 * @param filtersPerAgentMax how many refusals of one framework and role on one agent are
 *     remembered; the one that ends first is forgotten when there are more
 * @param filtersPerFrameworkMax how many refusals of one framework and role are remembered over all
 *     agents; the oldest is forgotten when there are more
 * @param agentRecoveryFactor {@code --allocator_agent_recovery_factor}: after a failover with quota
 *     nothing is offered until so many of the known agents are back; 0 to 1, 0: no pause
 * @param recoveryTimeout {@code --allocator_recovery_timeout}: how long that pause may last
 * @param rolePolicy who is served first among roles
 * @param frameworkPolicy who is served first among the frameworks of a role
 */
public record AllocatorSettings(
    Duration allocationInterval,
    Duration allocationMinInterval,
    MinAllocatable minAllocatable,
    List<String> fairSharingExcluded,
    boolean filterGpuResources,
    Optional<String> region,
    int filtersPerAgentMax,
    int filtersPerFrameworkMax,
    double agentRecoveryFactor,
    Duration recoveryTimeout,
    Policy rolePolicy,
    Policy frameworkPolicy) {

  public AllocatorSettings {
    fairSharingExcluded = List.copyOf(fairSharingExcluded);
    require(
        allocationInterval.isPositive(), "allocation_interval", "more than 0", allocationInterval);
    require(
        !allocationMinInterval.isNegative(),
        "allocation_min_interval",
        "at least 0",
        allocationMinInterval);
    require(filtersPerAgentMax > 0, "filters_per_agent_max", "more than 0", filtersPerAgentMax);
    require(
        filtersPerFrameworkMax > 0,
        "filters_per_framework_max",
        "more than 0",
        filtersPerFrameworkMax);
    require(
        agentRecoveryFactor >= 0 && agentRecoveryFactor <= 1,
        "allocator_agent_recovery_factor",
        "0 to 1",
        agentRecoveryFactor);
    require(
        !recoveryTimeout.isNegative(), "allocator_recovery_timeout", "at least 0", recoveryTimeout);
  }

  /** What holds when no flag is set. */
  public static AllocatorSettings defaults() {
    return new AllocatorSettings(
        Duration.ofSeconds(1),
        Duration.ofMillis(10),
        MinAllocatable.parse(MinAllocatable.DEFAULT),
        List.of(),
        true,
        Optional.empty(),
        16,
        100_000,
        0.8,
        Duration.ofMinutes(10),
        new FairPolicy(),
        new FairPolicy());
  }

  /** The same with another policy, of roles and of frameworks. */
  public AllocatorSettings withPolicy(Policy roles, Policy frameworks) {
    return new AllocatorSettings(
        allocationInterval,
        allocationMinInterval,
        minAllocatable,
        fairSharingExcluded,
        filterGpuResources,
        region,
        filtersPerAgentMax,
        filtersPerFrameworkMax,
        agentRecoveryFactor,
        recoveryTimeout,
        roles,
        frameworks);
  }

  private static void require(boolean holds, String flag, String expected, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("--" + flag + " must be " + expected + ", not " + value);
    }
  }
}
