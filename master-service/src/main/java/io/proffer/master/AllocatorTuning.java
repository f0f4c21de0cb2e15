package io.proffer.master;

import io.proffer.api.flags.Durations;
import io.proffer.api.flags.Expecting;
import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.resource.ResourceParseException;
import io.proffer.master.core.allocator.AllocatorSettings;
import io.proffer.master.core.allocator.MinAllocatable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags of a master that say who is offered what, and when. */
public final class AllocatorTuning {
  @Option(
      names = "--allocator",
      paramLabel = "NAME",
      defaultValue = "hierarchical",
      description =
          "Who is served first: hierarchical (dominant resource fairness), random (by weight),"
              + " priority (roles in a declared order), or a policy of your own (${DEFAULT-VALUE}).")
  private String allocator;

  @Option(
      names = "--allocator_options",
      paramLabel = "TEXT",
      defaultValue = "",
      description =
          "What the policy asks for; of priority: the roles in the order they are served, by comma.")
  private String allocatorOptions;

  @Option(
      names = {"--role_sorter", "--user_sorter"},
      paramLabel = "NAME",
      description = "Another policy for roles alone: drf or random. Default: that of --allocator.")
  private Optional<String> roleSorter = Optional.empty();

  @Option(
      names = "--framework_sorter",
      paramLabel = "NAME",
      description =
          "Another policy for the frameworks of a role: drf or random. Default: that of --allocator.")
  private Optional<String> frameworkSorter = Optional.empty();

  @Option(
      names = "--allocation_interval",
      converter = Expecting.Positive.class,
      defaultValue = "1secs",
      description =
          "How often resources that came back unused are offered again (${DEFAULT-VALUE}).")
  private Duration allocationInterval;

  @Option(
      names = "--allocation_min_interval",
      defaultValue = "10ms",
      description =
          "Least time between two allocation runs that ended tasks and such ask for"
              + " (${DEFAULT-VALUE}).")
  private Duration allocationMinInterval;

  @Option(
      names = "--min_allocatable_resources",
      paramLabel = "AMOUNTS",
      defaultValue = "cpus:0.01|mem:32",
      description =
          "What is worth an offer: alternatives by |, amounts by ; and empty for anything"
              + " (${DEFAULT-VALUE}).")
  private String minAllocatableResources;

  @Option(
      names = "--fair_sharing_excluded_resource_names",
      paramLabel = "NAME,...",
      defaultValue = "",
      description = "Resources that do not count in shares.")
  private String fairSharingExcludedResourceNames;

  @Option(
      names = "--filter_gpu_resources",
      defaultValue = "true",
      description =
          "Agents with GPUs are for frameworks with GPU_RESOURCES only (${DEFAULT-VALUE}).")
  private boolean filterGpuResources;

  @Option(
      names = "--filters_per_agent_max",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "16",
      description =
          "How many refusals of a framework and role on one agent are kept (${DEFAULT-VALUE}).")
  private int filtersPerAgentMax;

  @Option(
      names = "--filters_per_framework_max",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "100000",
      description =
          "How many refusals of a framework and role are kept over all agents; the oldest goes"
              + " (${DEFAULT-VALUE}).")
  private int filtersPerFrameworkMax;

  @Option(
      names = "--allocator_agent_recovery_factor",
      paramLabel = "FRACTION",
      converter = Expecting.Fraction.class,
      defaultValue = "0.8",
      description =
          "With quota, after a restart nothing is offered until this part of the known agents is"
              + " back; 0 for no pause (${DEFAULT-VALUE}).")
  private double agentRecoveryFactor;

  @Option(
      names = "--allocator_recovery_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "10mins",
      description = "How long that pause may last (${DEFAULT-VALUE}).")
  private Duration recoveryTimeout;

  /**
   * What the allocator goes by.
   *
   * @param region of the master
   * @throws WrongFlagException when a flag makes no sense
   */
  AllocatorSettings settings(Optional<String> region) {
    var policies = new Policies(allocator, allocatorOptions, roleSorter, frameworkSorter);
    return new AllocatorSettings(
        allocationInterval,
        allocationMinInterval,
        minAllocatable(),
        names(fairSharingExcludedResourceNames),
        filterGpuResources,
        region,
        filtersPerAgentMax,
        filtersPerFrameworkMax,
        agentRecoveryFactor,
        recoveryTimeout,
        policies.ofRoles(),
        policies.ofFrameworks());
  }

  private MinAllocatable minAllocatable() {
    try {
      return MinAllocatable.parse(minAllocatableResources);
    } catch (ResourceParseException e) {
      throw new WrongFlagException(
          "--min_allocatable_resources",
          "Expected amounts like cpus:0.01|mem:32, but got '%s': %s"
              .formatted(minAllocatableResources, e.getMessage()),
          e);
    }
  }

  /** The names of a list by comma. */
  static List<String> names(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).filter(n -> !n.isEmpty()).toList();
  }

  /** As {@code /state} shows them. */
  Map<String, String> shown() {
    return Map.of(
        "allocation_interval", Durations.format(allocationInterval),
        "allocation_min_interval", Durations.format(allocationMinInterval),
        "allocator", allocator,
        "filter_gpu_resources", Boolean.toString(filterGpuResources),
        "min_allocatable_resources", minAllocatableResources);
  }
}
