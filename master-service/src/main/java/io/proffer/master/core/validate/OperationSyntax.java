package io.proffer.master.core.validate;

import io.proffer.api.resource.ResourceValidation;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The form of one operation of an ACCEPT, before any is carried out (scheduler-api.md, 5 (b)): its
 * body, its resources, its id.
 */
public final class OperationSyntax {
  private static final Optional<String> FINE = Optional.empty();

  private OperationSyntax() {}

  /**
   * What is wrong, for every task of a launch alike; for other operations it follows {@code
   * Operation attempted with invalid resources: }.
   *
   * @param role the role of the offers, which resources without one are allocated to
   */
  public static Optional<String> check(Offer.Operation operation, String role) {
    if (!hasBody(operation)) {
      return Optional.of(missingBody(operation.getType()));
    }
    var resources = LaunchCompletion.withRole(resources(operation), role);
    return ResourceValidation.check(resources).or(() -> checkLaunchId(operation));
  }

  private static Optional<String> checkLaunchId(Offer.Operation operation) {
    boolean launch =
        operation.getType() == Offer.Operation.Type.LAUNCH
            || operation.getType() == Offer.Operation.Type.LAUNCH_GROUP;
    return launch && operation.hasId()
        ? Optional.of("The `id` field cannot be set on " + operation.getType() + " operations")
        : FINE;
  }

  /** Whether the agent can give the feedback that an operation with an id asks for. */
  public static Optional<String> checkFeedback(
      Offer.Operation operation, String agent, List<AgentInfo.Capability> capabilities) {
    if (!operation.hasId()) {
      return FINE;
    }
    boolean provider = has(capabilities, AgentInfo.Capability.Type.RESOURCE_PROVIDER);
    if (resources(operation).stream().anyMatch(Resource::hasProviderId)) {
      return provider
          ? FINE
          : Optional.of(
              "Operation requested feedback, but agent "
                  + agent
                  + " does not have the required RESOURCE_PROVIDER capability");
    }
    return provider && has(capabilities, AgentInfo.Capability.Type.AGENT_OPERATION_FEEDBACK)
        ? FINE
        : Optional.of(
            "Operation on agent default resources requested feedback, but agent "
                + agent
                + " does not have the required AGENT_OPERATION_FEEDBACK and RESOURCE_PROVIDER"
                + " capabilities");
  }

  private static boolean has(
      List<AgentInfo.Capability> capabilities, AgentInfo.Capability.Type type) {
    return capabilities.stream().anyMatch(capability -> capability.getType() == type);
  }

  private static boolean hasBody(Offer.Operation operation) {
    return switch (operation.getType()) {
      case UNKNOWN -> false;
      case LAUNCH -> operation.hasLaunch();
      case LAUNCH_GROUP -> operation.hasLaunchGroup();
      case RESERVE -> operation.hasReserve();
      case UNRESERVE -> operation.hasUnreserve();
      case CREATE -> operation.hasCreate();
      case DESTROY -> operation.hasDestroy();
      case GROW_VOLUME -> operation.hasGrowVolume();
      case SHRINK_VOLUME -> operation.hasShrinkVolume();
      case CREATE_DISK -> operation.hasCreateDisk();
      case DESTROY_DISK -> operation.hasDestroyDisk();
    };
  }

  private static String missingBody(Offer.Operation.Type type) {
    return switch (type) {
      case UNKNOWN -> "Unknown offer operation";
      case GROW_VOLUME ->
          "A GROW_VOLUME operation must have the Offer.Operation.grow_volume field set";
      case UNRESERVE -> missing("An", type);
      case LAUNCH, LAUNCH_GROUP, RESERVE, CREATE, DESTROY -> missing("A", type);
      case SHRINK_VOLUME, CREATE_DISK, DESTROY_DISK -> missing("A", type);
    };
  }

  private static String missing(String article, Offer.Operation.Type type) {
    return article
        + " "
        + type
        + " offer operation must have the Offer.Operation."
        + type.name().toLowerCase(Locale.ROOT)
        + " field set.";
  }

  private static List<Resource> resources(Offer.Operation operation) {
    return switch (operation.getType()) {
      case UNKNOWN -> List.of();
      case LAUNCH -> {
        var all = new ArrayList<Resource>();
        for (var task : operation.getLaunch().getTaskInfosList()) {
          all.addAll(task.getResourcesList());
          all.addAll(task.getExecutor().getResourcesList());
        }
        yield all;
      }
      case LAUNCH_GROUP -> {
        var group = operation.getLaunchGroup();
        var all = new ArrayList<>(group.getExecutor().getResourcesList());
        for (var task : group.getTaskGroup().getTasksList()) {
          all.addAll(task.getResourcesList());
          all.addAll(task.getExecutor().getResourcesList());
        }
        yield all;
      }
      case RESERVE ->
          ResourceUse.joined(
              operation.getReserve().getSourceList(), operation.getReserve().getResourcesList());
      case UNRESERVE -> operation.getUnreserve().getResourcesList();
      case CREATE -> operation.getCreate().getVolumesList();
      case DESTROY -> operation.getDestroy().getVolumesList();
      case GROW_VOLUME ->
          List.of(operation.getGrowVolume().getVolume(), operation.getGrowVolume().getAddition());
      case SHRINK_VOLUME -> List.of(operation.getShrinkVolume().getVolume());
      case CREATE_DISK -> List.of(operation.getCreateDisk().getSource());
      case DESTROY_DISK -> List.of(operation.getDestroyDisk().getSource());
    };
  }
}
