package io.proffer.api.resource;

import io.proffer.api.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the resources of one task, executor or operation must have in common (resources.md, 5, last
 * part). Every method takes valid messages and returns what is wrong, or nothing.
 */
public final class ResourceListValidation {
  private static final Optional<String> FINE = Optional.empty();

  private ResourceListValidation() {}

  /** Each persistent volume once, by role and id. */
  public static Optional<String> checkPersistenceIds(List<Resource> messages) {
    var seen = new TreeSet<String>();
    for (var message : messages) {
      if (!message.getDisk().hasPersistence()) {
        continue;
      }
      var id = message.getDisk().getPersistence().getId();
      var role = Kind.of(Format.upgrade(message)).reservationRole().orElse(Roles.ANY);
      if (!seen.add(role + "\n" + id)) {
        return Optional.of("Persistence ID '" + id + "' is not unique");
      }
    }
    return FINE;
  }

  /** No name both revocable and not. */
  public static Optional<String> checkRevocableMix(List<Resource> messages) {
    var kinds = new TreeMap<String, Boolean>();
    for (var message : messages) {
      var known = kinds.putIfAbsent(message.getName(), message.hasRevocable());
      if (known != null && known != message.hasRevocable()) {
        return Optional.of(
            "Cannot use both revocable and non-revocable '"
                + message.getName()
                + "' at the same time");
      }
    }
    return FINE;
  }

  /** All allocated to one role. */
  public static Optional<String> checkOneAllocationRole(List<Resource> messages) {
    String role = null;
    for (var message : messages) {
      if (!message.hasAllocationInfo()) {
        return Optional.of("The resources are not allocated to a role");
      }
      var next = message.getAllocationInfo().getRole();
      if (role != null && !role.equals(next)) {
        return Optional.of(
            "The resources have multiple allocation roles ('"
                + role
                + "' and '"
                + next
                + "') but only one allocation role is allowed");
      }
      role = next;
    }
    return FINE;
  }

  /** All from the agent, or all from one provider; an empty list is from neither. */
  public static Optional<String> checkOneProvider(List<Resource> messages) {
    var providers = new ArrayList<String>();
    boolean fromAgent = false;
    for (var message : messages) {
      fromAgent |= !message.hasProviderId();
      if (message.hasProviderId() && !providers.contains(message.getProviderId().getValue())) {
        providers.add(message.getProviderId().getValue());
      }
    }
    if (fromAgent) {
      return providers.isEmpty()
          ? FINE
          : Optional.of("Some resources have a resource provider and some do not");
    }
    return providers.size() == 1
        ? FINE
        : Optional.of(
            "The resources have multiple resource providers: " + String.join(", ", providers));
  }
}
