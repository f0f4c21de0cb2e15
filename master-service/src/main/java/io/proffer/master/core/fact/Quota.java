package io.proffer.master.core.fact;

import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Thousandths;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.quota.QuotaConfig;
import io.proffer.api.v1.quota.QuotaRequest;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is kept for a role, and what it may have at most.
 *
 * @param guarantees thousandths by name
 * @param limits thousandths by name; a name that is not there is unlimited, 0 means nothing
 */
public record Quota(String role, Quantities guarantees, SortedMap<String, Long> limits) {
  public Quota {
    limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
  }

  /** That of a role nobody said anything about. */
  public static Quota none(String role) {
    return new Quota(role, Quantities.empty(), Collections.emptySortedMap());
  }

  /** What a valid message asks for. */
  public static Quota of(QuotaConfig config) {
    return new Quota(
        config.getRole(),
        Quantities.of(thousandths(config.getGuaranteesMap())),
        thousandths(config.getLimitsMap()));
  }

  /** What a valid message of the old form asks for: as much as is kept, and no more. */
  public static Quota of(QuotaRequest request) {
    var amounts = new TreeMap<String, Long>();
    for (var resource : request.getGuaranteeList()) {
      amounts.put(resource.getName(), Thousandths.of(resource.getScalar().getValue()));
    }
    return new Quota(request.getRole(), Quantities.of(amounts), amounts);
  }

  private static SortedMap<String, Long> thousandths(Map<String, Value.Scalar> scalars) {
    var amounts = new TreeMap<String, Long>();
    scalars.forEach((name, scalar) -> amounts.put(name, Thousandths.of(scalar.getValue())));
    return amounts;
  }

  /** Whether this much is no more than the limits allow. */
  public boolean allows(Quantities amounts) {
    return limits.entrySet().stream()
        .allMatch(limit -> amounts.get(limit.getKey()) <= limit.getValue());
  }

  /** Limits as amounts are printed; those of nothing too. */
  public String limitsText() {
    return limits.entrySet().stream()
        .map(limit -> limit.getKey() + ":" + Thousandths.text(limit.getValue()))
        .collect(Collectors.joining("; "));
  }

  /** Whether nothing is kept for the role and nothing denied it. */
  public boolean isDefault() {
    return guarantees.isEmpty() && limits.isEmpty();
  }
}
