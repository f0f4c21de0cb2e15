package io.proffer.master.core.validate;

import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Roles;
import io.proffer.api.resource.Thousandths;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.quota.QuotaConfig;
import io.proffer.master.core.fact.Quota;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Is this quota sound, whatever the cluster has? (operator-api, section 3.7) */
public final class QuotaValidation {
  private static final String INVALID = "Invalid QuotaConfig: ";

  /** Counted in megabytes, and so with a limit of their own. */
  private static final Set<String> MEGABYTES = new TreeSet<>(List.of("disk", "mem"));

  private static final long TRILLION = 1_000_000_000_000L;
  private static final long EXABYTE = 1L << 40;

  private QuotaValidation() {}

  /**
   * What is wrong with this one.
   *
   * @param whitelist the only roles there may be; empty for any
   */
  public static Optional<String> check(QuotaConfig config, Optional<List<String>> whitelist) {
    var role = config.getRole();
    if (!RoleWhitelist.has(role, whitelist)) {
      return Optional.of(INVALID + "'" + role + "' is not on the roles whitelist");
    }
    // The names of nested roles too: a role that is none at all is told so.
    var badName = Roles.check(role);
    if (badName.isPresent()) {
      return Optional.of(INVALID + "Invalid 'QuotaConfig.role': " + badName.get());
    }
    if (role.contains("/")) {
      return Optional.of("Updating quota on nested role '" + role + "' is not supported yet");
    }
    return checkAmounts(config).map(INVALID::concat);
  }

  private static Optional<String> checkAmounts(QuotaConfig config) {
    var guarantees = new TreeMap<>(config.getGuaranteesMap());
    var limits = new TreeMap<>(config.getLimitsMap());
    return checkEach("guarantee", guarantees)
        .or(() -> checkEach("limit", limits))
        .or(() -> checkSize("guarantees", guarantees))
        .or(() -> checkSize("limits", limits))
        .or(() -> checkContained(config, guarantees, limits));
  }

  private static Optional<String> checkEach(String what, Map<String, Value.Scalar> amounts) {
    for (var amount : amounts.entrySet()) {
      if (amount.getKey().isEmpty()) {
        return Optional.of("Invalid " + what + " configuration: Empty resource name");
      }
      var error = Quantities.check(amount.getValue().getValue());
      if (error.isPresent()) {
        return Optional.of(
            "Invalid " + what + " configuration " + pair(amount) + ": " + error.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> checkSize(String field, Map<String, Value.Scalar> amounts) {
    for (var amount : amounts.entrySet()) {
      boolean megabytes = MEGABYTES.contains(amount.getKey());
      if (amount.getValue().getValue() > (megabytes ? EXABYTE : TRILLION)) {
        return Optional.of(
            "Invalid 'QuotaConfig."
                + field
                + "': "
                + pair(amount)
                + " is invalid: values greater than "
                + (megabytes ? "1 exabyte (" + EXABYTE + ")" : "1 trillion (" + TRILLION + ")")
                + " are not supported");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> checkContained(
      QuotaConfig config, Map<String, Value.Scalar> guarantees, Map<String, Value.Scalar> limits) {
    var quota = Quota.of(config);
    return quota.allows(quota.guarantees())
        ? Optional.empty()
        : Optional.of(
            "'QuotaConfig.guarantees' "
                + list(guarantees)
                + " is not contained within the 'QuotaConfig.limits' "
                + list(limits));
  }

  private static String pair(Map.Entry<String, Value.Scalar> amount) {
    return "{'" + amount.getKey() + "': " + text(amount.getValue()) + "}";
  }

  private static String list(Map<String, Value.Scalar> amounts) {
    return amounts.entrySet().stream()
        .map(amount -> amount.getKey() + ": " + text(amount.getValue()))
        .collect(Collectors.joining(", ", "{ ", " }"));
  }

  private static String text(Value.Scalar scalar) {
    return Thousandths.text(scalar.getValue());
  }
}
