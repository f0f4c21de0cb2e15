package io.proffer.master.core.validate;

import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Roles;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.OfferFilters;
import java.util.Optional;
import java.util.TreeMap;

/** The least quantities a framework wants offers to have (scheduler-api.md, 2.1). */
final class OfferFilterValidation {
  private static final Optional<String> FINE = Optional.empty();

  private OfferFilterValidation() {}

  static Optional<String> check(FrameworkInfo info) {
    for (var entry : new TreeMap<>(info.getOfferFiltersMap()).entrySet()) {
      var error = Roles.check(entry.getKey()).or(() -> checkFilters(entry.getValue()));
      if (error.isPresent()) {
        return error;
      }
    }
    return FINE;
  }

  private static Optional<String> checkFilters(OfferFilters filters) {
    for (var quantities : filters.getMinAllocatableResources().getQuantitiesList()) {
      if (quantities.getQuantitiesCount() == 0) {
        return Optional.of("Resource quantities must contain at least one quantity");
      }
      for (var quantity : new TreeMap<>(quantities.getQuantitiesMap()).entrySet()) {
        var error = Quantities.check(quantity.getValue().getValue());
        if (error.isPresent()) {
          return Optional.of(
              "Invalid resource quantity for '" + quantity.getKey() + "': " + error.get());
        }
      }
    }
    return FINE;
  }
}
