package io.proffer.master.core.step;

import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.OfferFilters;
import java.util.Optional;
import java.util.TreeMap;

/** Whether a framework's {@code offer_filters} mean anything (scheduler-api, section 2.1). */
final class FilterChecks {
  private static final Optional<String> FINE = Optional.empty();

  private FilterChecks() {}

  static Optional<String> check(FrameworkInfo info) {
    // Sorted, so that of several errors the same one is always told.
    for (var filters : new TreeMap<>(info.getOfferFiltersMap()).values()) {
      for (var quantities : filters.getMinAllocatableResources().getQuantitiesList()) {
        var error = check(quantities);
        if (error.isPresent()) {
          return error;
        }
      }
    }
    return FINE;
  }

  private static Optional<String> check(OfferFilters.ResourceQuantities quantities) {
    if (quantities.getQuantitiesCount() == 0) {
      return Optional.of("Resource quantities must contain at least one quantity");
    }
    for (var entry : new TreeMap<>(quantities.getQuantitiesMap()).entrySet()) {
      var error = check(entry.getValue().getValue());
      if (error.isPresent()) {
        return Optional.of(
            "Invalid resource quantity for '" + entry.getKey() + "': " + error.get());
      }
    }
    return FINE;
  }

  private static Optional<String> check(double value) {
    if (Double.isNaN(value)) {
      return Optional.of("NaN values not supported");
    }
    if (Double.isInfinite(value)) {
      return Optional.of("Infinite values not supported");
    }
    if (value != 0 && Math.abs(value) < Double.MIN_NORMAL) {
      return Optional.of("Subnormal values not supported");
    }
    return value < 0 ? Optional.of("Negative values not supported") : FINE;
  }
}
