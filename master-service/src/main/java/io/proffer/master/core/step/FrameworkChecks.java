package io.proffer.master.core.step;

import io.proffer.api.resource.IdRules;
import io.proffer.api.resource.Roles;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.state.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Whether a framework may be what it says it is (scheduler-api, sections 2.1 and 4). */
public final class FrameworkChecks {
  private static final Optional<String> FINE = Optional.empty();

  private FrameworkChecks() {}

  /** The roles a valid info subscribes to. */
  @SuppressWarnings("deprecation") // the old field is what frameworks without MULTI_ROLE use
  public static List<String> roles(FrameworkInfo info) {
    return Capabilities.of(info).multiRole()
        ? List.copyOf(info.getRolesList())
        : List.of(info.getRole());
  }

  /** Everything that an info alone shows to be wrong. */
  public static Optional<String> checkInfo(FrameworkInfo info, CoreSettings settings) {
    return checkRoles(info)
        .or(() -> info.hasId() ? IdRules.check(info.getId().getValue()) : FINE)
        .or(() -> FilterChecks.check(info))
        .or(() -> checkFailover(info))
        .or(() -> checkWhitelist(info, settings))
        .or(() -> checkUser(info, settings));
  }

  @SuppressWarnings("deprecation") // the old field is one of those checked
  private static Optional<String> checkRoles(FrameworkInfo info) {
    if (!Capabilities.of(info).multiRole()) {
      if (info.getRolesCount() > 0) {
        return Optional.of(
            "'FrameworkInfo.roles' must not be set when the framework is not MULTI_ROLE capable");
      }
      return Roles.check(info.getRole()).map("'FrameworkInfo.role' is not a valid role: "::concat);
    }
    if (info.hasRole()) {
      return Optional.of(
          "'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable");
    }
    var seen = new LinkedHashSet<String>();
    var twice = new LinkedHashSet<String>();
    info.getRolesList().stream().filter(role -> !seen.add(role)).forEach(twice::add);
    if (!twice.isEmpty()) {
      return Optional.of("'FrameworkInfo.roles' contains duplicate items: " + set(twice));
    }
    return Roles.check(info.getRolesList())
        .map("'FrameworkInfo.roles' contains invalid role: "::concat);
  }

  private static Optional<String> checkFailover(FrameworkInfo info) {
    return Durations.nanos(info.getFailoverTimeout()).isPresent()
        ? FINE
        : Optional.of(
            "The framework failover_timeout ("
                + number(info.getFailoverTimeout())
                + ") is invalid");
  }

  /** As the reference prints numbers: {@code 1e+300}, {@code inf}, {@code nan}. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    var digits = new BigDecimal(value, new MathContext(6)).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    var mantissa = digits.movePointLeft(exponent).toPlainString();
    return mantissa + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
  }

  private static Optional<String> checkWhitelist(FrameworkInfo info, CoreSettings settings) {
    if (settings.roles().isEmpty()) {
      return FINE;
    }
    var foreign =
        roles(info).stream().filter(role -> !settings.roles().get().contains(role)).toList();
    return foreign.isEmpty()
        ? FINE
        : Optional.of("Roles " + set(foreign) + " are not present in the master's --roles");
  }

  private static Optional<String> checkUser(FrameworkInfo info, CoreSettings settings) {
    return info.getUser().equals("root") && !settings.rootSubmissions()
        ? Optional.of("User 'root' is not allowed to run frameworks without --root_submissions set")
        : FINE;
  }

  /** Suppressed roles must be among the framework's own. */
  public static Optional<String> checkSuppressed(FrameworkInfo info, List<String> suppressed) {
    var own = roles(info);
    var foreign = suppressed.stream().filter(role -> !own.contains(role)).distinct().toList();
    return foreign.isEmpty()
        ? FINE
        : Optional.of(
            "Suppressed roles " + set(foreign) + " are not contained in the set of roles");
  }

  /** Constraints must be for own roles, and well-formed. */
  public static Optional<String> checkConstraints(
      FrameworkInfo info, OfferConstraints constraints) {
    var own = roles(info);
    for (var role : constraints.getRoleConstraintsMap().keySet()) {
      if (!own.contains(role)) {
        return Optional.of(
            "Offer constraints specify `role_constraints` for a role '"
                + role
                + "'not contained in the set of roles");
      }
    }
    return FINE;
  }

  /** A framework belongs to one principal. */
  public static Optional<String> checkPrincipal(FrameworkInfo old, FrameworkInfo info) {
    return old.getPrincipal().equals(info.getPrincipal())
        ? FINE
        : Optional.of("Changing framework's principal is not allowed.");
  }

  private static String set(Collection<String> items) {
    return "{ " + String.join(", ", items) + " }";
  }
}
